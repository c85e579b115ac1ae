package dev.tributary.runtime.ledger;

import dev.tributary.domain.Place;
import dev.tributary.runtime.codec.PackedList;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * States inside long segments, in memory beside the store. A change near the end of a long segment
 * then costs the way from the waypoint before it, not that from the segment's start. Segments are
 * long where states are heavy; short ones need none.
 *
 * <p>They are a cache: made anew after a restart, and given up for the segments used longest ago.
 */
final class Waypoints<S> {

  /**
   * @param entries of the segment, folded up to here
   * @param last place of the last of them
   * @param lines these entries have come to
   * @param lastWake where the latest wake before here stands; null when none has come
   * @param within the earliest day waited for before here; null for none
   */
  record Waypoint<S>(
      PackedList.Mark entries,
      Place last,
      PackedList.Mark lines,
      S state,
      Instant lastWake,
      LocalDate within) {}

  private record Key(String subject, int segment) {}

  private record Kept<S>(List<Waypoint<S>> waypoints, int entries) {}

  /** An entry of a long segment stands for some 400 bytes of its states, which share most. */
  private static final long MOST_ENTRIES = 500_000;

  private final LinkedHashMap<Key, Kept<S>> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long entries;

  /**
   * The waypoints of a segment that precede a change, empty where there are none.
   *
   * @param earliest where the earliest change stands; null when nothing changes but wakes behind
   *     the last entry
   */
  List<Waypoint<S>> before(Place earliest, String subject, int id) {
    Kept<S> found = kept.get(new Key(subject, id));
    if (found == null) {
      return List.of();
    }
    return found.waypoints().stream()
        .takeWhile(waypoint -> earliest == null || waypoint.last().compareTo(earliest) < 0)
        .toList();
  }

  /** Keeps those of a segment that is stored, instead of any it had. */
  void keep(String subject, int id, List<Waypoint<S>> waypoints, int length) {
    forget(subject, id);
    if (waypoints.isEmpty() || length > MOST_ENTRIES) {
      return;
    }

    kept.put(new Key(subject, id), new Kept<>(waypoints, length));
    entries += length;
    Iterator<Map.Entry<Key, Kept<S>>> oldest = kept.entrySet().iterator();
    while (entries > MOST_ENTRIES) {
      entries -= oldest.next().getValue().entries();
      oldest.remove();
    }
  }

  /** Of a segment that is no more. */
  void forget(String subject, int id) {
    Kept<S> removed = kept.remove(new Key(subject, id));
    if (removed != null) {
      entries -= removed.entries();
    }
  }

  /** The few worth keeping: each about twice as far from the end as the one behind it. */
  static <S> List<Waypoint<S>> thinned(List<Waypoint<S>> all, int length) {
    List<Waypoint<S>> thinned = new ArrayList<>();
    int far = 0;
    for (Waypoint<S> waypoint : all.reversed()) {
      int distance = length - waypoint.entries().size();
      if (distance >= far) {
        thinned.add(waypoint);
        far = Math.max(1, 2 * distance);
      }
    }
    Collections.reverse(thinned);
    return List.copyOf(thinned);
  }
}
