package dev.tributary.jobs;

import dev.tributary.domain.Money;
import dev.tributary.domain.credit.AssessmentKind;
import dev.tributary.domain.credit.CreditPolicy;
import dev.tributary.domain.credit.GradeStep;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a policy file says of credit.
 *
 * @param zone time zone of a debtor's days
 * @param ladder lowest share paid in time of each grade but the last, in percent
 * @param windowMonths months over which the share is taken
 * @param notches grades lost for a finding of each kind
 * @param nearLimitPercent percentage of a limit from which it is close
 * @param overdueAlertDays an alert is raised above so many days overdue
 * @param leverageDays taking goods is leverage above so many days overdue
 * @param limitByGrade limit of those who have none of their own, as amount and currency; no limit
 *     where a grade is missing
 * @param baseCurrency currency in which amounts are compared
 * @param rates worth of a unit of each currency in the base currency
 * @param reviewMonths months in which customers are reviewed
 */
record CreditSettings(
    String zone,
    SortedMap<String, Integer> ladder,
    int windowMonths,
    SortedMap<String, Integer> notches,
    int nearLimitPercent,
    int overdueAlertDays,
    int leverageDays,
    SortedMap<String, String> limitByGrade,
    String baseCurrency,
    SortedMap<String, BigDecimal> rates,
    List<Integer> reviewMonths)
    implements Serializable {

  /** Below every step of the ladder. */
  static final String LAST_GRADE = "D";

  private static final int MAX_NOTCHES = 3;
  private static final int MAX_MONTHS = 120;
  private static final int MAX_DAYS = 3650;
  private static final int MICRO_DECIMALS = 6;
  private static final BigDecimal MAX_RATE = new BigDecimal(1_000_000);
  private static final BigDecimal MAX_LIMIT = new BigDecimal(100_000_000_000L);

  CreditSettings {
    requireZone(zone);
    requireFalling(ladder);
    requireBetween("window_months", windowMonths, 1, MAX_MONTHS);
    notches.forEach((kind, down) -> requireBetween("notches." + kind, down, 0, MAX_NOTCHES));
    requireBetween("near_limit_percent", nearLimitPercent, 1, 100);
    requireBetween("overdue_alert_days", overdueAlertDays, 0, MAX_DAYS);
    requireBetween("leverage_days", leverageDays, 0, MAX_DAYS);
    requireCurrency("credit.base_currency", baseCurrency);
    rates = checkedRates(rates, baseCurrency);
    limitByGrade = checkedLimits(limitByGrade, ladder.keySet(), rates.keySet());
    for (int month : reviewMonths) {
      requireBetween("review_months", month, 1, 12);
    }
    ladder = Collections.unmodifiableSortedMap(new TreeMap<>(ladder));
    notches = Collections.unmodifiableSortedMap(new TreeMap<>(notches));
    reviewMonths = List.copyOf(new TreeSet<>(reviewMonths));
  }

  /** The same, as the credit fold knows it. */
  CreditPolicy policy() {
    List<GradeStep> steps = new ArrayList<>();
    ladder.forEach((grade, percent) -> steps.add(new GradeStep(grade, 100 * percent)));
    steps.add(new GradeStep(LAST_GRADE, 0));
    Map<AssessmentKind, Integer> down = new EnumMap<>(AssessmentKind.class);
    notches.forEach((kind, grades) -> down.put(AssessmentKind.valueOf(kind), grades));
    Map<String, Money> limits = new TreeMap<>();
    limitByGrade.forEach((grade, limit) -> limits.put(grade, money("", limit)));
    Map<String, Long> worth = new TreeMap<>();
    rates.forEach((currency, rate) -> worth.put(currency, micros(rate)));
    return new CreditPolicy(
        ZoneId.of(zone),
        steps,
        windowMonths,
        down,
        10 * nearLimitPercent,
        overdueAlertDays,
        leverageDays,
        limits,
        baseCurrency,
        worth,
        Set.copyOf(reviewMonths));
  }

  private static long micros(BigDecimal amount) {
    return amount.movePointRight(MICRO_DECIMALS).longValueExact();
  }

  private static void requireZone(String zone) {
    try {
      ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new BadPolicyValue(
          "credit.zone", "'%s' is no time zone: use an IANA name".formatted(zone), e);
    }
  }

  private static void requireFalling(SortedMap<String, Integer> ladder) {
    int above = 101;
    for (Map.Entry<String, Integer> step : ladder.entrySet()) {
      String name = "credit.ladder." + step.getKey();
      if (step.getValue() == null) {
        throw new BadPolicyValue(name, "it says nothing: give a percentage");
      }

      if (step.getValue() < 1 || step.getValue() >= above) {
        throw new BadPolicyValue(
            name,
            "%s must be at least 1 and below %s: give each grade less than the one above it"
                .formatted(step.getValue(), above));
      }

      above = step.getValue();
    }
  }

  private static void requireBetween(String name, Integer value, int least, int most) {
    if (value == null || value < least || value > most) {
      throw new BadPolicyValue(
          "credit." + name, "%s must be from %s to %s".formatted(value, least, most));
    }
  }

  private static void requireCurrency(String name, String code) {
    if (Currency.getAvailableCurrencies().stream()
        .noneMatch(currency -> currency.getCurrencyCode().equals(code))) {
      throw new BadPolicyValue(name, "'%s' is no currency: use a code of ISO 4217".formatted(code));
    }
  }

  private static SortedMap<String, BigDecimal> checkedRates(
      SortedMap<String, BigDecimal> rates, String baseCurrency) {
    SortedMap<String, BigDecimal> checked = new TreeMap<>();
    rates.forEach(
        (currency, rate) -> {
          String name = "credit.rates." + currency;
          requireCurrency(name, currency);
          if (rate == null || rate.signum() <= 0 || rate.compareTo(MAX_RATE) > 0) {
            throw new BadPolicyValue(
                name, "%s must be above 0 and at most %s".formatted(rate, MAX_RATE));
          }

          if (currency.equals(baseCurrency) && rate.compareTo(BigDecimal.ONE) != 0) {
            throw new BadPolicyValue(
                name, "%s is not 1, and it is the base currency: say 1".formatted(rate));
          }

          if (rate.stripTrailingZeros().scale() > MICRO_DECIMALS) {
            throw new BadPolicyValue(
                name, "%s has more than six decimal places: round it".formatted(rate));
          }

          checked.put(currency, new BigDecimal(rate.stripTrailingZeros().toPlainString()));
        });
    if (!checked.containsKey(baseCurrency)) {
      throw new BadPolicyValue(
          "credit.rates", "the base currency %1$s is missing: add %1$s: 1".formatted(baseCurrency));
    }
    return Collections.unmodifiableSortedMap(checked);
  }

  private static SortedMap<String, String> checkedLimits(
      SortedMap<String, String> limits, Set<String> grades, Set<String> currencies) {
    Set<String> known = new TreeSet<>(grades);
    known.add(LAST_GRADE);
    known.add(CreditPolicy.UNRATED);
    SortedMap<String, String> checked = new TreeMap<>();
    limits.forEach(
        (grade, text) -> {
          String name = "credit.limit_by_grade." + grade;
          if (!known.contains(grade)) {
            throw new BadPolicyValue(
                name, "'%s' is no grade: use %s".formatted(grade, String.join(", ", known)));
          }

          Money limit = money(name, text);
          if (!currencies.contains(limit.currency())) {
            throw new BadPolicyValue(
                name,
                "%s has no rate: add one to credit.rates, or use one of %s"
                    .formatted(limit.currency(), String.join(", ", currencies)));
          }

          checked.put(grade, limit.toString());
        });
    return Collections.unmodifiableSortedMap(checked);
  }

  private static Money money(String name, String text) {
    String said = text == null ? "" : text.strip();
    int space = said.indexOf(' ');
    try {
      BigDecimal amount = new BigDecimal(said.substring(0, Math.max(space, 0)));
      if (amount.signum() < 0 || amount.compareTo(MAX_LIMIT) > 0) {
        throw new BadPolicyValue(
            name, "%s must be from 0 to %s".formatted(said, MAX_LIMIT.toPlainString()));
      }

      return new Money(micros(amount), said.substring(space + 1));
    } catch (ArithmeticException | NumberFormatException e) {
      throw new BadPolicyValue(name, "'%s' is no amount: write it as 50000 CNY".formatted(said), e);
    }
  }
}
