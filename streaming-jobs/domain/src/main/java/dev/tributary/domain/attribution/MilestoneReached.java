package dev.tributary.domain.attribution;

import static java.util.Objects.requireNonNull;

/**
 * A customer reached a milestone. It is the earliest of its kind within a conversion's window that
 * counts.
 *
 * @param milestone the milestone
 */
public record MilestoneReached(Milestone milestone) implements Trace {

  public MilestoneReached {
    requireNonNull(milestone, "milestone");
  }
}
