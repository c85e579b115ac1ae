package dev.tributary.domain.credit;

import static java.util.Objects.requireNonNull;

import dev.tributary.domain.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the rules of credit leave to the company (CRD-1..8, ARX-2, ARX-4, CUS-6).
 *
 * @param zone time zone in which days end
 * @param ladder grades from the best to the lowest, whose least rate is 0
 * @param windowMonths months back from the latest passed day over which the collection rate is
 *     taken
 * @param notches by how many grades an adverse finding of a kind lowers the grade; none where a
 *     kind is missing
 * @param nearLimitPermille share of a limit, in thousandths, from which an exposure is near it
 * @param overdueAlertDays an alert is raised when something is overdue for more days than this
 * @param leverageDays goods shipped to a debtor who is overdue for more days than this are told
 * @param limitByGrade limit of a debtor without one of its own, by grade or {@link #UNRATED}; no
 *     limit where a grade is missing
 * @param baseCurrency ISO 4217 code of the currency in which exposures are compared
 * @param rates millionths of the base currency's main unit that a main unit of a currency is worth
 * @param reviewMonths months of the year, from 1, in which files are reviewed
 */
public record CreditPolicy(
    ZoneId zone,
    List<GradeStep> ladder,
    int windowMonths,
    Map<AssessmentKind, Integer> notches,
    int nearLimitPermille,
    int overdueAlertDays,
    int leverageDays,
    Map<String, Money> limitByGrade,
    String baseCurrency,
    Map<String, Long> rates,
    Set<Integer> reviewMonths) {

  /** Stands for the grade of a debtor of whom nothing fell due within the window. */
  public static final String UNRATED = "unrated";

  private static final long ONE = 1_000_000;
  private static final BigDecimal LARGEST_SHOWN = BigDecimal.valueOf(999_999_999_999_999_999L);

  public CreditPolicy {
    requireNonNull(zone, "zone");
    requireNonNull(baseCurrency, "baseCurrency");
    ladder = List.copyOf(ladder);
    notches = Map.copyOf(notches);
    limitByGrade = Map.copyOf(limitByGrade);
    rates = Map.copyOf(rates);
    reviewMonths = Set.copyOf(reviewMonths);
    Set<String> grades = checkedGrades(ladder);
    require(windowMonths >= 1, "windowMonths is %s: use at least 1".formatted(windowMonths));
    notches.forEach(
        (kind, down) ->
            require(down >= 0, "notches of %s are %s: use 0 or more".formatted(kind, down)));
    require(
        nearLimitPermille >= 1 && nearLimitPermille <= 1_000,
        "nearLimitPermille is %s: use 1 to 1000".formatted(nearLimitPermille));
    require(
        overdueAlertDays >= 0, "overdueAlertDays is %s: use 0 or more".formatted(overdueAlertDays));
    require(leverageDays >= 0, "leverageDays is %s: use 0 or more".formatted(leverageDays));
    for (Map.Entry<String, Long> rate : rates.entrySet()) {
      require(
          rate.getValue() > 0,
          "the rate of %s is %s: use more than 0".formatted(rate.getKey(), rate.getValue()));
      require(
          !rate.getKey().equals(baseCurrency) || rate.getValue() == ONE,
          "the rate of the base currency %s is %s: leave it out, or use %s"
              .formatted(baseCurrency, rate.getValue(), ONE));
    }
    for (Map.Entry<String, Money> limit : limitByGrade.entrySet()) {
      require(
          grades.contains(limit.getKey()) || limit.getKey().equals(UNRATED),
          "there is a limit for grade %s, which the ladder does not have"
              .formatted(limit.getKey()));
      limit.getValue().requireNotNegative("limit of grade " + limit.getKey());
      String currency = limit.getValue().currency();
      require(
          currency.equals(baseCurrency) || rates.containsKey(currency),
          "the limit of grade %s is in %s, which has no rate".formatted(limit.getKey(), currency));
    }
    for (int month : reviewMonths) {
      require(month >= 1 && month <= 12, "reviewMonths has %s: use 1 to 12".formatted(month));
    }
  }

  /** The policy of the catalogue's readings: no rates, and no limits by grade. */
  public static CreditPolicy standard(ZoneId zone, String baseCurrency) {
    Map<AssessmentKind, Integer> oneEach = new EnumMap<>(AssessmentKind.class);
    for (AssessmentKind kind : AssessmentKind.values()) {
      oneEach.put(kind, 1);
    }
    return new CreditPolicy(
        zone,
        List.of(
            new GradeStep("A", 10_000),
            new GradeStep("B", 9_500),
            new GradeStep("C", 8_000),
            new GradeStep("D", 0)),
        12,
        oneEach,
        900,
        30,
        90,
        Map.of(),
        baseCurrency,
        Map.of(),
        Set.of(2, 8));
  }

  /** Whether amounts of a currency can be compared. */
  boolean hasRate(String currency) {
    return currency.equals(baseCurrency) || rates.containsKey(currency);
  }

  /** The amount in millionths of a millionth of the base currency, without rounding. */
  BigInteger exactly(long micros, String currency) {
    long rate = currency.equals(baseCurrency) ? ONE : rates.get(currency);
    return BigInteger.valueOf(micros).multiply(BigInteger.valueOf(rate));
  }

  /**
   * Rounds what {@link #exactly} gives, half to the even millionth. It is shown and never compared,
   * so what is too large for a column of amounts is shown as the largest that is not.
   */
  long rounded(BigInteger exact) {
    return new BigDecimal(exact)
        .divide(BigDecimal.valueOf(ONE), 0, RoundingMode.HALF_EVEN)
        .min(LARGEST_SHOWN)
        .max(LARGEST_SHOWN.negate())
        .longValueExact();
  }

  /** The day with whose passing a due day leaves the window. */
  LocalDate leavesWindow(LocalDate dueOn) {
    return dueOn.plusMonths(windowMonths);
  }

  int notchesOf(AssessmentKind kind) {
    return notches.getOrDefault(kind, 0);
  }

  /** The limit that a grade gives. */
  Optional<Money> limitOf(String grade) {
    return Optional.ofNullable(limitByGrade.get(grade));
  }

  private static Set<String> checkedGrades(List<GradeStep> ladder) {
    require(!ladder.isEmpty(), "the ladder has no grade");
    Set<String> grades = new HashSet<>();
    int above = Integer.MAX_VALUE;
    for (GradeStep step : ladder) {
      require(
          !step.grade().equals(UNRATED),
          "a grade is called %s, which means no grade".formatted(UNRATED));
      require(grades.add(step.grade()), "the ladder has grade %s twice".formatted(step.grade()));
      require(
          step.leastRate() < above,
          "grade %s asks for %s ten-thousandths: each grade has to ask for less than the one above"
              .formatted(step.grade(), step.leastRate()));
      above = step.leastRate();
    }
    require(
        above == 0,
        "the lowest grade asks for %s ten-thousandths: it has to ask for 0".formatted(above));
    return grades;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
