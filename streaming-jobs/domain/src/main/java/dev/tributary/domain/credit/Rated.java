package dev.tributary.domain.credit;

import dev.tributary.domain.PersistentSortedMap;
import java.util.SortedMap;

/**
 * What the collection rate has to know of an item whose due day has not left the window; all
 * amounts in millionths.
 *
 * @param billed billed, less what was credited, cancelled, written off and adjusted
 * @param paidBy what each document paid before the due day had passed and still pays
 * @param fellDue what was posted as fallen due
 * @param paidInTime what was posted as paid in time
 */
public record Rated(long billed, SortedMap<String, Long> paidBy, long fellDue, long paidInTime) {

  static final Rated NOTHING = new Rated(0, PersistentSortedMap.empty(), 0, 0);

  public Rated {
    paidBy = PersistentSortedMap.copyOf(paidBy);
  }

  Rated billing(long micros) {
    return new Rated(Math.addExact(billed, micros), paidBy, fellDue, paidInTime);
  }

  /** With this much more, or less, paid by a document; it never pays less than nothing. */
  Rated paying(String documentId, long micros) {
    PersistentSortedMap<String, Long> paid = PersistentSortedMap.copyOf(paidBy);
    long after = Math.addExact(paid.getOrDefault(documentId, 0L), micros);
    return new Rated(
        billed,
        after > 0 ? paid.with(documentId, after) : paid.without(documentId),
        fellDue,
        paidInTime);
  }

  Rated posted(long newFellDue, long newPaidInTime) {
    return new Rated(billed, paidBy, newFellDue, newPaidInTime);
  }

  long owed() {
    return Math.max(0, billed);
  }

  /** What of {@link #owed} was paid in time. */
  long covered() {
    long paid = 0;
    for (long part : paidBy.values()) {
      paid = Math.addExact(paid, part);
    }
    return Math.min(paid, owed());
  }
}
