package dev.tributary.warehouse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Says whether published cuts add up: the event accounting, double entry, and every ledger against
 * SQL over {@code raw} at the same cut. The SQL is that of the marts {@code check_*}; it is written
 * from the rules' text and shares no code with the folds.
 */
public final class Reconcile {

  private static final List<String> FAMILIES =
      List.of(
          "check_accounting",
          "check_identity",
          "check_double_entry",
          "check_receivables",
          "check_items",
          "check_promotions");

  /** Cuts read by one query: enough to share its start-up, few enough for its memory. */
  private static final int BATCH = 16;

  private Reconcile() {}

  /**
   * The checks of the newest live cut.
   *
   * @throws IllegalStateException when nothing is published yet
   */
  public static List<Check> newest(String jdbcUrl) {
    try (Sql sql = Sql.open(jdbcUrl)) {
      List<Long> cuts = cuts(sql, "where c.ordinal is not null order by c.ordinal desc limit 1");
      if (cuts.isEmpty()) {
        throw new IllegalStateException(
            "No cut is published yet; send events and wait for one: ./tributary wait");
      }
      return checks(sql, cuts);
    }
  }

  /**
   * The checks of one published cut, live or not.
   *
   * @throws IllegalArgumentException when there is no such cut
   */
  public static List<Check> at(String jdbcUrl, long cut) {
    try (Sql sql = Sql.open(jdbcUrl)) {
      List<Long> cuts = cuts(sql, "where c.cut = " + cut);
      if (cuts.isEmpty()) {
        throw new IllegalArgumentException(
            "There is no published cut %s; see: select cut from mart.cut order by ordinal"
                .formatted(cut));
      }
      return checks(sql, cuts);
    }
  }

  /** The checks of every cut that was live when it was published, in the order of publication. */
  public static List<Check> everyLiveCut(String jdbcUrl) {
    try (Sql sql = Sql.open(jdbcUrl)) {
      return checks(sql, cuts(sql, "where c.ordinal is not null order by c.ordinal"));
    }
  }

  private static List<Long> cuts(Sql sql, String condition) {
    return sql.query("select c.cut from mart.cut c " + condition).stream()
        .map(row -> row.number(1))
        .toList();
  }

  private static List<Check> checks(Sql sql, List<Long> cuts) {
    List<Check> checks = new ArrayList<>();
    for (int from = 0; from < cuts.size(); from += BATCH) {
      List<Long> batch = cuts.subList(from, Math.min(cuts.size(), from + BATCH));
      String chosen =
          batch.stream()
              .map(String::valueOf)
              .collect(Collectors.joining(", ", "any (values ", ")"));
      for (String family : FAMILIES) {
        List<Check> found = checks(sql, family, batch.size() == 1 ? "" + batch.get(0) : chosen);
        if (found.stream().map(Check::cut).distinct().count() != batch.size()) {
          throw new IllegalStateException(
              "Check %s said nothing about some of the cuts %s; a check speaks about every cut"
                  .formatted(family, batch));
        }
        checks.addAll(found);
      }
    }
    checks.sort(
        Comparator.comparingInt((Check check) -> cuts.indexOf(check.cut()))
            .thenComparing(Check::area)
            .thenComparing(Check::id));
    return checks;
  }

  private static List<Check> checks(Sql sql, String family, String cut) {
    String mart = MartSql.render(family, cut, MartSql.LATEST_CLOSE);
    return sql
        .query(
            """
            select k.cut, k.area, k.check_id, k.name, k.rule_id, k.compared, k.off_count, k.off_by
            from (
            %s
            ) k
            """
                .formatted(mart))
        .stream()
        .map(
            row ->
                new Check(
                    row.number(1),
                    row.string(2),
                    row.string(3),
                    row.string(4),
                    row.string(5),
                    row.number(6),
                    row.number(7),
                    row.decimal(8)))
        .toList();
  }
}
