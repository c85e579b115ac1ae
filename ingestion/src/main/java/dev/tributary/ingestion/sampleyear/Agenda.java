package dev.tributary.ingestion.sampleyear;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What one entity is going to do, by day. */
final class Agenda {

  private final NavigableMap<Integer, Deque<Runnable>> plans = new TreeMap<>();
  private int today = -1;

  /** Does something on a day; on the next one, when that day has passed. */
  void on(int day, Runnable action) {
    plans.computeIfAbsent(Math.max(day, today), d -> new ArrayDeque<>()).add(action);
  }

  /** Does all that is planned up to a day, in the order of days. */
  void doUpTo(int day) {
    while (!plans.isEmpty() && plans.firstKey() <= day) {
      this.today = plans.firstKey();
      Deque<Runnable> due = plans.firstEntry().getValue();
      due.poll().run();
      if (due.isEmpty()) {
        plans.remove(today);
      }
    }

    this.today = day;
  }
}
