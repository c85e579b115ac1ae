package dev.tributary.domain.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.domain.Money;
import java.math.BigInteger;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CreditPolicyTest {

  private static final CreditPolicy STANDARD =
      CreditPolicy.standard(ZoneId.of("Europe/Berlin"), "EUR");

  @Test
  void theStandardIsWhatTheCatalogueReads() {
    assertThat(STANDARD.ladder())
        .extracting(step -> step.grade() + step.leastRate())
        .containsExactly("A10000", "B9500", "C8000", "D0");
    assertThat(STANDARD.windowMonths()).isEqualTo(12);
    assertThat(STANDARD.nearLimitPermille()).isEqualTo(900);
    assertThat(STANDARD.overdueAlertDays()).isEqualTo(30);
    assertThat(STANDARD.leverageDays()).isEqualTo(90);
    assertThat(STANDARD.reviewMonths()).containsExactlyInAnyOrder(2, 8);
    assertThat(STANDARD.notches()).hasSize(AssessmentKind.values().length).containsValue(1);
  }

  @Test
  void theLadderFallsStrictlyToZero() {
    refused(ladder(), "the ladder has no grade");
    refused(
        ladder(new GradeStep("A", 9_000), new GradeStep("B", 9_000), new GradeStep("C", 0)),
        "grade B asks for 9000 ten-thousandths: each grade has to ask for less than the one above");
    refused(
        ladder(new GradeStep("A", 9_000), new GradeStep("B", 1)),
        "the lowest grade asks for 1 ten-thousandths: it has to ask for 0");
    refused(
        ladder(new GradeStep("A", 9_000), new GradeStep("A", 0)), "the ladder has grade A twice");
    refused(ladder(new GradeStep("unrated", 0)), "a grade is called unrated, which means no grade");
    assertThatThrownBy(() -> new GradeStep("A", 10_001))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("grade A asks for a collection rate of 10001 ten-thousandths: use 0 to 10000");
    assertThatThrownBy(() -> new GradeStep("A", -1)).hasMessageContaining("use 0 to 10000");
  }

  @Test
  void numbersAreWithinTheirRange() {
    refused(numbers(0, 900, 30, 90), "windowMonths is 0: use at least 1");
    refused(numbers(12, 0, 30, 90), "nearLimitPermille is 0: use 1 to 1000");
    refused(numbers(12, 1_001, 30, 90), "nearLimitPermille is 1001: use 1 to 1000");
    refused(numbers(12, 900, -1, 90), "overdueAlertDays is -1: use 0 or more");
    refused(numbers(12, 900, 30, -1), "leverageDays is -1: use 0 or more");
    assertThat(numbers(1, 1_000, 0, 0).get().windowMonths()).isEqualTo(1);
  }

  @Test
  void monthsAreMonthsOfTheYear() {
    refused(months(Set.of(0)), "reviewMonths has 0: use 1 to 12");
    refused(months(Set.of(13)), "reviewMonths has 13: use 1 to 12");
    assertThat(months(Set.of()).get().reviewMonths()).isEmpty();
  }

  @Test
  void findingsDoNotRaiseAGrade() {
    refused(notches(Map.of(AssessmentKind.OTHER, -1)), "notches of OTHER are -1: use 0 or more");
  }

  @Test
  void limitsNameAGradeAndACurrencyWithARate() {
    refused(
        limits(Map.of("E", new Money(1, "EUR"))),
        "there is a limit for grade E, which the ladder does not have");
    refused(
        limits(Map.of("A", new Money(1, "JPY"))),
        "the limit of grade A is in JPY, which has no rate");
    refused(
        limits(Map.of("A", new Money(-1, "EUR"))),
        "limit of grade A is negative (-0.000001 EUR): events carry amounts without sign");
    assertThat(limits(Map.of(CreditPolicy.UNRATED, new Money(1, "USD"))).get().limitByGrade())
        .hasSize(1);
  }

  @Test
  void ratesArePositiveAndTheBaseIsWorthItself() {
    refused(rates(Map.of("USD", 0L)), "the rate of USD is 0: use more than 0");
    refused(
        rates(Map.of("EUR", 2_000_000L)),
        "the rate of the base currency EUR is 2000000: leave it out, or use 1000000");
    assertThat(rates(Map.of("EUR", 1_000_000L)).get().hasRate("EUR")).isTrue();
  }

  @Test
  void conversionIsExactAndRoundsHalfToEvenAtTheEnd() {
    CreditPolicy half = rates(Map.of("USD", 500_000L)).get();
    assertThat(half.exactly(3, "USD")).isEqualTo(BigInteger.valueOf(1_500_000));
    assertThat(half.rounded(half.exactly(1, "USD"))).isZero();
    assertThat(half.rounded(half.exactly(3, "USD"))).isEqualTo(2);
    assertThat(half.rounded(half.exactly(5, "USD"))).isEqualTo(2);
    assertThat(half.rounded(half.exactly(Long.MAX_VALUE, "USD")))
        .as("the largest that a column holds")
        .isEqualTo(999_999_999_999_999_999L);
    assertThat(half.rounded(half.exactly(Long.MIN_VALUE, "USD")))
        .isEqualTo(-999_999_999_999_999_999L);
    assertThat(half.rounded(half.exactly(-3, "USD"))).isEqualTo(-2);
    assertThat(half.exactly(Long.MAX_VALUE, "EUR"))
        .isEqualTo(BigInteger.valueOf(Long.MAX_VALUE).multiply(BigInteger.valueOf(1_000_000)));
  }

  private interface Making {
    CreditPolicy get();
  }

  private static void refused(Making policy, String message) {
    assertThatThrownBy(policy::get)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static Making ladder(GradeStep... steps) {
    return () -> policy(List.of(steps), 12, STANDARD.notches(), 900, 30, 90, Map.of(), Map.of());
  }

  private static Making numbers(int window, int near, int alert, int leverage) {
    return () ->
        policy(
            STANDARD.ladder(),
            window,
            STANDARD.notches(),
            near,
            alert,
            leverage,
            Map.of(),
            Map.of());
  }

  private static Making notches(Map<AssessmentKind, Integer> notches) {
    return () -> policy(STANDARD.ladder(), 12, notches, 900, 30, 90, Map.of(), Map.of());
  }

  private static Making limits(Map<String, Money> limits) {
    return () ->
        policy(
            STANDARD.ladder(),
            12,
            STANDARD.notches(),
            900,
            30,
            90,
            limits,
            Map.of("USD", 500_000L));
  }

  private static Making rates(Map<String, Long> rates) {
    return () -> policy(STANDARD.ladder(), 12, STANDARD.notches(), 900, 30, 90, Map.of(), rates);
  }

  private static Making months(Set<Integer> months) {
    return () ->
        new CreditPolicy(
            STANDARD.zone(),
            STANDARD.ladder(),
            12,
            STANDARD.notches(),
            900,
            30,
            90,
            Map.of(),
            "EUR",
            Map.of(),
            months);
  }

  private static CreditPolicy policy(
      List<GradeStep> ladder,
      int window,
      Map<AssessmentKind, Integer> notches,
      int near,
      int alert,
      int leverage,
      Map<String, Money> limits,
      Map<String, Long> rates) {
    return new CreditPolicy(
        STANDARD.zone(),
        ladder,
        window,
        notches,
        near,
        alert,
        leverage,
        limits,
        "EUR",
        rates,
        Set.of(2, 8));
  }
}
