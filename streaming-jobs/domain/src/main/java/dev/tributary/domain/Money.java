package dev.tributary.domain;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;

/**
 * An exact amount of one currency.
 *
 * @param micros the amount in millionths of the currency's main unit
 * @param currency ISO 4217 code
 */
public record Money(long micros, String currency) implements Comparable<Money> {

  private static final int SCALE = 6;
  private static final long[] POWERS_OF_TEN = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

  public Money {
    requireNonNull(currency, "currency");
  }

  /** Nothing, in the given currency. */
  public static Money zero(String currency) {
    return new Money(0, currency);
  }

  /**
   * The sum.
   *
   * @throws IllegalArgumentException when the currencies differ
   * @throws ArithmeticException when the sum leaves the range of a long
   */
  public Money plus(Money other) {
    requireSameCurrency(other);
    return new Money(Math.addExact(micros, other.micros), currency);
  }

  /**
   * The difference.
   *
   * @throws IllegalArgumentException when the currencies differ
   * @throws ArithmeticException when the difference leaves the range of a long
   */
  public Money minus(Money other) {
    requireSameCurrency(other);
    return new Money(Math.subtractExact(micros, other.micros), currency);
  }

  /**
   * The amount with its sign turned.
   *
   * @throws ArithmeticException when it leaves the range of a long
   */
  public Money negate() {
    return new Money(Math.negateExact(micros), currency);
  }

  public boolean isZero() {
    return micros == 0;
  }

  /**
   * This amount, for constructors.
   *
   * @param what the amount's name in the error
   * @throws IllegalArgumentException when it is negative
   */
  public Money requireNotNegative(String what) {
    if (micros < 0) {
      throw new IllegalArgumentException(
          "%s is negative (%s): events carry amounts without sign".formatted(what, this));
    }
    return this;
  }

  /**
   * Orders by amount.
   *
   * @throws IllegalArgumentException when the currencies differ
   */
  @Override
  public int compareTo(Money other) {
    requireSameCurrency(other);
    return Long.compare(micros, other.micros);
  }

  /**
   * Splits the amount in proportion to the weights. The parts add up to the amount exactly, and
   * each is less than one unit away from its exact share: units left over go to the largest
   * remainders, the earlier position first. The unit is the finer of the currency's minor unit and
   * the amount's own scale. A negative amount is split like its opposite.
   *
   * @param weights not negative, and not all zero unless the amount is
   * @throws IllegalArgumentException when a weight is negative, none is positive, or the currency
   *     is unknown
   * @throws ArithmeticException when the weights' sum leaves the range of a long
   */
  public List<Money> split(List<Long> weights) {
    return split(weights, unitOf(micros, minorUnit()));
  }

  /**
   * Splits the amount in proportion to the given amounts without exceeding any of them, as when a
   * payment is spread over what is open. Differs from {@link #split} only where an open amount is
   * finer than the unit: then the unit is as fine as that, because a part rounded up to a whole
   * unit could be more than what is open.
   *
   * @param limits not negative, of this currency, together at least this amount
   * @throws IllegalArgumentException when the limits do not hold the amount, one of them is
   *     negative or of another currency, or the amount is negative
   * @throws ArithmeticException when the limits' sum leaves the range of a long
   */
  public List<Money> splitWithin(List<Money> limits) {
    long unit = unitOf(micros, minorUnit());
    long held = 0;
    List<Long> weights = new ArrayList<>(limits.size());
    for (Money limit : limits) {
      requireSameCurrency(limit);
      unit = unitOf(limit.micros, unit);
      held = Math.addExact(held, limit.micros);
      weights.add(limit.micros);
    }
    if (micros < 0 || micros > held) {
      throw new IllegalArgumentException(
          "%s cannot be split within %s: it must be between zero and that sum"
              .formatted(this, new Money(held, currency)));
    }
    return split(weights, unit);
  }

  private List<Money> split(List<Long> weights, long unit) {
    long[] shares =
        LargestRemainder.split(
            micros / unit, weights.stream().mapToLong(Long::longValue).toArray());
    return Arrays.stream(shares).mapToObj(share -> new Money(share * unit, currency)).toList();
  }

  private static long unitOf(long micros, long atMost) {
    long unit = atMost;
    while (micros % unit != 0) {
      unit /= 10;
    }
    return unit;
  }

  private long minorUnit() {
    Currency known;
    try {
      known = Currency.getInstance(currency);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "unknown currency '%s': use an ISO 4217 code".formatted(currency), e);
    }
    // Gold and the like have no minor unit (-1): their main unit is the coarsest part.
    int digits = Math.clamp(known.getDefaultFractionDigits(), 0, SCALE);
    return POWERS_OF_TEN[SCALE - digits];
  }

  /** As people write it: {@code 12.50 EUR}. */
  @Override
  public String toString() {
    BigDecimal amount = BigDecimal.valueOf(micros, SCALE).stripTrailingZeros();
    return amount.setScale(Math.max(amount.scale(), 2)).toPlainString() + " " + currency;
  }

  private void requireSameCurrency(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException(
          "%s and %s are different currencies: amounts of them have no sum and no order"
              .formatted(currency, other.currency));
    }
  }
}
