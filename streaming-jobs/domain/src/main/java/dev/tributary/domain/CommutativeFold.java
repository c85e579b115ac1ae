package dev.tributary.domain;

import java.util.function.BiConsumer;

/**
 * A rule in which the order of events plays no part: every event contributes by itself, and an
 * event is taken back by contributing its negation.
 *
 * @param <E> the events
 * @param <A> the addresses that are added up
 * @param <M> what is added up
 */
public interface CommutativeFold<E, A, M extends Measures<M>> {

  /** Stable name, the same as that of the ledger table. */
  String name();

  /** Grows whenever the same events would give other measures. */
  int version();

  /** Says what the event adds, and at which addresses; an address may come more than once. */
  void contributions(E event, BiConsumer<A, M> out);

  /**
   * Says which members the event brings to which addresses. A member counts once per address,
   * however many events bring it; one event brings it at most once.
   */
  void members(E event, BiConsumer<A, String> out);

  /** The measures of an address at which this many different members are counted. */
  M ofMembers(long distinct);
}
