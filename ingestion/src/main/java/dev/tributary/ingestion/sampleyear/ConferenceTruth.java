package dev.tributary.ingestion.sampleyear;

import dev.tributary.events.InviteeStep;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** How many invitees truly came to each step, by conference. */
final class ConferenceTruth {

  private final Map<String, Map<InviteeStep, Integer>> counts = new HashMap<>();

  void came(Conference conference, InviteeStep step) {
    counts
        .computeIfAbsent(conference.id(), id -> new EnumMap<>(InviteeStep.class))
        .merge(step, 1, Integer::sum);
  }

  Map<InviteeStep, Integer> steps(Conference conference) {
    return counts.getOrDefault(conference.id(), Map.of());
  }
}
