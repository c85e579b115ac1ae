package dev.tributary.ingestion.sampleyear;

import dev.tributary.events.BudgetSet;
import dev.tributary.events.TargetApprovalStep;
import dev.tributary.events.TargetApproved;
import dev.tributary.events.TargetMetric;
import dev.tributary.events.TargetSet;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;

/** Targets and budgets, month by month: five in a hundred above what the process expects. */
final class PlanLife {

  /** Mean net sales of a shopper's day, in cents: baskets a day times the mean basket. */
  private static final long CENTS_PER_CUSTOMER_AND_DAY = 5_900;

  private static final int SIX = 6 * 3600;
  private static final int AMBITION_PERCENT = 105;
  private static final Map<TargetMetric, Integer> PERCENT_OF_SALES =
      Map.of(TargetMetric.SALES, 100, TargetMetric.COLLECTION, 90, TargetMetric.PROFIT, 45);
  private static final List<TargetMetric> METRICS =
      List.of(
          TargetMetric.SALES,
          TargetMetric.COLLECTION,
          TargetMetric.PROFIT,
          TargetMetric.NEW_CUSTOMERS);

  private final World world;
  private final Outbox outbox;

  PlanLife(World world, Outbox outbox) {
    this.world = world;
    this.outbox = outbox;
  }

  /** The source of a plan names its scale, since plans follow it. */
  static String entity(SampleYear year) {
    return "plans at scale " + year.scale();
  }

  /** Tells of everything at once. */
  void live() {
    for (int day = 0; day < world.days().count(); day++) {
      LocalDate date = world.days().date(day);
      if (day == 0 || date.getDayOfMonth() == 1) {
        setMonth(day, YearMonth.from(date));
      }
    }
  }

  private void setMonth(int day, YearMonth month) {
    for (TargetMetric metric : METRICS) {
      String whole = set(day, month, metric, Geography.COUNTRY, null, 5);
      for (String province : Geography.PROVINCES) {
        set(day, month, metric, province, whole, 1);
      }
    }

    for (String expense : List.of("promotion", "advertising", "sales", "service")) {
      budget(day, month, expense);
    }
  }

  /**
   * Sets a target.
   *
   * @param fifths how many fifths of the company's are expected
   */
  private String set(
      int day, YearMonth month, TargetMetric metric, String node, String parent, int fifths) {
    String id = "target:%s:%s:%s:%s".formatted(month, metric, node, world.year().scale());
    boolean money = metric != TargetMetric.NEW_CUSTOMERS;
    long value = money ? moneyTarget(month, metric, fifths) : newCustomers(fifths);
    outbox.post(
        day,
        SIX,
        id,
        envelope ->
            new TargetSet(
                envelope,
                id,
                1,
                metric,
                node,
                parent,
                month.atDay(1),
                month.atEndOfMonth(),
                value,
                money ? SampleYear.CURRENCY : null,
                "manager-01",
                null));
    for (TargetApprovalStep step :
        List.of(TargetApprovalStep.REVIEWED, TargetApprovalStep.CONFIRMED)) {
      outbox.post(
          day,
          SIX + 600,
          "%s:%s".formatted(id, step),
          envelope -> new TargetApproved(envelope, id, 1, step, "manager-02"));
    }

    return id;
  }

  private long moneyTarget(YearMonth month, TargetMetric metric, int fifths) {
    long cents = 0;
    for (int i = 1; i <= month.lengthOfMonth(); i++) {
      LocalDate date = month.atDay(i);
      int day = (int) (date.toEpochDay() - world.days().date(0).toEpochDay());
      long permille = (long) (1000 * Climate.calm(date, Math.max(0, day)));
      cents += CENTS_PER_CUSTOMER_AND_DAY * permille / 1000;
    }

    cents = cents * world.year().customers() * fifths / 5;
    return World.micros(cents * PERCENT_OF_SALES.get(metric) / 100 * AMBITION_PERCENT / 100);
  }

  /** Three in ten customers become known during the year. */
  private long newCustomers(int fifths) {
    long count = (long) world.year().customers() * 3 * fifths / (5 * 10 * 12) + 1;
    return count * 1_000_000L;
  }

  private void budget(int day, YearMonth month, String expense) {
    String id = "budget:%s:%s:%s".formatted(month, expense, world.year().scale());
    long cents = 1_000L * world.year().customers();
    outbox.post(
        day,
        SIX,
        id,
        envelope ->
            new BudgetSet(
                envelope,
                id,
                1,
                Geography.COUNTRY,
                expense,
                null,
                null,
                month.atDay(1),
                month.atEndOfMonth(),
                World.micros(cents),
                SampleYear.CURRENCY));
  }
}
