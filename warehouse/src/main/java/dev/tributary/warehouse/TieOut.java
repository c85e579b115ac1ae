package dev.tributary.warehouse;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares what was open on invoices with the control totals of another book. */
public final class TieOut {

  /**
   * A control total and what the ledger says.
   *
   * @param closedThrough the company's latest close at the cut; null when it has none. What
   *     happened later is not in the figures
   */
  public record Tie(
      ControlTotal control, BigDecimal opening, BigDecimal closing, LocalDate closedThrough) {

    public BigDecimal movement() {
      return closing.subtract(opening);
    }

    /** Whether the month is over in the company's books. */
    public boolean isClosed() {
      return closedThrough != null && !closedThrough.isBefore(control.month().atEndOfMonth());
    }

    /** Whether all three agree to the last digit. */
    public boolean ties() {
      return isClosed()
          && opening.compareTo(control.opening()) == 0
          && closing.compareTo(control.closing()) == 0;
    }
  }

  private record Account(LocalDate day, String company, String currency, String customerId) {}

  private final Sql sql;
  private final long cut;
  private final Map<Account, BigDecimal> open = new HashMap<>();

  private TieOut(Sql sql, long cut) {
    this.sql = sql;
    this.cut = cut;
  }

  /**
   * Compares at one published cut.
   *
   * @throws IllegalArgumentException when there is no such cut
   */
  public static List<Tie> at(String jdbcUrl, long cut, List<ControlTotal> totals) {
    try (Sql sql = Sql.open(jdbcUrl)) {
      return new TieOut(sql, cut).ties(totals);
    }
  }

  /**
   * The newest live cut.
   *
   * @throws IllegalStateException when nothing is published yet
   */
  public static long newest(String jdbcUrl) {
    try (Sql sql = Sql.open(jdbcUrl)) {
      return Reconcile.newest(sql);
    }
  }

  private List<Tie> ties(List<ControlTotal> totals) {
    Map<String, LocalDate> closes = closes();
    totals.stream()
        .flatMap(total -> List.of(dayBefore(total), total.month().atEndOfMonth()).stream())
        .distinct()
        .forEach(this::read);
    List<Tie> ties = new ArrayList<>();
    for (ControlTotal total : totals) {
      ties.add(
          new Tie(
              total,
              open(dayBefore(total), total),
              open(total.month().atEndOfMonth(), total),
              closes.get(total.company())));
    }
    return ties;
  }

  private static LocalDate dayBefore(ControlTotal total) {
    return total.month().atDay(1).minusDays(1);
  }

  private Map<String, LocalDate> closes() {
    Map<String, LocalDate> closes = new HashMap<>();
    List<Sql.Row> rows =
        sql.query(
            "select d.company, d.day from mart.cut c left join unnest(c.business_days) as d (company, day) on true where c.cut = "
                + cut);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "There is no published cut %s; see: ./tributary cut list".formatted(cut));
    }
    for (Sql.Row row : rows) {
      if (!row.isNull(1)) {
        closes.put(row.string(1), LocalDate.parse(row.string(2)));
      }
    }
    return closes;
  }

  private void read(LocalDate day) {
    String debtors = MartSql.render("debtor", "" + cut, "date '" + day + "'");
    for (Sql.Row row :
        sql.query(
            "select d.company, d.currency, d.customer_id, d.outstanding from (\n%s\n) d"
                .formatted(debtors))) {
      BigDecimal outstanding = row.decimal(4);
      open.put(new Account(day, row.string(1), row.string(2), row.string(3)), outstanding);
      open.merge(
          new Account(day, row.string(1), row.string(2), null), outstanding, BigDecimal::add);
    }
  }

  private BigDecimal open(LocalDate day, ControlTotal total) {
    return open.getOrDefault(
        new Account(day, total.company(), total.currency(), total.customerId()), BigDecimal.ZERO);
  }
}
