package dev.tributary.domain;

/**
 * What a commutative fold adds up at an address: a vector of exact numbers in which an event can be
 * taken back.
 *
 * @param <M> the measures type itself
 */
public interface Measures<M extends Measures<M>> {

  /**
   * The sum, measure by measure.
   *
   * @throws ArithmeticException when a measure leaves the range of its type
   */
  M plus(M other);

  /** Every measure with its sign turned. */
  M negate();

  /** Whether every measure is zero. */
  boolean isZero();
}
