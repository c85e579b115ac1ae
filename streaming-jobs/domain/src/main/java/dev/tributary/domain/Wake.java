package dev.tributary.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A day that a fold waits for to have passed. The wake is in force once that business day, or a
 * later one, is closed; whether it is says the close alone, never a clock.
 *
 * @param day the day
 * @param at where the wake stands in history: the instant at which the day ends. What happened
 *     before precedes it, what happens at it or later follows it
 */
public record Wake(LocalDate day, Instant at) {

  public Wake {
    requireNonNull(day, "day");
    requireNonNull(at, "at");
  }

  /** The end of a day in the time zone of a calendar. */
  public static Wake atEndOf(LocalDate day, ZoneId zone) {
    return new Wake(day, day.plusDays(1).atStartOfDay(zone).toInstant());
  }

  /**
   * Whether the day has passed.
   *
   * @param closedThrough the latest business day closed; null when none is
   */
  public boolean isInForce(LocalDate closedThrough) {
    return isInForce(day, closedThrough);
  }

  /**
   * Whether a day has passed.
   *
   * @param closedThrough the latest business day closed; null when none is
   */
  public static boolean isInForce(LocalDate day, LocalDate closedThrough) {
    return closedThrough != null && !day.isAfter(closedThrough);
  }

  /** Whether the wake comes before what happened at this instant. */
  public boolean precedes(Instant occurredAt) {
    return !at.isAfter(occurredAt);
  }
}
