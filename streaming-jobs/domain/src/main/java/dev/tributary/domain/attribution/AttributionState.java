package dev.tributary.domain.attribution;

import dev.tributary.domain.PersistentSortedMap;
import java.time.Instant;
import java.util.SortedMap;

/**
 * What has to be known of a customer's history to share out the next conversion, and to take back
 * what was shared out. It grows with the conversions, because each can still be refunded, and the
 * touches they reach; any other touch leaves it with the longest window.
 *
 * @param traces touches and milestones that a conversion to come, or one that was, looks back at
 * @param sweptTo traces before this instant are known to be looked back at
 * @param documents conversions, and refunds that wait for theirs
 * @param occasions the conversions by time
 * @param cancelled documents that are void
 * @param converted kinds of which the customer has had a conversion
 * @param open which touches no conversion of a goal has reached, by goal
 */
public record AttributionState(
    SortedMap<Moment, Trace> traces,
    Instant sweptTo,
    SortedMap<DocumentKey, Document> documents,
    SortedMap<Occasion, Boolean> occasions,
    SortedMap<DocumentId, Boolean> cancelled,
    SortedMap<ConversionKind, Boolean> converted,
    SortedMap<String, Awaiting> open) {

  static final AttributionState NEW =
      new AttributionState(
          PersistentSortedMap.empty(),
          Instant.MIN,
          PersistentSortedMap.empty(),
          PersistentSortedMap.empty(),
          PersistentSortedMap.empty(),
          PersistentSortedMap.empty(),
          PersistentSortedMap.empty());

  public AttributionState {
    traces = PersistentSortedMap.copyOf(traces);
    documents = PersistentSortedMap.copyOf(documents);
    occasions = PersistentSortedMap.copyOf(occasions);
    cancelled = PersistentSortedMap.copyOf(cancelled);
    converted = PersistentSortedMap.copyOf(converted);
    open = PersistentSortedMap.copyOf(open);
  }
}
