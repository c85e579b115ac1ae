package dev.tributary.domain.attribution;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a conversion looks back at, for the models to weigh.
 *
 * @param goal the goal
 * @param touches the touches in their order, none excluded, all within the window
 * @param milestones the earliest of each kind within the window
 */
record Journey(Goal goal, List<JourneyTouch> touches, Map<Milestone, Instant> milestones) {

  /**
   * A touch as models see it.
   *
   * @param at when
   * @param channel kind of its channel
   */
  record JourneyTouch(Instant at, ChannelKind channel) {}

  int size() {
    return touches.size();
  }

  /** The earliest touch by such a channel, -1 for none. */
  int first(Predicate<ChannelKind> which) {
    for (int i = 0; i < touches.size(); i++) {
      if (which.test(touches.get(i).channel())) {
        return i;
      }
    }
    return -1;
  }

  /** The latest touch by such a channel, -1 for none. */
  int last(Predicate<ChannelKind> which) {
    for (int i = touches.size() - 1; i >= 0; i--) {
      if (which.test(touches.get(i).channel())) {
        return i;
      }
    }
    return -1;
  }

  /** The touch that led to a milestone: the latest up to it, -1 for none. */
  int leadingTo(Milestone milestone) {
    Instant reached = milestones.get(milestone);
    int leading = -1;
    while (reached != null
        && leading + 1 < touches.size()
        && !touches.get(leading + 1).at().isAfter(reached)) {
      leading++;
    }
    return leading;
  }

  /** Weights that give all to one touch; to none for -1. */
  long[] all(int touch) {
    long[] weights = new long[touches.size()];
    if (touch >= 0) {
      weights[touch] = 1;
    }
    return weights;
  }
}
