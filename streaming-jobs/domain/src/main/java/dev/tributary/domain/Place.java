package dev.tributary.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Comparator;

/**
 * Where an event stands in history. History order decides what an ordered fold sees first; it
 * depends on the events alone, never on their arrival.
 *
 * @param occurredAt when it happened
 * @param typeRank fixed order of event types at one instant, so that an invoice precedes its
 *     payment
 * @param sourceSequence position within the source's file or partition
 * @param eventId identifier of the event; decides where all else is equal
 */
public record Place(Instant occurredAt, int typeRank, long sourceSequence, String eventId)
    implements Comparable<Place> {

  private static final Comparator<Place> HISTORY_ORDER =
      Comparator.comparing(Place::occurredAt)
          .thenComparingInt(Place::typeRank)
          .thenComparingLong(Place::sourceSequence)
          .thenComparing(Place::eventId);

  public Place {
    requireNonNull(occurredAt, "occurredAt");
    requireNonNull(eventId, "eventId");
  }

  @Override
  public int compareTo(Place other) {
    return HISTORY_ORDER.compare(this, other);
  }
}
