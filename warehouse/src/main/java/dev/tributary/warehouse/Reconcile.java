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
          "check_attribution",
          "check_conversions",
          "check_data_driven",
          "check_spend",
          "check_promotions");

  /** Cuts read by one query, which share its start-up, as long as its memory suffices. */
  private static final int BATCH = 64;

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
      List<Check> kept =
          checks(sql, MartSql.render("reconciliation", "" + cut, MartSql.LATEST_CLOSE));
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
    for (int from = 0; from < cuts.size(); from += BATCH) {
      List<Long> some = cuts.subList(from, Math.min(cuts.size(), from + BATCH));
      List<Range> ranges = ranges(sql, some);
      List<Check> found = new ArrayList<>();
      for (String family : FAMILIES) {
        Batches.of(
            some, some.size(), batch -> found.addAll(checksOfBatch(sql, family, batch, ranges)));
      }
      keep(sql, found);
      checks.addAll(found);
    }
    checks.sort(
        Comparator.comparingInt((Check check) -> cuts.indexOf(check.cut()))
            .thenComparing(Check::area)
            .thenComparing(Check::id));
    return checks;
  }

  private static List<Check> checksOfBatch(
      Sql sql, String family, List<Long> batch, List<Range> ranges) {
    String mart = MartSql.render(family, any(batch), layer -> span(layer, batch, ranges));
    List<Check> found = checks(sql, mart);
    if (found.stream().map(Check::cut).distinct().count() != batch.size()) {
      throw new IllegalStateException(
          "Check %s said nothing about some of the cuts %s; a check speaks about every cut"
              .formatted(family, batch));
    }
    return found;
  }

  private static String any(List<Long> cuts) {
    return cuts.size() == 1
        ? String.valueOf(cuts.getFirst())
        : cuts.stream().map(String::valueOf).collect(Collectors.joining(", ", "any (values ", ")"));
  }

  /** A range that a cut stands on, as a row of constants. */
  private record Range(String layer, long cut, String row) {}

  private static List<Range> ranges(Sql sql, List<Long> cuts) {
    return sql
        .query(
            """
            select
                t.layer,
                c.cut,
                format(
                    'bigint ''%%s'', bigint ''%%s'', bigint ''%%s'', map(array[%%s], array[%%s]), %%s',
                    c.cut,
                    t.from_cut,
                    least(t.to_cut, c.cut),
                    array_join(transform(map_keys(c.business_days), k -> '''' || replace(k, '''', '''''') || ''''), ', '),
                    array_join(transform(map_values(c.business_days), d -> 'date ''' || cast(d as varchar) || ''''), ', '),
                    coalesce('date ''' || cast(c.last_day as varchar) || '''', 'null')
                )
            from mart.cut c
            join mart.timeline t on t.epoch = c.epoch
            where c.cut = %s
            order by c.cut, t.layer, t.from_cut
            """
                .formatted(any(cuts)))
        .stream()
        .map(row -> new Range(row.string(1), row.number(2), row.string(3)))
        .toList();
  }

  /**
   * What cuts stand on, as constants: a published cut stands on the same ranges for ever. Without
   * them every mart asks for them, which is half of the planning
   * (docs/decisions/0005-page-speed.md).
   */
  private static String span(String layer, List<Long> cuts, List<Range> ranges) {
    return ranges.stream()
        .filter(range -> range.layer().equals(layer) && cuts.contains(range.cut()))
        .map(Range::row)
        .collect(
            Collectors.joining(
                "),\n(",
                """
                (
                    select v.cut, v.from_cut, v.to_cut, cast(v.days as map(varchar, date)) as business_days, cast(v.last_day as date) as last_day
                    from (values (""",
                ")) as v (cut, from_cut, to_cut, days, last_day)\n)"));
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

  private static List<Check> checks(Sql sql, String mart) {
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
