package dev.tributary.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.runtime.lake.Cut;
import dev.tributary.runtime.lake.CutReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writes the savepoint, its ledger and the list of operators anew. Not part of the suite: run it by
 * name after a deliberate change of state, and commit what it wrote together with the change.
 *
 * <pre>
 * ./mvnw -o test -pl streaming-jobs/jobs -am -Dtest=WriteSavepointFixture -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
class WriteSavepointFixture {

  private static final Path RESOURCES = Path.of("src/test/resources/dev/tributary/jobs");

  @Test
  void writeAnew(@TempDir Path dir) throws Exception {
    Files.createDirectories(RESOURCES);
    Path savepoint;
    try (Stage stage = new Stage(dir.resolve("saved"), SavepointFixture.PARTITIONS);
        RunningJob job =
            JobLauncher.launch(
                stage.settings().withCheckpointInterval(SavepointFixture.NO_CHECKPOINTS))) {
      SavepointFixture.sendBefore(stage);
      // Nothing says from outside what has been read; whether it was enough is checked below.
      Awaitility.await()
          .pollDelay(Duration.ofSeconds(10))
          .atMost(Duration.ofSeconds(20))
          .until(() -> true);
      checkpoint(job);
      Cut cut =
          Awaitility.await("the first cut")
              .atMost(Duration.ofSeconds(30))
              .until(() -> new CutReader(stage.lake()).newest(), Optional::isPresent)
              .orElseThrow();
      assertThat(cut.cut()).isEqualTo(SavepointFixture.CUT);
      assertThat(Stage.reaches(cut, stage.endOffsets())).as("read all; else run again").isTrue();
      savepoint = job.stopWithSavepoint();
    }
    Savepoints.pack(savepoint, RESOURCES.resolve(SavepointFixture.SAVEPOINT));

    SortedMap<String, SortedSet<String>> operators = Savepoints.stateNames(savepoint);
    OperatorsTest.uids(OperatorsTest.liveGraph())
        .forEach(uid -> operators.putIfAbsent(uid, new TreeSet<>()));
    Files.writeString(RESOURCES.resolve(Operators.FILE), Operators.text(operators));

    try (Stage stage = new Stage(dir.resolve("whole"), SavepointFixture.PARTITIONS)) {
      SavepointFixture.sendBefore(stage);
      SavepointFixture.sendAfter(stage);
      Cut cut = SavepointFixture.runToTheEnd(stage, dir.resolve("whole-state"));
      Files.writeString(RESOURCES.resolve(SavepointFixture.LEDGER), NetLedger.at(stage, cut.cut()));
    }
  }

  /** A checkpoint is committed, which a savepoint is not while the job goes on. */
  private static void checkpoint(RunningJob job) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(job.rest().resolve("/jobs/" + job.jobId() + "/checkpoints"))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString("{\"checkpointType\":\"FULL\"}"))
              .build();
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }
  }
}
