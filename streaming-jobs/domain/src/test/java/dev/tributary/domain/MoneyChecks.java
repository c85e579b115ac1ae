package dev.tributary.domain;

import static dev.tributary.domain.ExactSplit.decimal;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What holds for every split, over seeded random amounts. */
public final class MoneyChecks {

  private static final List<String> CURRENCIES = List.of("EUR", "JPY", "KWD", "CNY");
  private static final long[] SCALES = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

  private MoneyChecks() {}

  /** Fails with the seed of the amount that does not hold. */
  public static void run() {
    for (long seed = 1; seed <= 1_500; seed++) {
      Random random = new Random(seed);
      String currency = CURRENCIES.get(random.nextInt(CURRENCIES.size()));
      List<Money> weights = weights(random, currency);
      long sum = weights.stream().mapToLong(Money::micros).sum();
      if (sum == 0) {
        continue;
      }
      everySplitIsThatOfTheText(seed, amount(random, currency), weights);
      aSplitWithinLimitsExceedsNone(
          seed, new Money(random.nextInt(4) == 0 ? sum : random.nextLong(sum), currency), weights);
    }
  }

  private static void everySplitIsThatOfTheText(long seed, Money amount, List<Money> weights) {
    List<Money> parts = amount.split(weights.stream().map(Money::micros).toList());
    List<BigDecimal> exact =
        ExactSplit.of(decimal(amount), amount.currency(), decimals(weights), List.of());
    assertThat(decimals(parts))
        .as("seed %d: %s over %s", seed, amount, weights)
        .usingElementComparator(BigDecimal::compareTo)
        .isEqualTo(exact);
    assertThat(parts.stream().reduce(Money.zero(amount.currency()), Money::plus))
        .as("seed %d: sum of the parts", seed)
        .isEqualTo(amount);
    assertThat(amount.negate().split(weights.stream().map(Money::micros).toList()))
        .as("seed %d: the opposite", seed)
        .isEqualTo(parts.stream().map(Money::negate).toList());
  }

  private static void aSplitWithinLimitsExceedsNone(long seed, Money amount, List<Money> limits) {
    List<Money> parts = amount.splitWithin(limits);
    List<BigDecimal> exact =
        ExactSplit.of(decimal(amount), amount.currency(), decimals(limits), decimals(limits));
    assertThat(decimals(parts))
        .as("seed %d: %s within %s", seed, amount, limits)
        .usingElementComparator(BigDecimal::compareTo)
        .isEqualTo(exact);
    for (int i = 0; i < parts.size(); i++) {
      assertThat(parts.get(i))
          .as("seed %d: part %d of %s within %s", seed, i, amount, limits)
          .isGreaterThanOrEqualTo(Money.zero(amount.currency()))
          .isLessThanOrEqualTo(limits.get(i));
    }
  }

  private static Money amount(Random random, String currency) {
    long scale = SCALES[random.nextInt(SCALES.length)];
    return new Money(random.nextLong(1_000_000) * scale, currency);
  }

  private static List<Money> weights(Random random, String currency) {
    long scale = SCALES[random.nextInt(SCALES.length)];
    // Two weights of this size no longer multiply within 64 bits.
    long bound = random.nextInt(4) == 0 ? 1_000_000_000_000L : 1_000;
    List<Money> weights = new ArrayList<>();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      boolean tie = i > 0 && random.nextInt(3) == 0;
      weights.add(
          tie
              ? weights.getLast()
              : new Money(random.nextInt(6) == 0 ? 0 : random.nextLong(bound) * scale, currency));
    }
    return weights;
  }

  private static List<BigDecimal> decimals(List<Money> amounts) {
    return amounts.stream().map(ExactSplit::decimal).toList();
  }
}
