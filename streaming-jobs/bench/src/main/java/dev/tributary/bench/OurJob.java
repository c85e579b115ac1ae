package dev.tributary.bench;

import dev.tributary.jobs.JobLauncher;
import dev.tributary.jobs.JobSettings;
import dev.tributary.jobs.RunningJob;
import dev.tributary.runtime.lake.Cut;
import dev.tributary.runtime.lake.CutReader;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.kafka.common.TopicPartition;

/** The job as it runs live, until it has published a cut that holds every record. */
record OurJob(int parallelism, Duration checkpointInterval, String stateBackend)
    implements Contender {

  private static final Duration POLL = Duration.ofMillis(250);
  private static final TableIdentifier CUTS = TableIdentifier.of("ops", "cuts");

  @Override
  public String name() {
    return "tributary";
  }

  @Override
  public Outcome run(Broker broker, Lake lake, Meter meter) throws Exception {
    Map<TopicPartition, Long> ends = broker.ends();
    Meter.Running running = meter.begin();
    try (RunningJob job = start(broker, lake, parallelism, checkpointInterval, stateBackend)) {
      Cut last = awaitCut(job, lake, ends);
      Cost cost = running.end();
      return new Outcome(
          cost,
          Optional.of(PromotionResults.ofLedger(lake, last.cut())),
          rows(lake, "raw."),
          rows(lake, "ledger."));
    }
  }

  static RunningJob start(
      Broker broker, Lake lake, int parallelism, Duration checkpointInterval, String stateBackend) {
    return JobLauncher.launch(
        JobSettings.live(broker.bootstrapServers(), lake.uri(), lake.stateDir())
            .withParallelism(parallelism)
            .withCheckpointInterval(checkpointInterval)
            .withStateBackend(stateBackend));
  }

  /** Waits for a cut that holds every record before these offsets. */
  static Cut awaitCut(RunningJob job, Lake lake, Map<TopicPartition, Long> ends)
      throws InterruptedException {
    long seen = 0;
    while (true) {
      if (!job.isRunning()) {
        throw new IllegalStateException(
            "the job ended before it had read everything", job.failure().orElse(null));
      }

      // A look at the newest snapshot is cheap; the table is only read when there is a new cut.
      long newest = newestSnapshot(lake.catalog());
      if (newest != seen) {
        seen = newest;
        Optional<Cut> cut = new CutReader(lake.catalog()).newest().filter(c -> holds(c, ends));
        if (cut.isPresent()) {
          return cut.get();
        }
      }
      Thread.sleep(POLL);
    }
  }

  private static long newestSnapshot(Catalog catalog) {
    Snapshot newest = catalog.loadTable(CUTS).currentSnapshot();
    return newest == null ? 0 : newest.snapshotId();
  }

  private static boolean holds(Cut cut, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> cut.offsets().getOrDefault(end.getKey().toString(), 0L) >= end.getValue());
  }

  private static long rows(Lake lake, String layer) {
    return new CutReader(lake.catalog())
        .live().stream()
            .flatMap(cut -> cut.rowCounts().entrySet().stream())
            .filter(table -> table.getKey().startsWith(layer))
            .mapToLong(Map.Entry::getValue)
            .sum();
  }
}
