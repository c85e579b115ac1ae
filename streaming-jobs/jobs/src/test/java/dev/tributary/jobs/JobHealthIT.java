package dev.tributary.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.stories.Events;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job says of itself when it cannot go on. */
class JobHealthIT {

  @Test
  void aJobThatCannotReadOnRestartsAndSaysWhy(@TempDir Path dir) throws Exception {
    try (Stage stage = new Stage(dir, 1)) {
      try (RunningJob job = JobLauncher.launch(stage.settings())) {
        stage.send(List.of(Events.sale("s1", "ann", 2, null, 100)));
        stage.awaitAll(job);
        assertThat(job.health()).isEqualTo(new JobHealth(JobHealth.State.RUNNING, 0, List.of()));
        job.stopWithSavepoint();
        assertThat(job.health().state()).isEqualTo(JobHealth.State.ENDED);
      }
      stage.send(
          List.of(Events.sale("s2", "ann", 2, null, 100), Events.sale("s3", "ann", 2, null, 100)));
      deleteBefore(stage, new TopicPartition("sales", 0), 2);

      try (RunningJob job = JobLauncher.launch(stage.settings())) {
        JobHealth health =
            Awaitility.await("two restarts")
                .atMost(Duration.ofMinutes(3))
                .until(job::health, found -> found.restarts() >= 2);

        assertThat(job.isRunning()).isTrue();
        assertThat(health.failuresWithin(Duration.ofMinutes(2), Instant.now()))
            .isGreaterThanOrEqualTo(2);
        assertThat(health.lastFailure().orElseThrow().message())
            .contains("sales-0")
            .doesNotContain("\tat ");
      }
    }
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

  private static void deleteBefore(Stage stage, TopicPartition partition, long offset)
      throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", stage.kafka().bootstrapServers()))) {
      admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset))).all().get();
    }
  }
}
