package dev.tributary.ingestion.sampleyear;

import java.time.Instant;
import java.time.LocalDate;

/** The days of a sample year, numbered from 0. */
final class Days {

  private static final long SECONDS = 86_400;

  private final LocalDate from;
  private final int count;
  private final Instant start;

  Days(LocalDate from, int count) {
    this.from = from;
    this.count = count;
    this.start = from.atStartOfDay(SampleYear.ZONE).toInstant();
  }

  int count() {
    return count;
  }

  int last() {
    return count - 1;
  }

  /** Whether a day is not past the end. */
  boolean holds(int day) {
    return day < count;
  }

  /** Whether a day is the last of its month. */
  boolean endsMonth(int day) {
    return date(day + 1).getDayOfMonth() == 1;
  }

  LocalDate date(int day) {
    return from.plusDays(day);
  }

  /** A moment, in seconds after the day began. The company's zone never changes its clocks. */
  Instant at(int day, int second) {
    return start.plusSeconds(day * SECONDS + second);
  }
}
