package dev.tributary.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.runtime.lake.Cut;
import dev.tributary.runtime.lake.CutReader;
import dev.tributary.stories.Events;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job says of itself when it cannot go on. */
class JobHealthIT {

  private static final TopicPartition SALES = new TopicPartition("sales", 0);

  @Test
  void aStateBehindWhatKafkaHoldsIsRefusedAndARebuildHelpsWhereRawHasTheRest(@TempDir Path dir)
      throws Exception {
    try (Stage stage = new Stage(dir, 1)) {
      Path early;
      try (RunningJob job = JobLauncher.launch(stage.settings())) {
        sell(stage, "s1");
        stage.awaitAll(job);
        assertThat(job.health()).isEqualTo(new JobHealth(JobHealth.State.RUNNING, 0, List.of()));
        early = job.savepoint();
        sell(stage, "s2", "s3");
        stage.awaitAll(job);
        job.stopWithSavepoint();
        assertThat(job.health().state()).isEqualTo(JobHealth.State.ENDED);
      }
      deleteBefore(stage, 2);

      try (RunningJob job = JobLauncher.launch(stage.settings().restoringFrom(early))) {
        assertRefused(job, "sales-0 from offset 1, but it begins at 2");
      }
      try (RunningJob rebuild = JobLauncher.launch(stage.settings().withMode(Mode.REBUILD))) {
        Cut rebuilt = awaitHead(stage, rebuild);
        stage.assertBalanced(rebuilt.cut());
        assertThat(stage.rows("raw.sales", rebuilt.cut())).hasSize(3);
        rebuild.stopWithSavepoint();
      }

      sell(stage, "s4", "s5");
      deleteBefore(stage, 4);
      try (RunningJob job = JobLauncher.launch(stage.settings())) {
        assertRefused(job, "sales-0 from offset 3, but it begins at 4");
      }
      try (RunningJob rebuild = JobLauncher.launch(stage.settings().withMode(Mode.REBUILD))) {
        assertRefused(rebuild, "sales-0 from offset 3, but it begins at 4");
      }
    }
  }

  /** What is in an open transaction is not read yet, and can be deleted. */
  @Test
  void aJobWhoseNextRecordsAreDeletedRefusesToGoOn(@TempDir Path dir) throws Exception {
    try (Stage stage = new Stage(dir, 1);
        RunningJob job = JobLauncher.launch(stage.settings())) {
      sell(stage, "s1");
      stage.awaitAll(job);
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(
              Map.of(
                  "bootstrap.servers", stage.kafka().bootstrapServers(), "transactional.id", "t"),
              new ByteArraySerializer(),
              new ByteArraySerializer())) {
        producer.initTransactions();
        producer.beginTransaction();
        producer
            .send(new ProducerRecord<>(SALES.topic(), SALES.partition(), null, new byte[1]))
            .get();

        deleteBefore(stage, 2);

        assertRefused(job, "sales-0 from offset 1, but it begins at 2");
      }
    }
  }

  private static void assertRefused(RunningJob job, String why) {
    JobHealth health =
        Awaitility.await("a refusal")
            .atMost(Duration.ofMinutes(3))
            .until(
                job::health,
                found ->
                    found.state() != JobHealth.State.RUNNING
                        && found.state() != JobHealth.State.RESTARTING);
    assertThat(health.state()).isEqualTo(JobHealth.State.REFUSED);
    assertThat(health.failuresWithin(Duration.ofMinutes(2), Instant.now())).isPositive();
    assertThat(health.lastFailure().orElseThrow().message())
        .contains(why, "start a rebuild", "restore a backup")
        .doesNotContain("\tat ");
  }

  private static Cut awaitHead(Stage stage, RunningJob job) {
    return Awaitility.await("a live cut of epoch " + job.epoch())
        .atMost(Duration.ofMinutes(3))
        .until(
            () -> new CutReader(stage.lake()).newest().filter(cut -> cut.epoch() == job.epoch()),
            Optional::isPresent)
        .orElseThrow();
  }

  private static void sell(Stage stage, String... ids) {
    stage.send(Arrays.stream(ids).map(id -> Events.sale(id, "ann", 2, null, 100)).toList());
  }

  @Test
  void aClusterIsAskedByItsAddress(@TempDir Path dir) throws IOException {
    try (Stage stage = new Stage(dir, 1);
        RunningJob job = JobLauncher.launch(stage.settings());
        FlinkCluster cluster = FlinkCluster.at(job.rest())) {
      assertThat(job.rest().getHost()).isEqualTo("127.0.0.1");
      assertThat(cluster.jobs())
          .singleElement()
          .satisfies(
              listed -> {
                assertThat(listed.id()).isEqualTo(job.jobId());
                assertThat(listed.name()).isEqualTo("tributary");
                assertThat(listed.endedAt()).isNull();
              });
      assertThat(cluster.parameters(job.jobId()))
          .containsEntry("tributary.epoch", "1")
          .containsEntry("tributary.mode", "live");
      Path jar = Files.createFile(dir.resolve("some.jar"));
      ClusterSettings settings =
          ClusterSettings.parse(List.of("--kafka", "unused:9092", "--catalog", "http://unused"));
      assertThatThrownBy(
              () -> new ClusterSubmission(cluster, line -> {}).submit(jar, settings, null))
          .hasMessageContainingAll("takes no jars", "web.submit.enable");
      stage.send(List.of(Events.sale("s1", "ann", 2, null, 100)));
      stage.awaitAll(job);

      String kept = cluster.savepoint(job.jobId(), dir.resolve("kept").toUri().toString());
      assertThat(Path.of(URI.create(kept)).resolve("_metadata")).exists();
      String last = cluster.stop(job.jobId(), dir.resolve("kept").toUri().toString());
      assertThat(Path.of(URI.create(last)).resolve("_metadata")).exists();
      Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> !job.isRunning());
      assertThat(job.health().state()).isEqualTo(JobHealth.State.ENDED);
    }
  }

  @Test
  void theCauseIsTheInnermostOfAStackTrace() {
    assertThat(
            FlinkCluster.cause(
                """
                org.apache.flink.runtime.JobException: Recovery is suppressed
                \tat org.apache.flink.A.b(A.java:1)
                Caused by: dev.tributary.runtime.lake.CutRefusedException: bring
                those back
                \tat dev.tributary.C.d(C.java:2)
                \t... 3 more
                """))
        .isEqualTo("dev.tributary.runtime.lake.CutRefusedException: bring\nthose back");
  }

  private static void deleteBefore(Stage stage, long offset) throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", stage.kafka().bootstrapServers()))) {
      admin.deleteRecords(Map.of(SALES, RecordsToDelete.beforeOffset(offset))).all().get();
    }
  }
}
