package dev.tributary.domain.attribution;

import java.util.Arrays;
import java.util.List;

/**
 * The first touch, the last, and all between them take a share each. One touch takes all, of two
 * each takes half.
 */
final class PositionModel implements ModelRule {

  @Override
  public long[] weights(Journey journey) {
    List<Integer> permille = journey.goal().positionPermille();
    long[] weights = new long[journey.size()];
    if (weights.length <= 2) {
      Arrays.fill(weights, 1);
      return weights;
    }

    // Times the number of those between, so that their parts are whole.
    long between = weights.length - 2L;
    Arrays.fill(weights, permille.get(1));
    weights[0] = permille.get(0) * between;
    weights[weights.length - 1] = permille.get(2) * between;
    return weights;
  }
}
