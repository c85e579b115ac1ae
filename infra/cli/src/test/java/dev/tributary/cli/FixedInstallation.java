package dev.tributary.cli;

import dev.tributary.ingestion.KafkaEventSender;
import dev.tributary.jobs.JobLauncher;
import dev.tributary.jobs.RejectedRecords;
import dev.tributary.jobs.RunningJob;
import dev.tributary.runtime.lake.Cut;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * What an operator does after a fix, in a process of its own, because what is fixed is on the class
 * path: starts the job again and replays what was rejected.
 */
final class FixedInstallation {

  private FixedInstallation() {}

  /** Arguments: brokers, catalog, the job's state. Prints what became of what was sent. */
  public static void main(String[] args) {
    try (RunningJob job =
            JobLauncher.launch(SmallLake.settings(args[0], args[1], Path.of(args[2])));
        RejectedRecords lake = RejectedRecords.in(args[1]);
        KafkaEventSender sender = new KafkaEventSender(args[0])) {
      ReplayRun run =
          new ReplayRun(
              lake,
              new Replay(Instant.parse("2026-06-01T00:00:00Z"), false),
              new RejectedFilter(),
              Long.MAX_VALUE);
      ReplayRun.Sent sent = run.over(lake.newestCut().orElseThrow().cut(), Optional.of(sender));
      sent.table().lines(Table.Format.csv).forEach(System.out::println);
      Cut after =
          Awaitility.await()
              .atMost(Duration.ofSeconds(90))
              .until(
                  () -> {
                    if (job.failure().isPresent()) {
                      throw new AssertionError("the job failed", job.failure().get());
                    }
                    return lake.newestCut()
                        .filter(cut -> Waiting.missing(sent.ends(), cut.offsets()) == 0);
                  },
                  Optional::isPresent)
              .orElseThrow();
      System.out.println("fates " + run.fates(sent, after.cut()));
      job.stopWithSavepoint();
    }
    System.exit(0);
  }
}
