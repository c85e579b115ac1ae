package dev.tributary.domain.credit;

import dev.tributary.domain.PersistentSortedMap;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Which day a debtor's state waits for. Costs the logarithm of what is owed, and the terms. */
final class Agenda {

  private Agenda() {}

  /** The earliest day with whose passing something can change. */
  static Optional<LocalDate> next(CreditState state, CreditPolicy policy) {
    LocalDate passed = state.passed();
    Debts debts = state.debts();
    List<LocalDate> days = new ArrayList<>();
    firstAfter(debts.rated(), passed).ifPresent(days::add);
    if (!debts.rated().isEmpty()) {
      days.add(policy.leavesWindow(debts.rated().firstKey().dueOn()));
    }
    LocalDate alerted = passed == null ? null : passed.minusDays(policy.overdueAlertDays());
    firstAfter(debts.open(), alerted)
        .ifPresent(dueOn -> days.add(dueOn.plusDays(policy.overdueAlertDays())));
    if (!state.deliveries().settled().isEmpty()) {
      days.add(state.deliveries().settled().firstKey().forgottenAfter());
    }
    for (List<Term> terms : state.terms().values()) {
      for (Term term : terms) {
        if (!term.isOpen(passed)) {
          days.add(term.opensAfter());
        }
        if (term.through() != null && !term.isOver(passed)) {
          days.add(term.through());
        }
      }
    }
    if (state.hasCredit() && !policy.reviewMonths().isEmpty()) {
      LocalDate today = LocalDate.ofInstant(state.moment(), policy.zone());
      days.add(Day.nextFirstOf(policy.reviewMonths(), today).minusDays(1));
    }
    return days.stream().min(Comparator.naturalOrder());
  }

  /** The earliest due day after a day; after none, the earliest. */
  private static <V> Optional<LocalDate> firstAfter(SortedMap<Item, V> items, LocalDate day) {
    LocalDate from = day == null ? LocalDate.MIN : day.plusDays(1);
    return PersistentSortedMap.copyOf(items)
        .firstFrom(Item.firstOf(from))
        .map(Map.Entry::getKey)
        .map(Item::dueOn);
  }
}
