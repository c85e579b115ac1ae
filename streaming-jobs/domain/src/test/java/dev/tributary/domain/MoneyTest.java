package dev.tributary.domain;

import static dev.tributary.domain.ExactSplit.money;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "it goes up without a rest,                  9.00 EUR,    1 2,     3.00 6.00",
    "the largest remainder gets the cent,        10.00 EUR,   1 2,     3.33 6.67",
    "a tie goes to the earlier position,         0.01 EUR,    1 1,     0.01 0.00",
    "two cents over three equals,                0.02 EUR,    1 1 1,   0.01 0.01 0.00",
    "remainders tie though weights do not,       0.02 EUR,    1 3,     0.01 0.01",
    "an amount finer than a cent sets the unit,  0.0001 EUR,  1 1,     0.0001 0.0000",
    "FoodMart's four decimals stay four,         10.0001 EUR, 1 2,     3.3334 6.6667",
    "yen have no cents,                          100 JPY,     1 2,     33 67",
    "unless the amount has,                      100.1 JPY,   1 2,     33.4 66.7",
    "dinars have three digits,                   1.000 KWD,   1 2,     0.333 0.667",
    "gold is split by the ounce,                 10 XAU,      1 2,     3 7",
    "a weight of zero gets nothing,              1.00 EUR,    0 1 0,   0 1.00 0",
    "nothing is split into nothing,              0 EUR,       0 0,     0 0",
    "a negative amount mirrors,                  -10.00 EUR,  1 2,     -3.33 -6.67",
  })
  void aSplitAddsUpAndFavoursTheLargestRemainder(
      String rule, String amount, String weights, String parts) {
    Money whole = money(amount);

    List<Money> split = whole.split(Stream.of(weights.split(" ", -1)).map(Long::valueOf).toList());

    assertThat(split)
        .as(rule)
        .containsExactlyElementsOf(
            Stream.of(parts.split(" ", -1))
                .map(part -> money(part + " " + whole.currency()))
                .toList());
  }

  @Test
  void aPartNeverExceedsWhatIsOpenEvenBelowACent() {
    List<Money> open = List.of(money("0.005 EUR"), money("0.005 EUR"));

    assertThat(money("0.01 EUR").splitWithin(open)).isEqualTo(open);
  }

  @ParameterizedTest
  @CsvSource({"0.99 EUR, true", "1.00 EUR, true", "1.01 EUR, false", "-0.01 EUR, false"})
  void anAmountFitsWithinLimitsUpToTheirSum(String amount, boolean fits) {
    List<Money> limits = List.of(money("0.40 EUR"), money("0.60 EUR"));

    if (fits) {
      assertThat(money(amount).splitWithin(limits)).hasSize(2);
    } else {
      assertThatThrownBy(() -> money(amount).splitWithin(limits))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("between zero and that sum");
    }
  }

  @Test
  void splitsHoldForAnyAmount() {
    MoneyChecks.run();
  }

  @Test
  void productsBeyond64BitsAreExact() {
    Money amount = new Money(Long.MAX_VALUE, "EUR");

    assertThat(amount.split(List.of(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2)))
        .containsExactly(
            new Money(Long.MAX_VALUE / 2 + 1, "EUR"), new Money(Long.MAX_VALUE / 2, "EUR"));
  }

  @Test
  void whatLeavesTheRangeIsAnErrorAndNeverWraps() {
    Money most = new Money(Long.MAX_VALUE, "EUR");
    Money cent = money("0.01 EUR");

    assertThatThrownBy(() -> most.plus(cent)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> most.negate().minus(cent)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> new Money(Long.MIN_VALUE, "EUR").negate())
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> cent.split(List.of(Long.MAX_VALUE, 1L)))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void currenciesDoNotMixAndTheErrorNamesBoth() {
    Money euro = money("1 EUR");
    Money yen = money("1 JPY");

    assertThatThrownBy(() -> euro.plus(yen)).hasMessageContaining("EUR and JPY");
    assertThatThrownBy(() -> euro.minus(yen)).hasMessageContaining("EUR and JPY");
    assertThatThrownBy(() -> euro.compareTo(yen)).hasMessageContaining("EUR and JPY");
    assertThatThrownBy(() -> euro.splitWithin(List.of(yen))).hasMessageContaining("EUR and JPY");
  }

  @Test
  void aSplitNeedsAPositiveWeightAndAKnownCurrency() {
    assertThatThrownBy(() -> money("1 EUR").split(List.of(0L)))
        .hasMessageContaining("no weight is positive");
    assertThatThrownBy(() -> money("1 EUR").split(List.of(2L, -1L)))
        .hasMessageContaining("negative");
    assertThatThrownBy(() -> new Money(1, "EURO").split(List.of(1L)))
        .hasMessageContaining("unknown currency 'EURO'");
  }
}
