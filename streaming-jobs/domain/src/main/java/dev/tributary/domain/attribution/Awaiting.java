package dev.tributary.domain.attribution;

import dev.tributary.domain.PersistentSortedMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;

/**
 * Which touches no conversion of a goal has reached: those after the last one. They are among the
 * traces, so that a touch changes nothing here unless a journey begins with it.
 *
 * @param since when the goal last converted: it reached the touches of that instant too
 * @param journeys when journeys that have not converted began, and the touch each began with
 */
public record Awaiting(Instant since, SortedMap<Instant, String> journeys) {

  static final Awaiting EVERYTHING = after(Instant.MIN);

  public Awaiting {
    journeys = PersistentSortedMap.copyOf(journeys);
  }

  /** When a goal has converted. */
  static Awaiting after(Instant conversion) {
    return new Awaiting(conversion, PersistentSortedMap.empty());
  }

  /**
   * Whether the last journey goes on.
   *
   * @param reach what happened before is reached by no conversion to come
   */
  boolean isUnderWay(Instant reach) {
    return !journeys.isEmpty() && !journeys.lastKey().isBefore(reach);
  }

  /**
   * With a journey that begins. Of those before, only the last can still be reached in part.
   *
   * @param window no journey is longer
   */
  Awaiting begin(Moment touched, Duration window) {
    Instant outOfReach = touched.at().minus(window.multipliedBy(2));
    boolean keepsLast = !journeys.isEmpty() && !journeys.lastKey().isBefore(outOfReach);
    return new Awaiting(
        since,
        PersistentSortedMap.copyOf(
                keepsLast
                    ? journeys.tailMap(journeys.lastKey())
                    : PersistentSortedMap.<Instant, String>empty())
            .with(touched.at(), touched.eventId()));
  }

  /** The first touch of the journey that the touches of an instant are in. */
  Moment journeyOf(Instant touched) {
    Moment journey = null;
    for (Map.Entry<Instant, String> begun : journeys.entrySet()) {
      if (begun.getKey().isAfter(touched)) {
        break;
      }
      journey = new Moment(begun.getKey(), begun.getValue());
    }
    return journey;
  }
}
