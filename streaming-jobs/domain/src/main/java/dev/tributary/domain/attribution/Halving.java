package dev.tributary.domain.attribution;

import java.math.BigInteger;

/**
 * Powers of one half as whole multiples of 2<sup>-40</sup>, without floating point: what {@code
 * Math.pow} gives may differ between processors, and money follows from it.
 *
 * <p>Whole half-lives are exact, and any other power is within 2<sup>-40</sup> of the true one: a
 * share of a conversion is right to a hundred-millionth of a millionth, with a hundred touches to a
 * ten-thousandth of one. From 41 half-lives on it is nothing. Eight million touches add up within a
 * long.
 */
final class Halving {

  private static final int BITS = 40;
  private static final int WORKING_BITS = 62;
  private static final long[] ROOTS = roots();

  private Halving() {}

  /** The weight after an age: one is 2<sup>40</sup>. */
  static long weight(long age, long halfLife) {
    long halvings = age / halfLife;
    if (halvings > BITS) {
      return 0;
    }
    long power = 1L << WORKING_BITS;
    long rest = age % halfLife;
    // The bits of the fraction of a half-life, each with its root of one half.
    for (int i = 0; i < ROOTS.length && rest > 0; i++) {
      rest *= 2;
      if (rest >= halfLife) {
        rest -= halfLife;
        power = product(power, ROOTS[i]);
      }
    }
    int shift = WORKING_BITS - BITS + (int) halvings;
    return (power + (1L << (shift - 1))) >> shift;
  }

  /** Of two fractions, rounded. */
  private static long product(long one, long other) {
    long high = Math.multiplyHigh(one, other);
    long low = one * other;
    long floor = (high << (Long.SIZE - WORKING_BITS)) | (low >>> WORKING_BITS);
    return floor + ((low >>> (WORKING_BITS - 1)) & 1);
  }

  /** One half to the power of a half, a quarter, an eighth, ... */
  private static long[] roots() {
    int guard = 64;
    BigInteger one = BigInteger.ONE.shiftLeft(WORKING_BITS + guard);
    BigInteger root = one.shiftRight(1);
    long[] roots = new long[WORKING_BITS];
    for (int i = 0; i < roots.length; i++) {
      root = root.multiply(one).sqrt();
      roots[i] = root.shiftRight(guard - 1).add(BigInteger.ONE).shiftRight(1).longValueExact();
    }
    return roots;
  }
}
