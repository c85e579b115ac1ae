package dev.tributary.domain.attribution;

import java.util.Arrays;
import java.util.List;

/**
 * The first touch, the one that led to each milestone, and all others take a share each. A touch in
 * several of these places takes their shares together; what has no touch leaves its share to the
 * rest, in proportion.
 */
final class WShapeModel implements ModelRule {

  @Override
  public long[] weights(Journey journey) {
    long[] weights = new long[journey.size()];
    if (weights.length == 0) {
      return weights;
    }
    List<Integer> permille = journey.goal().wShapePermille();
    boolean[] marked = new boolean[weights.length];
    mark(0, permille.get(0), weights, marked);
    mark(journey.leadingTo(Milestone.LEAD), permille.get(1), weights, marked);
    mark(journey.leadingTo(Milestone.OPPORTUNITY), permille.get(2), weights, marked);
    long others = 0;
    for (boolean one : marked) {
      others += one ? 0 : 1;
    }
    if (others == 0) {
      return weights;
    }

    // Times the number of the others, so that their parts are whole.
    long parts = others;
    Arrays.setAll(weights, i -> marked[i] ? weights[i] * parts : permille.get(3));
    return weights;
  }

  private static void mark(int touch, long permille, long[] weights, boolean[] marked) {
    if (touch >= 0) {
      weights[touch] += permille;
      marked[touch] = true;
    }
  }
}
