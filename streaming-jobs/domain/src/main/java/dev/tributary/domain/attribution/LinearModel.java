package dev.tributary.domain.attribution;

import java.util.Arrays;

/** All touches take the same. */
final class LinearModel implements ModelRule {

  @Override
  public long[] weights(Journey journey) {
    long[] weights = new long[journey.size()];
    Arrays.fill(weights, 1);
    return weights;
  }
}
