package dev.tributary.warehouse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Says whether published cuts add up: the event accounting, double entry, and every ledger against
 * SQL over {@code raw} at the same cut. The SQL is that of the marts {@code check_*}; it is written
 * from the rules' text and shares no code with the folds. What is found is kept in {@code
 * ops.reconciliation}, which is what pages show: a cut never changes, so it need not be checked at
 * every look.
 */
public final class Reconcile {

  private static final List<String> FAMILIES =
      List.of(
          "check_accounting",
          "check_identity",
          "check_double_entry",
          "check_receivables",
          "check_items",
          "check_shares",
          "check_credit",
          "check_grades",
          "check_promotions");

  /** Cuts read by one query, which share its start-up, as long as its memory suffices. */
  private static final int BATCH = 16;

  private Reconcile() {}

  /**
   * The checks of the newest live cut.
   *
   * @throws IllegalStateException when nothing is published yet
   */
  public static List<Check> newest(String jdbcUrl) {
    try (Sql sql = Sql.open(jdbcUrl)) {
      return checks(sql, List.of(newest(sql)));
    }
  }

  /**
   * What the last checks of the newest live cut found; it is checked now when it never was.
   *
   * @throws IllegalStateException when nothing is published yet
   */
  public static List<Check> lastOfNewest(String jdbcUrl) {
    try (Sql sql = Sql.open(jdbcUrl)) {
      long cut = newest(sql);
      List<Check> kept = checks(sql, "reconciliation", "" + cut);
      return kept.isEmpty() ? checks(sql, List.of(cut)) : kept;
    }
  }

  static long newest(Sql sql) {
    List<Long> cuts = cuts(sql, "where c.ordinal is not null order by c.ordinal desc limit 1");
    if (cuts.isEmpty()) {
      throw new IllegalStateException(
          "No cut is published yet; send events and wait for one: ./tributary wait");
    }
    return cuts.getFirst();
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

  /**
   * The checks of the live cuts that pages offer (closes, named cuts, the newest) and that were
   * never checked, the newest first; empty when there is none. A what-if keeps no raw of its own,
   * so what it has read since its start cannot be checked.
   *
   * @param most cuts to be checked at most
   */
  public static List<Check> unchecked(String jdbcUrl, int most) {
    try (Sql sql = Sql.open(jdbcUrl)) {
      return checks(
          sql,
          cuts(
              sql,
              """
              where c.cut in (select s.cut from mart.selectable_cut s)
                and c.ordinal is not null
                and c.cut not in (select r.cut from ops.reconciliation r)
              order by c.ordinal desc
              limit %s
              """
                  .formatted(most)));
    }
  }

  private static List<Long> cuts(Sql sql, String condition) {
    return sql.query("select c.cut from mart.cut c " + condition).stream()
        .map(row -> row.number(1))
        .toList();
  }

  private static List<Check> checks(Sql sql, List<Long> cuts) {
    List<Check> checks = new ArrayList<>();
    Batches.of(
        cuts,
        BATCH,
        batch -> {
          List<Check> ofBatch = checksOfBatch(sql, batch);
          keep(sql, ofBatch);
          checks.addAll(ofBatch);
        });
    checks.sort(
        Comparator.comparingInt((Check check) -> cuts.indexOf(check.cut()))
            .thenComparing(Check::area)
            .thenComparing(Check::id));
    return checks;
  }

  private static List<Check> checksOfBatch(Sql sql, List<Long> batch) {
    String chosen =
        batch.stream().map(String::valueOf).collect(Collectors.joining(", ", "any (values ", ")"));
    List<Check> checks = new ArrayList<>();
    for (String family : FAMILIES) {
      List<Check> found = checks(sql, family, batch.size() == 1 ? "" + batch.get(0) : chosen);
      if (found.stream().map(Check::cut).distinct().count() != batch.size()) {
        throw new IllegalStateException(
            "Check %s said nothing about some of the cuts %s; a check speaks about every cut"
                .formatted(family, batch));
      }
      checks.addAll(found);
    }
    return checks;
  }

  /** In one statement, so that all checks of a run carry the same time. */
  private static void keep(Sql sql, List<Check> checks) {
    String rows =
        checks.stream()
            .map(
                check ->
                    "(%s, %s, %s, %s, %s, %s, %s, decimal '%s', current_timestamp(6))"
                        .formatted(
                            check.cut(),
                            Sql.text(check.area()),
                            Sql.text(check.id()),
                            Sql.text(check.name()),
                            Sql.text(check.ruleId()),
                            check.compared(),
                            check.offCount(),
                            check.offBy().toPlainString()))
            .collect(Collectors.joining(",\n"));
    sql.run("insert into ops.reconciliation values\n" + rows);
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
