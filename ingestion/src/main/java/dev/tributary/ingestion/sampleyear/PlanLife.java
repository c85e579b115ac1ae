package dev.tributary.ingestion.sampleyear;

import dev.tributary.events.BudgetSet;
import dev.tributary.events.TargetApprovalStep;
import dev.tributary.events.TargetApproved;
import dev.tributary.events.TargetMetric;
import dev.tributary.events.TargetSet;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;

/**
 * Targets and budgets, month by month: five in a hundred above what the process expects; of money
 * that comes in just what it expects.
 */
final class PlanLife {

  private static final int SIX = 6 * 3600;
  private static final int AMBITION_PERCENT = 105;
  private static final int PROFIT_PERCENT = 45;
  private static final List<TargetMetric> METRICS =
      List.of(
          TargetMetric.SALES,
          TargetMetric.COLLECTION,
          TargetMetric.CASH_INFLOW,
          TargetMetric.PROFIT,
          TargetMetric.NEW_CUSTOMERS);

  private final World world;
  private final Outbox outbox;
  private final Outlook outlook;

  PlanLife(World world, Outbox outbox) {
    this.world = world;
    this.outbox = outbox;
    this.outlook = new Outlook(world.days());
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
    Geography geography = world.geography();
    for (TargetMetric metric : METRICS) {
      String whole = set(day, month, metric, Geography.COUNTRY, null, Geography.COUNTIES);
      // Money that comes in belongs to no region before it is applied.
      for (int i = 0; i < Geography.PROVINCES.size() && metric != TargetMetric.CASH_INFLOW; i++) {
        List<String> counties = geography.countiesOf(i);
        String part = set(day, month, metric, Geography.PROVINCES.get(i), whole, counties.size());
        if (metric == TargetMetric.COLLECTION) {
          counties.forEach(county -> set(day, month, metric, county, part, 1));
        }
      }
    }

    for (String expense : List.of("promotion", "advertising", "sales", "service")) {
      budget(day, month, expense);
    }
  }

  /**
   * Sets a target.
   *
   * @param counties how many of the company's counties it is for: each is expected to bring the
   *     same
   */
  private String set(
      int day, YearMonth month, TargetMetric metric, String node, String parent, int counties) {
    String id = "target:%s:%s:%s:%s".formatted(month, metric, node, world.year().scale());
    boolean money = metric != TargetMetric.NEW_CUSTOMERS;
    long value = money ? moneyTarget(month, metric, counties) : newCustomers(counties);
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

  private long moneyTarget(YearMonth month, TargetMetric metric, int counties) {
    long cents = 0;
    for (int i = 1; i <= month.lengthOfMonth(); i++) {
      int day = (int) (month.atDay(i).toEpochDay() - world.days().date(0).toEpochDay());
      cents +=
          switch (metric) {
            case COLLECTION -> outlook.paid(day) * AMBITION_PERCENT / 100;
            case CASH_INFLOW -> outlook.paid(day);
            case PROFIT -> outlook.sold(day) * PROFIT_PERCENT / 100 * AMBITION_PERCENT / 100;
            default -> outlook.sold(day) * AMBITION_PERCENT / 100;
          };
    }

    return World.micros(cents * world.year().customers() * counties / Geography.COUNTIES);
  }

  /** Three in ten customers become known during the year. */
  private long newCustomers(int counties) {
    long count =
        (long) world.year().customers() * 3 * counties / (Geography.COUNTIES * 10 * 12) + 1;
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
