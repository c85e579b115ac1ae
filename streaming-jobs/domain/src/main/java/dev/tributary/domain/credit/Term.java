package dev.tributary.domain.credit;

import dev.tributary.domain.Money;
import java.time.LocalDate;
import java.util.List;

/**
 * Something that holds for some days.
 *
 * @param from first day
 * @param opensAfter day with whose passing it begins; null when it began with its event
 * @param through last day; null without an end
 * @param amount its amount; null for a finding
 * @param adverse whether it is an adverse finding
 */
public record Term(
    LocalDate from, LocalDate opensAfter, LocalDate through, Money amount, boolean adverse) {

  /** Whether its first day has begun, when this is the latest day that has passed. */
  boolean isOpen(LocalDate passed) {
    return opensAfter == null || Day.hasPassed(opensAfter, passed);
  }

  /** Whether its last day has passed. */
  boolean isOver(LocalDate passed) {
    return through != null && Day.hasPassed(through, passed);
  }

  /** Those of a history that hold or will, when this is the latest day that has passed. */
  static List<Term> current(List<Term> terms, LocalDate passed) {
    int latest = -1;
    for (int i = 0; i < terms.size(); i++) {
      latest = terms.get(i).isOpen(passed) ? i : latest;
    }
    boolean over = latest >= 0 && terms.get(latest).isOver(passed);
    return List.copyOf(terms.subList(over ? latest + 1 : Math.max(latest, 0), terms.size()));
  }
}
