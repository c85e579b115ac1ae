package dev.tributary.domain.credit;

import dev.tributary.domain.Money;
import dev.tributary.domain.PersistentSortedMap;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What has to be known of a debtor's history to judge the next event. It grows with what is open,
 * in force or within the rating window, and with cancelled invoices, because a cancellation is for
 * good.
 *
 * @param moment the latest moment in history; null at the start
 * @param passed the latest day that is known to have passed; null for none
 * @param debts what is owed
 * @param deliveries what is shipped
 * @param terms limits, collateral and findings, those that hold or will, earliest first
 * @param collateral values in force by collateral
 * @param totals exposure by part and currency, in millionths; parts of which there is nothing are
 *     not there
 * @param review first day of the month of the newest review that is due or done; null for none
 * @param reviewed whether it is done
 * @param before what was judged before the moment
 * @param verdict what is judged at the moment
 * @param said lines that tell the difference
 */
public record CreditState(
    Instant moment,
    LocalDate passed,
    Debts debts,
    Deliveries deliveries,
    SortedMap<TermKey, List<Term>> terms,
    SortedMap<String, Money> collateral,
    SortedMap<Total, Long> totals,
    LocalDate review,
    boolean reviewed,
    Verdict before,
    Verdict verdict,
    List<CreditLine> said) {

  static final CreditState NEW =
      new CreditState(
          null,
          null,
          Debts.NONE,
          Deliveries.NONE,
          PersistentSortedMap.empty(),
          PersistentSortedMap.empty(),
          PersistentSortedMap.empty(),
          null,
          false,
          Verdict.NONE,
          Verdict.NONE,
          List.of());

  public CreditState {
    terms = PersistentSortedMap.copyOf(terms);
    collateral = PersistentSortedMap.copyOf(collateral);
    totals = PersistentSortedMap.copyOf(totals);
    said = List.copyOf(said);
  }

  CreditState judged(Verdict newVerdict, List<CreditLine> newSaid) {
    return new CreditState(
        moment,
        passed,
        debts,
        deliveries,
        terms,
        collateral,
        totals,
        review,
        reviewed,
        before,
        newVerdict,
        newSaid);
  }

  /** With a review that becomes due. */
  CreditState reviewDue(LocalDate firstDay) {
    return new CreditState(
        moment,
        passed,
        debts,
        deliveries,
        terms,
        collateral,
        totals,
        firstDay,
        false,
        before,
        verdict,
        said);
  }

  /** What holds of a kind, or null. */
  Term inForce(TermKey key) {
    List<Term> current = terms.getOrDefault(key, List.of());
    return !current.isEmpty() && current.getFirst().isOpen(passed) ? current.getFirst() : null;
  }

  /** The oldest due item of which something is open. */
  Optional<Item> oldestOwed() {
    return debts.open().entrySet().stream()
        .filter(item -> item.getValue() > 0)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Whether the debtor has credit: something is open, or could be. */
  boolean hasCredit() {
    return oldestOwed().isPresent()
        || verdict.limits().values().stream().anyMatch(limit -> limit.amount().micros() > 0);
  }
}
