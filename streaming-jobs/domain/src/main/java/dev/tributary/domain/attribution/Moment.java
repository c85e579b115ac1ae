package dev.tributary.domain.attribution;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Comparator;

/**
 * When something happened in a journey; ties of time go by the id of the event. This is not its
 * {@link dev.tributary.domain.Place}: the rules ask for no order of types.
 *
 * @param at when it happened
 * @param eventId the event
 */
public record Moment(Instant at, String eventId) implements Comparable<Moment> {

  private static final Comparator<Moment> ORDER =
      Comparator.comparing(Moment::at).thenComparing(Moment::eventId);

  public Moment {
    requireNonNull(at, "at");
    requireNonNull(eventId, "eventId");
  }

  /** Where all that happened at an instant begins. */
  static Moment firstAt(Instant at) {
    return new Moment(at, "");
  }

  @Override
  public int compareTo(Moment other) {
    return ORDER.compare(this, other);
  }
}
