package dev.tributary.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.runtime.lake.Cut;
import dev.tributary.runtime.lake.CutReader;
import dev.tributary.stories.RandomStory;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However the same events arrive and whatever runs the job, the net ledger is the same. */
class OneNetLedgerIT {

  private static final long SEED = 20260301;

  private final RandomStory story = new RandomStory(SEED, 400);

  @Test
  void orderDuplicatesDelaysPartitionsParallelismAndBackendDoNotMatter(@TempDir Path dir) {
    String inOrder;
    try (Stage stage = new Stage(dir.resolve("in-order"), 1);
        RunningJob job = JobLauncher.launch(stage.settings())) {
      stage.send(story.told());
      inOrder = NetLedger.at(stage, stage.awaitAll(job).cut());
      assertThat(inOrder).contains("identity", "receivables", "promotions");
      assertEveryCutBalances(stage);
    }

    assertThat(delivered(dir.resolve("heap"), 4, 2, "heap", 1))
        .as("seed %s", SEED)
        .isEqualTo(inOrder);
    assertThat(delivered(dir.resolve("rocksdb"), 4, 2, "rocksdb", 2))
        .as("seed %s", SEED)
        .isEqualTo(inOrder);
  }

  private String delivered(
      Path dir, int partitions, int parallelism, String backend, long shuffle) {
    try (Stage stage = new Stage(dir, partitions);
        RunningJob job =
            JobLauncher.launch(
                stage.settings().withParallelism(parallelism).withStateBackend(backend))) {
      List<SpecificRecord> events = story.shuffled(shuffle);
      Cut last = null;
      for (int part = 0; part < 4; part++) {
        stage.send(events.subList(events.size() * part / 4, events.size() * (part + 1) / 4));
        last = stage.awaitAll(job);
      }
      assertEveryCutBalances(stage);
      return NetLedger.at(stage, last.cut());
    }
  }

  private static void assertEveryCutBalances(Stage stage) {
    for (Cut cut : new CutReader(stage.lake()).live()) {
      stage.assertBalanced(cut.cut());
    }
  }
}
