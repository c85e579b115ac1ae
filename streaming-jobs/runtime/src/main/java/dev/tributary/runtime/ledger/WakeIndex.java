package dev.tributary.runtime.ledger;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which subjects of a company wait for which day, so that a close costs what it wakes and not what
 * waits. Kept in memory and found again from state: one reference for each subject that waits.
 */
final class WakeIndex {

  private final Map<String, TreeMap<LocalDate, Set<String>>> waiting = new HashMap<>();

  /**
   * Notes that a subject now waits for another day.
   *
   * @param from what it waited for so far; null for nothing
   * @param to what it waits for now; null for nothing
   */
  void move(String company, String subject, LocalDate from, LocalDate to) {
    if (from != null && !from.equals(to)) {
      TreeMap<LocalDate, Set<String>> days = waiting.get(company);
      Set<String> subjects = days.get(from);
      subjects.remove(subject);
      if (subjects.isEmpty()) {
        days.remove(from);
      }
    }

    if (to != null && !to.equals(from)) {
      waiting
          .computeIfAbsent(company, name -> new TreeMap<>())
          .computeIfAbsent(to, day -> new HashSet<>())
          .add(subject);
    }
  }

  /** The subjects that wait for a day up to this one. */
  List<String> waitingFor(String company, LocalDate closedThrough) {
    TreeMap<LocalDate, Set<String>> days = waiting.get(company);
    return days == null
        ? List.of()
        : days.headMap(closedThrough, true).values().stream().flatMap(Set::stream).toList();
  }
}
