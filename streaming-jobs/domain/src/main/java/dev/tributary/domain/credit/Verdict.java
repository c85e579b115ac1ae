package dev.tributary.domain.credit;

import dev.tributary.domain.PersistentSortedMap;
import java.time.Instant;
import java.util.SortedMap;

/**
 * What is judged of a debtor at a moment.
 *
 * @param rating what the grade follows from
 * @param limits limits in force by part of the exposure, empty for all of it
 * @param alerts alerts raised and not cleared, with the start of their episode
 */
public record Verdict(
    Rating rating, SortedMap<String, Limit> limits, SortedMap<Alert, Instant> alerts) {

  static final Verdict NONE =
      new Verdict(Rating.NONE, PersistentSortedMap.empty(), PersistentSortedMap.empty());

  public Verdict {
    limits = PersistentSortedMap.copyOf(limits);
    alerts = PersistentSortedMap.copyOf(alerts);
  }
}
