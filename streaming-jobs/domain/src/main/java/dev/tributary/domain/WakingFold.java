package dev.tributary.domain;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * An ordered fold to which it matters that a day has passed without anything else happening: an
 * instalment falls due, a claim lapses, a limit comes up for review.
 *
 * <p>What it waits for is a function of its state, so nothing has to be cancelled: an event that
 * settles the matter leads to a state that waits for something else. A wake stands at its place in
 * history, whenever the close that puts it in force arrives: an event that arrives later and
 * precedes it makes it run anew, and what follows it too.
 */
public interface WakingFold<E, S, L extends Line<L>> extends OrderedFold<E, S, L> {

  /**
   * The earliest day that this state waits for. When it lies before the event that led to the
   * state, the wake comes right after that event. Of two wakes, the one that stands earlier in
   * history names the earlier day.
   */
  Optional<Wake> nextWake(S state);

  /**
   * Takes a day that has passed.
   *
   * @param lines receives the lines that it justifies, none of them zero
   * @return the state after it, which waits for nothing but later wakes
   */
  S wake(S state, Wake wake, Consumer<? super L> lines);
}
