package dev.tributary.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.runtime.lake.Cut;
import dev.tributary.stories.Events;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Today's job goes on from the state of a released one. */
class SavepointIT {

  @Test
  void theSavedJobGoesOnToTheSameLedger(@TempDir Path dir) throws Exception {
    Path saved = SavepointFixture.unpackedTo(dir.resolve("saved"));
    try (Stage stage = new Stage(dir.resolve("stage"), SavepointFixture.PARTITIONS)) {
      SavepointFixture.sendBefore(stage);
      Cut before = SavepointFixture.runToTheEnd(stage, dir.resolve("before"));
      assertThat(before.cut()).isEqualTo(SavepointFixture.CUT);

      try (RunningJob job =
          JobLauncher.launch(
              stage
                  .settings()
                  .restoringFrom(saved)
                  .withParallelism(2)
                  .withStateBackend("rocksdb"))) {
        SavepointFixture.sendAfter(stage);
        Cut cut = stage.awaitAll(job);

        assertThat(NetLedger.at(stage, cut.cut()))
            .as(
                "the ledger of %s; when the rules are meant to have changed, raise the fold's"
                    + " version and run WriteSavepointFixture",
                SavepointFixture.SAVEPOINT)
            .isEqualTo(SavepointFixture.ledger());
        assertThat(cut.businessDays())
            .isEqualTo(Map.of(Events.COMPANY, SavepointFixture.LAST_CLOSE));
        stage.assertBalanced(cut.cut());

        Map<String, SortedSet<String>> states = Savepoints.stateNames(job.stopWithSavepoint());
        assertThat(states)
            .as(Operators.ADVICE)
            .allSatisfy((uid, names) -> assertThat(names).isEqualTo(Operators.listed().get(uid)));
      }
    }
  }
}
