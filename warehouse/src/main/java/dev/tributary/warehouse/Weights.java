package dev.tributary.warehouse;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import dev.tributary.domain.LargestRemainder;
import dev.tributary.domain.attribution.ChannelWeights;
import dev.tributary.domain.attribution.MarkovRemoval;
import dev.tributary.domain.attribution.PathAddress;
import dev.tributary.domain.attribution.PathMeasures;
import dev.tributary.domain.attribution.ShapleyRates;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Solves the weights of the data-driven models from the paths that journeys took, per company, goal
 * and month, and keeps them in {@code ops.channel_weight}, a version for every cut at which a
 * period's paths were others than before. Views apply them (docs/decisions/0014).
 *
 * <p>What was said of an old cut stays: a cut that a later one among those already looked at stands
 * on is not looked at any more.
 */
public final class Weights {

  /** Raised when the solver comes to other weights, so that every period is solved once more. */
  private static final int SOLVER = 1;

  /** Cuts read by one query, which share its start-up, as long as its memory suffices. */
  private static final int BATCH = 16;

  /** Paths held at once; a period that has more is solved by itself. */
  private static final long MOST_PATHS = 300_000;

  /** Rows written by one statement, whose length Trino limits; a period is never divided. */
  private static final int MOST_ROWS = 2_000;

  /** Decimal places of {@link ChannelWeights#ONE}. */
  private static final int SCALE = 15;

  /**
   * What weights are solved for.
   *
   * @param company company
   * @param goal goal of the policy
   * @param month first day of the month
   */
  public record Period(String company, String goal, LocalDate month) {}

  /**
   * A version of a period's weights.
   *
   * @param period the period
   * @param version 1, 2, 3 on the timeline of its cut
   * @param channels channels on its paths
   * @param chainOrder channels that the Markov chain remembers
   * @param converted journeys with touches that converted
   * @param lost journeys that did not
   */
  public record Solved(
      Period period, int version, int channels, int chainOrder, long converted, long lost) {}

  /**
   * What was done at a cut.
   *
   * @param cut the cut
   * @param periods periods with journeys
   * @param solved those that were new or had other paths than before
   */
  public record Run(long cut, int periods, List<Solved> solved) {

    public Run {
      solved = List.copyOf(solved);
    }
  }

  /** The paths of a period at a cut, and the version that their weights are or will be. */
  private record Version(Period period, long cut, int version, String fingerprint, long paths) {}

  private record Range(long from, long to) {}

  /** Cuts that a cut already looked at stands on, itself among them. */
  private static final String LOOKED_AT =
      """
      select o.cut, r.cut as run_cut
      from mart.cut o
      join mart.timeline t on t.layer = 'ledger' and o.cut > t.from_cut and o.cut <= t.to_cut
      join ops.weight_runs r on r.cut / 1000000000 = t.epoch and o.cut <= r.cut
      """;

  private final Sql sql;

  private Weights(Sql sql) {
    this.sql = sql;
  }

  /** Solves, in their order, the cuts that pages offer and that were not looked at. */
  public static List<Run> ofOfferedCuts(String jdbcUrl) {
    try (Sql sql = Sql.open(jdbcUrl)) {
      Weights weights = new Weights(sql);
      return weights.solve(weights.offered("true", Integer.MAX_VALUE));
    }
  }

  /**
   * As {@link #ofOfferedCuts}, but only cuts at which a business day was closed or that have a
   * name: the newest is another one every few seconds.
   *
   * @param most cuts at most
   */
  public static List<Run> ofCloses(String jdbcUrl, int most) {
    try (Sql sql = Sql.open(jdbcUrl)) {
      Weights weights = new Weights(sql);
      return weights.solve(weights.offered("c.reasons <> 'newest'", most));
    }
  }

  /**
   * Solves a published cut, live or not.
   *
   * @throws IllegalArgumentException when there is no such cut, or a later one that stands on it
   *     was looked at already
   */
  public static Run at(String jdbcUrl, long cut) {
    try (Sql sql = Sql.open(jdbcUrl)) {
      if (sql.query("select c.cut from mart.cut c where c.cut = " + cut).isEmpty()) {
        throw new IllegalArgumentException(
            "There is no published cut %s; see: select cut from mart.cut order by ordinal"
                .formatted(cut));
      }
      List<Sql.Row> later =
          sql.query(
              "select a.run_cut from (%s) a where a.cut = %s and a.run_cut > a.cut order by 1 limit 1"
                  .formatted(LOOKED_AT, cut));
      if (!later.isEmpty()) {
        throw new IllegalArgumentException(
            "Weights were solved at cut %s, which stands on cut %s: what pages say of the cuts from the one to the other would change. Choose a later cut"
                .formatted(later.getFirst().number(1), cut));
      }
      return new Weights(sql).solve(List.of(cut)).getFirst();
    }
  }

  private List<Long> offered(String condition, int most) {
    return sql
        .query(
            """
            select c.cut
            from mart.selectable_cut c
            where %s and c.cut not in (select a.cut from (%s) a)
            order by c.cut
            limit %s
            """
                .formatted(condition, LOOKED_AT, most))
        .stream()
        .map(row -> row.number(1))
        .toList();
  }

  private List<Run> solve(List<Long> cuts) {
    List<Run> runs = new ArrayList<>();
    Batches.of(cuts, BATCH, batch -> runs.addAll(solveBatch(batch)));
    return runs;
  }

  private List<Run> solveBatch(List<Long> cuts) {
    Map<Long, Integer> periods = new HashMap<>();
    List<Version> due = due(cuts, periods);
    Map<Long, List<Solved>> solved = new HashMap<>();
    for (List<Version> some : chunks(due)) {
      solveAndKeep(some, solved);
    }

    List<Run> runs =
        cuts.stream()
            .map(
                cut ->
                    new Run(cut, periods.getOrDefault(cut, 0), solved.getOrDefault(cut, List.of())))
            .toList();
    keep(runs);
    return runs;
  }

  /** What is new at each cut, or has other paths than the version it stands on. */
  private List<Version> due(List<Long> cuts, Map<Long, Integer> periods) {
    Map<Long, List<Range>> ranges = ranges(cuts);
    Map<Period, List<Version>> versions = versions();
    List<Version> due = new ArrayList<>();
    for (Version found : found(cuts)) {
      periods.merge(found.cut(), 1, Integer::sum);
      List<Version> known = versions.computeIfAbsent(found.period(), period -> new ArrayList<>());
      List<Range> standsOn = ranges.get(found.cut());
      Optional<Version> before =
          known.stream()
              .filter(version -> holds(standsOn, version.cut()))
              .max(Comparator.comparingLong(Version::cut).thenComparingInt(Version::version));
      if (before.isEmpty() || !before.get().fingerprint().equals(found.fingerprint())) {
        Version next =
            new Version(
                found.period(),
                found.cut(),
                before.map(Version::version).orElse(0) + 1,
                found.fingerprint(),
                found.paths());
        known.add(next);
        due.add(next);
      }
    }
    return due;
  }

  private static boolean holds(List<Range> ranges, long cut) {
    return ranges.stream().anyMatch(range -> cut > range.from() && cut <= range.to());
  }

  /** The periods of each cut, in the order of the cuts; which version they are is not known yet. */
  private List<Version> found(List<Long> cuts) {
    return sql
        .query(
            """
            select
                p.cut,
                p.company,
                p.goal,
                p.month,
                format('%s-%%s', to_hex(checksum(format('%%s: %%d, %%d', p.path, p.conversions, p.lost)))),
                count(*)
            from (%s) p
            group by p.cut, p.company, p.goal, p.month
            order by p.cut, p.company, p.goal, p.month
            """
                .formatted(SOLVER, countedPaths(cuts)))
        .stream()
        .map(row -> new Version(period(row), row.number(1), 0, row.string(5), row.number(6)))
        .toList();
  }

  private static Period period(Sql.Row row) {
    return new Period(row.string(2), row.string(3), LocalDate.parse(row.string(4)));
  }

  private static String countedPaths(List<Long> cuts) {
    String any =
        cuts.stream().distinct().map(String::valueOf).collect(joining(", ", "any (values ", ")"));
    return """
        select p.cut, p.company, p.goal, p.month, p.path, sum(p.conversions) as conversions, sum(p.lost) as lost
        from (
        %s
        ) p
        where p.path <> ''
        group by p.cut, p.company, p.goal, p.month, p.path
        """
        .formatted(MartSql.render("path", any, MartSql.LATEST_CLOSE));
  }

  private Map<Long, List<Range>> ranges(List<Long> cuts) {
    return sql
        .query(
            """
            select c.cut, t.from_cut, least(t.to_cut, c.cut)
            from mart.cut c
            join mart.timeline t on t.epoch = c.epoch
            where t.layer = 'ledger' and c.cut in (%s)
            """
                .formatted(cuts.stream().map(String::valueOf).collect(joining(", "))))
        .stream()
        .collect(
            groupingBy(
                row -> row.number(1),
                mapping(row -> new Range(row.number(2), row.number(3)), toList())));
  }

  private Map<Period, List<Version>> versions() {
    Map<Period, List<Version>> versions = new HashMap<>();
    for (Sql.Row row :
        sql.query(
            "select distinct w.cut, w.company, w.goal, w.month, w.fingerprint, w.version from ops.channel_weight w")) {
      Version version =
          new Version(period(row), row.number(1), (int) row.number(6), row.string(5), 0);
      versions.computeIfAbsent(version.period(), period -> new ArrayList<>()).add(version);
    }
    return versions;
  }

  private static List<List<Version>> chunks(List<Version> all) {
    List<List<Version>> chunks = new ArrayList<>();
    long paths = MOST_PATHS;
    for (Version version : all) {
      paths += version.paths();
      if (paths > MOST_PATHS) {
        chunks.add(new ArrayList<>());
        paths = version.paths();
      }
      chunks.getLast().add(version);
    }
    return chunks;
  }

  private void solveAndKeep(List<Version> versions, Map<Long, List<Solved>> solved) {
    Map<Version, SortedMap<PathAddress, PathMeasures>> paths = paths(versions);
    List<String> rows = new ArrayList<>();
    for (Version version : versions) {
      SortedMap<PathAddress, PathMeasures> counted = paths.get(version);
      long converted = counted.values().stream().mapToLong(PathMeasures::conversions).sum();
      long lost = counted.values().stream().mapToLong(PathMeasures::lost).sum();
      MarkovRemoval.Solved markov = MarkovRemoval.ofBestOrder(counted);
      List<String> more = new ArrayList<>();
      more.addAll(rows(version, "markov", markov.weights(), "" + markov.order(), converted, lost));
      more.addAll(rows(version, "shapley", ShapleyRates.of(counted), "null", converted, lost));
      if (!rows.isEmpty() && rows.size() + more.size() > MOST_ROWS) {
        insert("ops.channel_weight", rows);
        rows.clear();
      }
      rows.addAll(more);
      solved
          .computeIfAbsent(version.cut(), cut -> new ArrayList<>())
          .add(
              new Solved(
                  version.period(),
                  version.version(),
                  markov.weights().effects().size(),
                  markov.order(),
                  converted,
                  lost));
    }
    insert("ops.channel_weight", rows);
  }

  private Map<Version, SortedMap<PathAddress, PathMeasures>> paths(List<Version> versions) {
    Map<Period, Map<Long, Version>> wanted =
        versions.stream()
            .collect(groupingBy(Version::period, toMap(Version::cut, version -> version)));
    Map<Version, SortedMap<PathAddress, PathMeasures>> paths = new HashMap<>();
    for (Sql.Row row :
        sql.query(
            """
            select p.cut, p.company, p.goal, p.month, p.path, p.conversions, p.lost
            from (%s) p
            join (values %s) as d (cut, company, goal, month)
                on d.cut = p.cut and d.company = p.company and d.goal = p.goal and d.month = p.month
            """
                .formatted(
                    countedPaths(versions.stream().map(Version::cut).toList()),
                    versions.stream().map(Weights::address).collect(joining(", "))))) {
      Period period = period(row);
      paths
          .computeIfAbsent(wanted.get(period).get(row.number(1)), version -> new TreeMap<>())
          .put(
              // Currencies are added up: weights say what channels do, not what it is worth.
              new PathAddress(
                  period.goal(), period.month(), "", Arrays.asList(row.string(5).split(" > ", -1))),
              new PathMeasures(row.number(6), row.number(7), 0));
    }
    return paths;
  }

  private static String address(Version version) {
    Period period = version.period();
    return "(bigint '%s', %s, %s, date '%s')"
        .formatted(
            version.cut(), Sql.text(period.company()), Sql.text(period.goal()), period.month());
  }

  private static List<String> rows(
      Version version,
      String model,
      ChannelWeights weights,
      String chainOrder,
      long converted,
      long lost) {
    long[] positive =
        weights.effects().values().stream().mapToLong(effect -> Math.max(0, effect)).toArray();
    boolean nothing = Arrays.stream(positive).sum() == 0;
    long[] shares = LargestRemainder.split(nothing ? 0 : ChannelWeights.ONE, positive);
    List<String> rows = new ArrayList<>();
    weights
        .effects()
        .forEach(
            (channel, effect) ->
                rows.add(
                    "(%s, %s, date '%s', '%s', %s, decimal '%s', decimal '%s', %s, %s, %s, '%s', %s, %s, current_timestamp(6))"
                        .formatted(
                            Sql.text(version.period().company()),
                            Sql.text(version.period().goal()),
                            version.period().month(),
                            model,
                            Sql.text(channel),
                            decimal(effect),
                            decimal(shares[rows.size()]),
                            chainOrder,
                            converted,
                            lost,
                            version.fingerprint(),
                            version.version(),
                            version.cut())));
    return rows;
  }

  private static String decimal(long units) {
    return BigDecimal.valueOf(units, SCALE).toPlainString();
  }

  private void keep(List<Run> runs) {
    insert(
        "ops.weight_runs",
        runs.stream()
            .map(
                run ->
                    "(%s, %s, %s, current_timestamp(6))"
                        .formatted(run.cut(), run.periods(), run.solved().size()))
            .toList());
  }

  private void insert(String table, List<String> rows) {
    sql.run("insert into %s values%n%s".formatted(table, String.join(",\n", rows)));
  }
}
