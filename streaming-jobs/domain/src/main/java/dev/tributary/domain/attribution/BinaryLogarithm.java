package dev.tributary.domain.attribution;

/** Logarithms to the base of two as whole multiples of 2<sup>-32</sup>, without floating point. */
final class BinaryLogarithm {

  static final int BITS = 32;
  private static final int WORKING_BITS = 61;

  private BinaryLogarithm() {}

  /** Of a positive number, rounded down. */
  static long of(long number) {
    int whole = Long.SIZE - 1 - Long.numberOfLeadingZeros(number);
    // Between one and two.
    long rest =
        whole <= WORKING_BITS ? number << (WORKING_BITS - whole) : number >> (whole - WORKING_BITS);
    long logarithm = whole;
    for (int i = 0; i < BITS; i++) {
      rest =
          (Math.multiplyHigh(rest, rest) << (Long.SIZE - WORKING_BITS))
              | ((rest * rest) >>> WORKING_BITS);
      logarithm *= 2;
      if (rest >= 1L << (WORKING_BITS + 1)) {
        rest >>= 1;
        logarithm++;
      }
    }
    return logarithm;
  }
}
