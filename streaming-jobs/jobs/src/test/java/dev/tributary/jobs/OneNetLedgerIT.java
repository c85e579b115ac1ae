package dev.tributary.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.runtime.lake.Cut;
import dev.tributary.runtime.lake.CutReader;
import dev.tributary.stories.Events;
import dev.tributary.stories.RandomStory;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However the same events arrive and whatever runs the job, the net ledger is the same. */
class OneNetLedgerIT {

  private static final long SEED = 20260301;

  /** Late enough for reviews to be due, and for all of the story to leave a grade's window. */
  private static final LocalDate LAST_CLOSE = Events.march(420);

  /** One for each part of the story; the last part comes when all its days have passed. */
  private static final List<LocalDate> CLOSES =
      List.of(Events.march(5), Events.march(40), LAST_CLOSE, Events.march(60));

  private final RandomStory story = new RandomStory(SEED, 400);

  @Test
  void orderDuplicatesDelaysPartitionsParallelismAndBackendDoNotMatter(@TempDir Path dir) {
    String inOrder;
    try (Stage stage = new Stage(dir.resolve("in-order"), 1);
        RunningJob job = JobLauncher.launch(stage.settings())) {
      stage.send(story.told());
      stage.close(Events.COMPANY, LAST_CLOSE);
      inOrder = NetLedger.at(stage, stage.awaitAll(job).cut());
      assertThat(inOrder)
          .contains("identity", "receivables", "promotions", "credit")
          .as("what only days that passed bring about")
          .contains("OVERDUE", "FELL_DUE", "day:")
          .as("what credit says")
          .contains("SHIPPED_NOT_INVOICED", "LIMIT", "COLLATERAL", "GRADE", "ALERT", "REVIEW");
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
      for (int part = 0; part < 4; part++) {
        stage.send(events.subList(events.size() * part / 4, events.size() * (part + 1) / 4));
        stage.awaitAll(job);
        stage.close(Events.COMPANY, CLOSES.get(part));
      }
      Cut last = stage.awaitAll(job);
      assertEveryCutBalances(stage);
      return NetLedger.at(stage, last.cut());
    }
  }

  private static void assertEveryCutBalances(Stage stage) {
    for (Cut cut : new CutReader(stage.lake()).live()) {
      stage.assertBalanced(cut.cut());
      assertThat(exposures(stage, cut.cut()))
          .as("credit and receivables at cut %s", cut.cut())
          .isEqualTo(balances(stage, cut.cut()));
    }
  }

  /** What credit says that is open, unapplied or free, per debtor and currency. */
  private static Map<String, BigDecimal> exposures(Stage stage, long cut) {
    return sums(
        stage.rows("ledger.credit", cut),
        row ->
            row.getField("entry").equals("EXPOSURE")
                && !row.getField("component").equals("SHIPPED_NOT_INVOICED"));
  }

  /** What receivables say of the same. */
  private static Map<String, BigDecimal> balances(Stage stage, long cut) {
    return sums(
        stage.rows("ledger.receivables", cut),
        row ->
            List.of("RECEIVABLE", "UNAPPLIED_CASH", "FREE_CREDIT")
                .contains((String) row.getField("account")));
  }

  private static Map<String, BigDecimal> sums(List<Record> rows, Predicate<Record> which) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (Record row : rows) {
      if (which.test(row)) {
        sums.merge(
            row.getField("customer_id") + " " + row.getField("currency"),
            (BigDecimal) row.getField("amount"),
            BigDecimal::add);
      }
    }
    sums.values().removeIf(sum -> sum.signum() == 0);
    return sums;
  }
}
