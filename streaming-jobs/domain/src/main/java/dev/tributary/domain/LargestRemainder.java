package dev.tributary.domain;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The one way in which a whole is shared out, whether money, credit or weights. */
public final class LargestRemainder {

  private LargestRemainder() {}

  /**
   * Splits whole units in proportion to the weights. The parts add up to the whole, and each is
   * less than one unit away from its exact share: units left over go to the largest remainders, the
   * earlier position first. A negative whole is split like its opposite.
   *
   * @param weights not negative, and not all zero unless the whole is
   * @throws IllegalArgumentException when a weight is negative or none is positive
   * @throws ArithmeticException when the weights' sum leaves the range of a long
   */
  public static long[] split(long units, long[] weights) {
    if (units < 0) {
      return Arrays.stream(split(Math.negateExact(units), weights)).map(part -> -part).toArray();
    }
    long weightSum = 0;
    for (long weight : weights) {
      if (weight < 0) {
        throw new IllegalArgumentException("a weight is negative: " + Arrays.toString(weights));
      }
      weightSum = Math.addExact(weightSum, weight);
    }
    if (weightSum == 0) {
      if (units != 0) {
        throw new IllegalArgumentException(
            "%s units cannot be split over %s: no weight is positive"
                .formatted(units, Arrays.toString(weights)));
      }
      return new long[weights.length];
    }

    long[] shares = new long[weights.length];
    long[] remainders = new long[weights.length];
    long left = units;
    for (int i = 0; i < shares.length; i++) {
      long weight = weights[i];
      if (Math.multiplyHigh(units, weight) == 0 && units * weight >= 0) {
        shares[i] = units * weight / weightSum;
        remainders[i] = units * weight % weightSum;
      } else {
        BigInteger[] quotient =
            BigInteger.valueOf(units)
                .multiply(BigInteger.valueOf(weight))
                .divideAndRemainder(BigInteger.valueOf(weightSum));
        shares[i] = quotient[0].longValueExact();
        remainders[i] = quotient[1].longValueExact();
      }
      left -= shares[i];
    }
    if (left > 0) {
      // The sort is stable, so equal remainders keep their positions.
      IntStream.range(0, shares.length)
          .boxed()
          .sorted(Comparator.comparingLong((Integer i) -> remainders[i]).reversed())
          .limit(left)
          .forEach(i -> shares[i]++);
    }
    return shares;
  }
}
