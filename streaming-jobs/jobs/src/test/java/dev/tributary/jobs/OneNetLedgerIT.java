package dev.tributary.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.domain.attribution.Model;
import dev.tributary.events.Envelope;
import dev.tributary.runtime.lake.Cut;
import dev.tributary.runtime.lake.CutReader;
import dev.tributary.schemas.EventType;
import dev.tributary.stories.Events;
import dev.tributary.stories.RandomStory;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However the same events arrive and whatever runs the job, the net ledger is the same. */
class OneNetLedgerIT {

  /** Other orders and repetitions at each run; printed, so that a run can be repeated. */
  private static final long SEED = Long.getLong("tributary.seed", System.nanoTime());

  /** Late enough for reviews to be due, and for all of the story to leave a grade's window. */
  private static final LocalDate LAST_CLOSE = Events.march(420);

  /** One for each part of the story; the last part comes when all its days have passed. */
  private static final List<LocalDate> CLOSES =
      List.of(Events.march(5), Events.march(40), LAST_CLOSE, Events.march(60));

  /** How one delivery differs from the others, beside its order. */
  private record Delivery(int partitions, int parallelism, String backend) {
    Path below(Path dir) {
      return dir.resolve(partitions + "-" + parallelism + "-" + backend);
    }
  }

  /** One in which everything happens that the ledgers can say; few do. */
  private final RandomStory story = new RandomStory(20260301, 400);

  @Test
  void orderDuplicatesDelaysPartitionsParallelismAndBackendDoNotMatter(@TempDir Path dir) {
    System.out.println("Seed " + SEED + "; the same again with -Dtributary.seed=" + SEED);
    String inOrder;
    try (Stage stage = new Stage(dir.resolve("in-order"), 1);
        RunningJob job = JobLauncher.launch(stage.settings())) {
      stage.send(story.told());
      stage.close(Events.COMPANY, LAST_CLOSE);
      inOrder = NetLedger.at(stage, stage.awaitAll(job).cut());
      assertThat(inOrder)
          .as("seed %s", SEED)
          .contains("identity", "receivables", "promotions", "credit")
          .as("what only days that passed bring about, seed %s", SEED)
          .contains("OVERDUE", "FELL_DUE", "day:")
          .as("what credit says, seed %s", SEED)
          .contains("SHIPPED_NOT_INVOICED", "LIMIT", "COLLATERAL", "GRADE", "ALERT", "REVIEW")
          .as("what attribution says, seed %s", SEED)
          .contains("|contract|", "|deposit|", "|first-order|", "|payment|")
          .contains("|unmapped|", "|walk-in|", "|sem|", "revenue_w_shape");
      assertEveryCutBalances(stage);
    }

    for (Delivery delivery : deliveries()) {
      List<SpecificRecord> events = story.shuffled(SEED + delivery.hashCode());
      assertThat(events).hasSizeGreaterThan(story.told().size() * 11 / 10);
      assertThat(correctionsBeforeOriginals(events)).as("%s, seed %s", delivery, SEED).isPositive();
      assertThat(delivered(delivery.below(dir), delivery, events))
          .as("%s, seed %s", delivery, SEED)
          .isEqualTo(inOrder);
    }
  }

  /** Either backend meets either number of partitions and of subtasks; the seed says in which. */
  private static List<Delivery> deliveries() {
    boolean odd = SEED % 2 != 0;
    String one = odd ? "rocksdb" : "heap";
    String other = odd ? "heap" : "rocksdb";
    return List.of(
        new Delivery(1, 1, one),
        new Delivery(1, 2, other),
        new Delivery(4, 1, other),
        new Delivery(4, 2, one));
  }

  private static long correctionsBeforeOriginals(List<SpecificRecord> events) {
    Set<String> seen = new HashSet<>();
    long early = 0;
    for (SpecificRecord event : events) {
      Envelope envelope = EventType.envelopeOf(event);
      if (envelope.getCorrects() != null && !seen.contains(envelope.getCorrects())) {
        early++;
      }
      seen.add(envelope.getEventId());
    }
    return early;
  }

  private static String delivered(Path dir, Delivery delivery, List<SpecificRecord> events) {
    try (Stage stage = new Stage(dir, delivery.partitions());
        RunningJob job =
            JobLauncher.launch(
                stage
                    .settings()
                    .withParallelism(delivery.parallelism())
                    .withStateBackend(delivery.backend()))) {
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
      assertThat(attributed(stage, cut.cut(), Model.TIME_DECAY))
          .as("attributed by decay and by the first touch at cut %s", cut.cut())
          .isEqualTo(attributed(stage, cut.cut(), Model.FIRST));
      assertThat(exposures(stage, cut.cut()))
          .as("credit and receivables at cut %s", cut.cut())
          .isEqualTo(balances(stage, cut.cut()));
    }
  }

  /** What a model shares out, what is unattributed among it, per conversion. */
  private static Map<String, BigDecimal> attributed(Stage stage, long cut, Model model) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (Record row : stage.rows("ledger.attribution", cut)) {
      sums.merge(
          row.getField("customer_id")
              + " "
              + row.getField("goal")
              + " "
              + row.getField("conversion_id"),
          (BigDecimal) row.getField("revenue_" + model.name().toLowerCase(Locale.ROOT)),
          BigDecimal::add);
    }
    return sums;
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
