package dev.tributary.domain;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The splitting rule once more, by its text: in decimals, giving units away one after the other.
 */
public final class ExactSplit {

  private static final Map<String, Integer> MINOR_DIGITS =
      Map.of("EUR", 2, "USD", 2, "CNY", 2, "JPY", 0, "KWD", 3);

  private ExactSplit() {}

  /** Splits in proportion to the weights, in units as fine as the finest of what is given. */
  public static List<BigDecimal> of(
      BigDecimal amount, String currency, List<BigDecimal> weights, List<BigDecimal> asFineAs) {
    int digits = Math.max(MINOR_DIGITS.get(currency), digitsOf(amount));
    for (BigDecimal other : asFineAs) {
      digits = Math.max(digits, digitsOf(other));
    }
    BigDecimal unit = BigDecimal.ONE.movePointLeft(digits);
    BigDecimal weightSum = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal[] parts = new BigDecimal[weights.size()];
    BigDecimal[] missing = new BigDecimal[weights.size()];
    BigDecimal left = amount;
    for (int i = 0; i < parts.length; i++) {
      BigDecimal product = amount.multiply(weights.get(i));
      BigInteger units =
          product.divideToIntegralValue(weightSum.multiply(unit)).toBigIntegerExact();
      parts[i] = unit.multiply(new BigDecimal(units));
      missing[i] = product.subtract(parts[i].multiply(weightSum));
      left = left.subtract(parts[i]);
    }
    while (left.signum() > 0) {
      int most = 0;
      for (int i = 1; i < parts.length; i++) {
        if (missing[i].compareTo(missing[most]) > 0) {
          most = i;
        }
      }
      parts[most] = parts[most].add(unit);
      missing[most] = missing[most].subtract(unit.multiply(weightSum));
      left = left.subtract(unit);
    }
    return new ArrayList<>(Arrays.asList(parts));
  }

  /** The amount in decimals. */
  public static BigDecimal decimal(Money money) {
    return BigDecimal.valueOf(money.micros(), 6);
  }

  /** An amount as people write it, such as {@code 12.50 EUR}. */
  public static Money money(String text) {
    int space = text.indexOf(' ');
    return new Money(
        new BigDecimal(text.substring(0, space))
            .movePointRight(6)
            .setScale(0, RoundingMode.UNNECESSARY)
            .longValueExact(),
        text.substring(space + 1));
  }

  private static int digitsOf(BigDecimal amount) {
    return Math.max(0, amount.stripTrailingZeros().scale());
  }
}
