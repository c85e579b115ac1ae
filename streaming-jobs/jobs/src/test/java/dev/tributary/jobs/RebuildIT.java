package dev.tributary.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.runtime.lake.Cut;
import dev.tributary.runtime.lake.CutReader;
import dev.tributary.stories.Events;
import dev.tributary.stories.RandomStory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ledgers computed anew from the raw layer, beside the job that people read. */
class RebuildIT {

  private static final long SEED = 7;

  private static final String WHERE_A_SALE_IS_NOT_COLLECTED =
      Policy.shippedText()
          .replace(
              "sale_without_invoice_is_collected: true",
              "sale_without_invoice_is_collected: false");

  @Test
  void aRebuildTakesOverWithTheSameLedgerAndOldCutsSayWhatTheySaid(@TempDir Path dir) {
    try (Stage stage = new Stage(dir, 2)) {
      List<SpecificRecord> events = new RandomStory(SEED, 300).shuffled(SEED);
      Map<Long, String> said = new TreeMap<>();
      try (RunningJob live = JobLauncher.launch(stage.settings())) {
        stage.send(events.subList(0, 150));
        stage.awaitAll(live);
        stage.close(Events.COMPANY, Events.march(40));
        stage.send(events.subList(150, 250));
        Cut before = stage.awaitAll(live);
        said.put(before.cut(), NetLedger.at(stage, before.cut()));
        assertThat(said.get(before.cut())).as("what days that passed bring about").contains("day:");

        try (RunningJob rebuild =
            JobLauncher.launch(stage.settings().withMode(Mode.REBUILD).withParallelism(2))) {
          Cut taken = awaitLive(stage, rebuild);
          assertThat(NetLedger.at(stage, taken.cut()))
              .as("seed %s", SEED)
              .isEqualTo(said.get(before.cut()));
          stage.assertBalanced(taken.cut());

          stage.send(events.subList(250, events.size()));
          stage.close(Events.COMPANY, Events.march(60));
          Cut after = stage.awaitAll(rebuild);
          stage.assertBalanced(after.cut());
          said.put(after.cut(), NetLedger.at(stage, after.cut()));
          Awaitility.await("the old job to notice")
              .atMost(Duration.ofMinutes(3))
              .until(() -> !live.isRunning());
          assertThat(live.health().state()).isEqualTo(JobHealth.State.TAKEN_OVER);
        }
      }
      said.forEach((cut, ledger) -> assertThat(NetLedger.at(stage, cut)).isEqualTo(ledger));

      try (RunningJob resumed = JobLauncher.launch(stage.settings())) {
        stage.send(List.of(Events.sale("late", "c10", 1, "promo-0", 5)));
        Cut last = stage.awaitAll(resumed);
        stage.assertBalanced(last.cut());
        assertThat(last.epoch()).isEqualTo(3);
      }
    }
  }

  /** Kafka is read beside raw: what comes from both must count once, whichever comes first. */
  @Test
  void whatIsSentAgainBeforeRawIsReadBackCountsOnce(@TempDir Path dir) {
    try (Stage stage = new Stage(dir, 2)) {
      List<SpecificRecord> events = new RandomStory(SEED, 400).shuffled(SEED);
      Cut before;
      try (RunningJob live = JobLauncher.launch(stage.settings())) {
        stage.send(events);
        before = stage.awaitAll(live);
      }

      stage.send(events);
      try (RunningJob rebuild =
          JobLauncher.launch(
              stage
                  .settings()
                  .withMode(Mode.REBUILD)
                  .withParallelism(2)
                  .withStateBackend("rocksdb"))) {
        awaitLive(stage, rebuild);
        Cut after = stage.awaitAll(rebuild);
        stage.assertBalanced(after.cut());
        assertThat(stage.duplicates(after.cut()) - stage.duplicates(before.cut()))
            .as("seed %s", SEED)
            .isEqualTo(events.size());
        assertThat(NetLedger.at(stage, after.cut())).isEqualTo(NetLedger.at(stage, before.cut()));
      }
    }
  }

  /** Its newest state still knows the sources that read raw, which no live job has. */
  @Test
  void theVeryStateWithWhichARebuildTookOverCanBeGoneOnFrom(@TempDir Path dir) throws Exception {
    List<SpecificRecord> events = new RandomStory(SEED, 50).told();
    try (Stage stage = new Stage(dir, 1)) {
      try (RunningJob live = JobLauncher.launch(stage.settings())) {
        stage.send(events);
        stage.awaitAll(live);
      }

      try (RunningJob rebuild =
          JobLauncher.launch(
              stage
                  .settings()
                  .withMode(Mode.REBUILD)
                  .withCheckpointInterval(Duration.ofHours(1)))) {
        Awaitility.await("raw to be read")
            .atMost(Duration.ofMinutes(3))
            .until(() -> rowsOfRawRead(rebuild), rows -> rows >= events.size());
        rebuild.stopWithSavepoint();
      }
      Cut rebuilt = new CutReader(stage.lake()).newest().orElseThrow();
      assertThat(rebuilt.epoch()).isEqualTo(2);

      try (RunningJob resumed = JobLauncher.launch(stage.settings())) {
        stage.send(List.of(Events.sale("late", "c10", 1, "promo-0", 5)));
        Cut last = stage.awaitAll(resumed);
        stage.assertBalanced(last.cut());
        assertThat(last.epoch()).isEqualTo(3);
      }
    }
  }

  @Test
  void aWhatIfUnderAnotherPolicyLeavesTheLiveJobAlone(@TempDir Path dir) throws IOException {
    Path policy = dir.resolve("policy.yaml");
    Files.writeString(policy, WHERE_A_SALE_IS_NOT_COLLECTED);
    try (Stage stage = new Stage(dir.resolve("stage"), 1);
        RunningJob live = JobLauncher.launch(stage.settings())) {
      stage.send(new RandomStory(SEED, 100).told());
      Cut before = stage.awaitAll(live);
      String said = NetLedger.at(stage, before.cut());

      try (RunningJob whatIf =
          JobLauncher.launch(stage.settings().withMode(Mode.WHAT_IF).withPolicy(policy))) {
        Cut other =
            Awaitility.await("a cut of the what-if")
                .atMost(Duration.ofMinutes(3))
                .until(
                    () -> newestOf(stage, whatIf.epoch()),
                    cut -> cut != null && NetLedger.at(stage, cut.cut()).contains("receivables"));
        assertThat(other.isLive()).isFalse();
        assertThat(NetLedger.at(stage, other.cut())).isNotEqualTo(said);

        stage.send(List.of(Events.sale("more", "c10", 1, "promo-0", 5)));
        Cut after = stage.awaitAll(live);
        assertThat(after.epoch()).isEqualTo(live.epoch());
        stage.assertBalanced(after.cut());
      }
      assertThat(live.isRunning()).isTrue();
      assertThat(NetLedger.at(stage, before.cut())).isEqualTo(said);
    }
  }

  @Test
  void anotherPolicyIsRefusedWithoutARebuild(@TempDir Path dir) throws IOException {
    Path policy = dir.resolve("policy.yaml");
    Files.writeString(policy, WHERE_A_SALE_IS_NOT_COLLECTED);
    try (Stage stage = new Stage(dir.resolve("stage"), 1)) {
      try (RunningJob live = JobLauncher.launch(stage.settings())) {
        stage.send(new RandomStory(SEED, 20).told());
        stage.awaitAll(live);
      }

      try (RunningJob refused = JobLauncher.launch(stage.settings().withPolicy(policy))) {
        Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> !refused.isRunning());
        assertThat(refused.failure()).get().asString().isNotBlank();
        assertThat(refused.failure().get()).hasStackTraceContaining("rebuild");
        assertThat(refused.health().state()).isEqualTo(JobHealth.State.REFUSED);
        assertThat(refused.health().lastFailure().orElseThrow().message()).contains("rebuild");
      }
    }
  }

  private static long rowsOfRawRead(RunningJob job) throws Exception {
    long rows = 0;
    try (InputStream answer = job.rest().resolve("/jobs/" + job.jobId()).toURL().openStream()) {
      for (JsonNode vertex : new ObjectMapper().readTree(answer).path("vertices")) {
        if (vertex.path("name").asText().startsWith("Source: raw-")) {
          rows += vertex.path("metrics").path("write-records").asLong();
        }
      }
    }
    return rows;
  }

  private static Cut awaitLive(Stage stage, RunningJob job) {
    return Awaitility.await("the rebuild to go live")
        .atMost(Duration.ofMinutes(3))
        .until(
            () -> {
              job.failure()
                  .ifPresent(
                      failure -> {
                        throw new AssertionError("the rebuild failed", failure);
                      });
              Cut newest = new CutReader(stage.lake()).newest().orElseThrow();
              return newest.epoch() == job.epoch() ? newest : null;
            },
            java.util.Objects::nonNull);
  }

  private static Cut newestOf(Stage stage, long epoch) {
    return new CutReader(stage.lake())
        .all().stream()
            .filter(cut -> cut.epoch() == epoch)
            .reduce((one, other) -> one.cut() > other.cut() ? one : other)
            .orElse(null);
  }
}
