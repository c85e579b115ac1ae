package dev.tributary.domain;

import java.util.function.Consumer;

/**
 * A rule that depends on what happened before: it walks a subject's history in the order of {@link
 * Place} and says which lines each event justifies. It is a pure function; it reads no clock, and a
 * state it was given is never changed, so a run can be taken up again from any earlier state.
 *
 * @param <E> the events of a subject
 * @param <S> what has to be known of the history so far, an immutable record
 * @param <L> the lines
 */
public interface OrderedFold<E, S, L extends Line<L>> {

  /** Stable name, the same as that of the ledger table. */
  String name();

  /** Grows whenever the same history would give other lines. */
  int version();

  /** What is known before the first event. */
  S start();

  /**
   * Takes one event.
   *
   * @param lines receives the lines that this event justifies, none of them zero
   * @return the state after the event
   */
  S step(S state, Place place, E event, Consumer<? super L> lines);
}
