package dev.tributary.domain.attribution;

import java.time.Duration;
import java.time.Instant;

/**
 * A touch takes half as much as one that is a half-life younger. Only ages against each other
 * matter, so the last touch weighs one: then a journey that ended long before its conversion is
 * told apart as finely as another.
 */
final class TimeDecayModel implements ModelRule {

  @Override
  public long[] weights(Journey journey) {
    long[] weights = new long[journey.size()];
    long halfLife = journey.goal().halfLife().toNanos();
    for (int i = 0; i < weights.length; i++) {
      Instant last = journey.touches().getLast().at();
      weights[i] =
          Halving.weight(Duration.between(journey.touches().get(i).at(), last).toNanos(), halfLife);
    }
    return weights;
  }
}
