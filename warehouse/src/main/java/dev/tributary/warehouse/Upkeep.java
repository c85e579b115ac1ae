package dev.tributary.warehouse;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps tables small while the job writes: compacts small files, expires old snapshots, deletes
 * orphaned files, as {@code upkeep} in each {@code metadata.yaml} says.
 *
 * <p>The job finds its own commits by walking a table's snapshots back from the newest. So the
 * snapshots that carry the last cuts stay, however old they are.
 */
public final class Upkeep {

  private static final Keeping STANDARD = new Keeping(20, Duration.ofHours(1));

  /**
   * A file that a running writer has finished and not yet committed looks like an orphan; below
   * this age none is touched, whatever a table's metadata says.
   */
  static final Duration LEAST_ORPHAN_AGE = Duration.ofDays(1);

  private final Sql sql;
  private final Instant now;
  private final boolean early;
  private final Consumer<String> progress;
  private final Keeping keeping;

  private Upkeep(Sql sql, Instant now, boolean early, Consumer<String> progress, Keeping keeping) {
    this.sql = sql;
    this.now = now;
    this.early = early;
    this.progress = progress;
    this.keeping = keeping;
  }

  /**
   * Which snapshots stay, however old they are. Only a test keeps other ones than the standard: in
   * a lake that is minutes old there would be nothing to expire.
   *
   * @param cuts last cuts of each epoch whose snapshots stay
   * @param margin how much older than those a snapshot is when it may go, because Trino counts ages
   *     from when it is asked
   */
  public record Keeping(int cuts, Duration margin) {}

  /**
   * What was done to one table.
   *
   * @param table its qualified name
   * @param files data files before
   * @param filesAfter data files after
   * @param snapshots snapshots before
   * @param snapshotsAfter snapshots after
   * @param optimized whether it was due for compaction
   */
  public record Outcome(
      String table,
      long files,
      long filesAfter,
      long snapshots,
      long snapshotsAfter,
      boolean optimized) {}

  /**
   * Does what is due on every table.
   *
   * @param jdbcUrl Trino with catalog and user
   * @param now the time retention is counted back from
   * @param early compact also what is not due yet
   * @param progress told of each table
   * @throws IllegalStateException when Trino refuses, naming the statement
   */
  public static List<Outcome> run(
      String jdbcUrl, Instant now, boolean early, Consumer<String> progress) {
    return run(jdbcUrl, now, early, progress, STANDARD);
  }

  /** Does what is due on every table, and keeps other snapshots than the standard. */
  public static List<Outcome> run(
      String jdbcUrl, Instant now, boolean early, Consumer<String> progress, Keeping keeping) {
    try (Sql sql = Sql.open(jdbcUrl)) {
      return new Upkeep(sql, now, early, progress, keeping).run();
    }
  }

  private List<Outcome> run() {
    // Trino refuses retentions below seven days by default; what is kept is decided here.
    String catalog = sql.query("select current_catalog").get(0).string(1);
    sql.run("set session %s.expire_snapshots_min_retention = '0s'".formatted(catalog));
    sql.run("set session %s.remove_orphan_files_min_retention = '0s'".formatted(catalog));
    Instant oldestKept = oldestKeptCut();
    List<Outcome> outcomes = new ArrayList<>();
    for (TableDefinition table : Definitions.load().tables()) {
      outcomes.add(keep(table, oldestKept));
    }
    return outcomes;
  }

  private Outcome keep(TableDefinition table, Instant oldestKept) {
    UpkeepPolicy policy = table.metadata().upkeep();
    long files = count(table, "files");
    long snapshots = count(table, "snapshots");
    boolean due = files > 1 && (early || isDue(table, policy.optimize()));
    if (due) {
      run(table, "optimize");
    }
    Instant before =
        earlier(
            now.minus(policy.snapshotRetention()),
            earlier(oldestKept, oldestNamed(table)).minus(keeping.margin()));
    expire(table, before);
    Duration orphan = policy.orphanRetention();
    Duration orphanAge = orphan.compareTo(LEAST_ORPHAN_AGE) < 0 ? LEAST_ORPHAN_AGE : orphan;
    run(
        table,
        "remove_orphan_files(retention_threshold => '%ss')".formatted(orphanAge.toSeconds()));
    Outcome outcome =
        new Outcome(
            table.qualifiedName(),
            files,
            count(table, "files"),
            snapshots,
            count(table, "snapshots"),
            due);
    progress.accept(
        "%s: files %s to %s, snapshots %s to %s"
            .formatted(
                outcome.table(),
                outcome.files(),
                outcome.filesAfter(),
                outcome.snapshots(),
                outcome.snapshotsAfter()));
    return outcome;
  }

  private void run(TableDefinition table, String procedure) {
    sql.run("alter table %s execute %s".formatted(table.qualifiedName(), procedure));
  }

  private boolean isDue(TableDefinition table, Duration interval) {
    Sql.Row last =
        sql.query(
                "select max(committed_at) from %s.\"%s$snapshots\" where operation = 'replace'"
                    .formatted(table.namespace(), table.name()))
            .get(0);
    return last.isNull(1) || instant(last.values().get(0)).plus(interval).isBefore(now);
  }

  private long count(TableDefinition table, String what) {
    return sql.query(
            "select count(*) from %s.\"%s$%s\"".formatted(table.namespace(), table.name(), what))
        .get(0)
        .number(1);
  }

  /** When the oldest of the last cuts of any epoch was published, or now when none is. */
  private Instant oldestKeptCut() {
    Sql.Row oldest =
        sql.query(
                """
                with ranked as (
                    select c.published_at, row_number() over (partition by c.epoch order by c.cut desc) as place
                    from ops.cuts c
                    where c.epoch in (select l.epoch from ops.cuts l order by l.published_at desc limit %s)
                )
                select min(r.published_at) from ranked r where r.place <= %s
                """
                    .formatted(keeping.cuts(), keeping.cuts()))
            .get(0);
    return oldest.isNull(1) ? now : instant(oldest.values().get(0));
  }

  /** When the oldest snapshot of the table that one of the last live cuts names was committed. */
  private Instant oldestNamed(TableDefinition table) {
    Sql.Row oldest =
        sql.query(
                """
                with kept as (
                    select c.snapshots
                    from ops.cuts c
                    where c.ordinal is not null
                    order by c.ordinal desc
                    limit %s
                )
                select min(s.committed_at)
                from %s."%s$snapshots" s
                where s.snapshot_id in (
                    select u.snapshot_id
                    from kept k
                    cross join unnest(k.snapshots) as u (table_name, snapshot_id)
                    where u.table_name in (%s, %s)
                )
                """
                    .formatted(
                        keeping.cuts(),
                        table.namespace(),
                        table.name(),
                        Sql.text(table.qualifiedName()),
                        Sql.text(table.name())))
            .get(0);
    return oldest.isNull(1) ? now : instant(oldest.values().get(0));
  }

  /** Trino takes an age, and counts it from its own clock, whatever {@link #now} is. */
  private void expire(TableDefinition table, Instant before) {
    long age = Math.max(0, Duration.between(before, Instant.now()).toMillis());
    run(table, "expire_snapshots(retention_threshold => '%sms')".formatted(age));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant instant(Object timestamp) {
    return switch (timestamp) {
      case java.sql.Timestamp value -> value.toInstant();
      case ZonedDateTime value -> value.toInstant();
      case OffsetDateTime value -> value.toInstant();
      default -> throw new IllegalStateException("Not an instant: " + timestamp.getClass());
    };
  }
}
