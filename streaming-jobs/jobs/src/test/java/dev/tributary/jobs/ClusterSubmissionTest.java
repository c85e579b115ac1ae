package dev.tributary.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.embedded.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterSubmissionTest {

  @TempDir Path dir;

  @Test
  void aJarThatIsMissingHasToBeBuilt() {
    assertThatThrownBy(() -> submit(dir.resolve("none.jar"), "live", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("none.jar", "does not exist", "./mvnw", "streaming-jobs/cluster");
  }

  @Test
  void aRebuildHasNoStateToGoOnFrom() throws IOException {
    Path jar = Files.createFile(dir.resolve("some.jar"));
    assertThatThrownBy(() -> submit(jar, "rebuild", "file:/savepoint"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("rebuild", "leave out --from");
  }

  @Test
  void aClusterThatIsNotThereIsNamed() throws IOException {
    Path jar = Files.createFile(dir.resolve("some.jar"));
    assertThatThrownBy(() -> submit(jar, "live", null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("nothing answers at http://127.0.0.1:", "Flink's REST port");
  }

  @Test
  void aJobRunsWhoseTasksReadOrHaveReadRawToItsEnd() {
    assertThat(progress(Map.of("RUNNING", 19)).isRunning()).isTrue();
    assertThat(progress(Map.of("RUNNING", 12, "FINISHED", 7)).isRunning()).isTrue();
    assertThat(progress(Map.of("RUNNING", 12, "INITIALIZING", 7)).isRunning()).isFalse();
    assertThat(progress(Map.of("FINISHED", 7, "INITIALIZING", 12)).isRunning()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "dev.tributary.runtime.lake.CutRefusedException: the job has no state, --mode rebuild",
    "Cannot map checkpoint/savepoint state for operator cfeca68e, --mode rebuild",
    "java.lang.NoClassDefFoundError: org/apache/iceberg/Table, Flink 2.1",
    "org.apache.flink.runtime.NoResourceAvailableException, --parallelism",
    "java.lang.UnsupportedClassVersionError: dev/tributary/X, Java 21",
  })
  void aFailureHasItsRemedy(String failure, String remedy) {
    assertThat(ClusterSubmission.remedy(failure)).get().asString().contains(remedy);
  }

  @Test
  void aJobGoesOnFromTheOneThatPeopleReadLast() {
    ClusterSubmission.Ours live = ended("live", Mode.LIVE, 1, 5);
    ClusterSubmission.Ours givenUp = ended("given up", Mode.REBUILD, 2, 3);
    ClusterSubmission.Ours whatIf = ended("what-if", Mode.WHAT_IF, 2, 6);
    ClusterSubmission.Ours takenOver = ended("taken over", Mode.LIVE, 1, 7);

    assertThat(
            ClusterSubmission.toGoOnFrom(
                List.of(whatIf, givenUp, takenOver, live), takenOver::equals))
        .containsExactly(live, givenUp);
  }

  @ParameterizedTest
  @CsvSource({
    "dev.tributary.runtime.lake.CutRefusedException: epoch 3 has taken over from epoch 2; stop this job, true",
    "dev.tributary.runtime.lake.CutRefusedException: the job has no state, false",
    "java.io.IOException: disk full, false",
  })
  void aJobThatWasTakenOverSaysSo(String failure, boolean takenOver) {
    assertThat(ClusterSubmission.saysTakenOver(failure)).isEqualTo(takenOver);
  }

  @Test
  void aRefusedRequestTellsWhatTheMainSaid() {
    assertThat(
            JarUpload.reason(
                500,
                """
                {"errors":["Internal server error.","<Exception on server side:\\nx.RestHandlerException: \
                Could not execute application.\\n\\tat a.B.c(B.java:1)\\nCaused by: \
                x.ProgramInvocationException: The main method caused an error: there is no folder\\n\\tat \
                d.E.f(E.java:2)\\nCaused by: java.lang.IllegalArgumentException: there is no folder\\n\\tat \
                g.H.i(H.java:3)\\n\\t... 3 more\\n\\nEnd of exception on server side>"]}
                """))
        .isEqualTo("there is no folder");
    assertThat(
            JarUpload.reason(
                500,
                """
                {"errors":["x.ProgramInvocationException: The main method caused an error: Failed to \
                execute job.\\n\\tat d.E.f(E.java:2)\\nCaused by: java.io.IOException: no such \
                savepoint\\n\\tat g.H.i(H.java:3)"]}
                """))
        .isEqualTo("Failed to execute job. java.io.IOException: no such savepoint");
    assertThat(JarUpload.reason(404, "{\"errors\":[\"Not found: /jars/upload\"]}"))
        .isEqualTo("Not found: /jars/upload");
    assertThat(JarUpload.reason(502, "")).isEqualTo("HTTP status 502");
  }

  private static ClusterSubmission.Ours ended(String id, Mode mode, long from, long to) {
    FlinkCluster.Job job =
        new FlinkCluster.Job(
            id,
            JobDefinition.NAME,
            "FINISHED",
            Instant.ofEpochSecond(from),
            Instant.ofEpochSecond(to));
    return new ClusterSubmission.Ours(job, mode, from);
  }

  private static FlinkCluster.Progress progress(Map<String, Integer> tasks) {
    return new FlinkCluster.Progress("RUNNING", tasks);
  }

  private static void submit(Path jar, String mode, String from) {
    ClusterSettings settings =
        ClusterSettings.parse(
            List.of("--kafka", "unused:9092", "--catalog", "http://unused", "--mode", mode));
    try (FlinkCluster nobody =
        FlinkCluster.at(URI.create("http://" + Ports.LOOPBACK + ":" + Ports.free()))) {
      new ClusterSubmission(nobody, line -> {}).submit(jar, settings, from);
    }
  }
}
