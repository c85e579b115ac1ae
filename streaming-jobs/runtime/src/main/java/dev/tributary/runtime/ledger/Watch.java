package dev.tributary.runtime.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.Stream;

/**
 * How a segment of history stands to the wakes of its fold.
 *
 * @param segment its id
 * @param lastWake where the latest wake that has come in it stands; null when none has
 * @param within the earliest day it waits for before one of its events; null for none
 * @param behind the day it waits for after its last event; null for none
 */
record Watch(int segment, Instant lastWake, LocalDate within, LocalDate behind) {

  static Watch none(int segment) {
    return new Watch(segment, null, null, null);
  }

  boolean saysNothing() {
    return lastWake == null && within == null && behind == null;
  }

  Stream<LocalDate> days() {
    return Stream.of(within, behind).filter(day -> day != null);
  }

  /** Whether an event at this instant would come after every wake in the segment. */
  boolean isBefore(Instant occurredAt) {
    return lastWake == null || !lastWake.isAfter(occurredAt);
  }
}
