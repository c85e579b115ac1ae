package dev.tributary.domain.credit;

import dev.tributary.domain.Wake;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Set;

/** What the rules ask of days. */
final class Day {

  private Day() {}

  /**
   * Whether a day has passed.
   *
   * @param passed the latest day known to have passed; null for none
   */
  static boolean hasPassed(LocalDate day, LocalDate passed) {
    return Wake.isInForce(day, passed);
  }

  /**
   * The first day of the next of these months after the day's own.
   *
   * @param months months of the year, at least one
   */
  static LocalDate nextFirstOf(Set<Integer> months, LocalDate day) {
    YearMonth month = YearMonth.from(day).plusMonths(1);
    while (!months.contains(month.getMonthValue())) {
      month = month.plusMonths(1);
    }
    return month.atDay(1);
  }
}
