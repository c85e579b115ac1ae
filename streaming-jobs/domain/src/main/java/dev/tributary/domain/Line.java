package dev.tributary.domain;

/**
 * A signed entry at an address of a ledger. Lines are only ever added; what no longer holds is
 * taken back by its {@link #negate negation}.
 *
 * @param <L> the line type itself
 */
public interface Line<L extends Line<L>> {

  /** The same address with every measure's sign turned. */
  L negate();

  /** Whether every measure is zero, so that posting it would say nothing. */
  boolean isZero();
}
