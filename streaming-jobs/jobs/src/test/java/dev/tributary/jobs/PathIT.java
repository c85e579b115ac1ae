package dev.tributary.jobs;

import static dev.tributary.stories.Events.invoice;
import static dev.tributary.stories.Events.merged;
import static dev.tributary.stories.Events.payment;
import static dev.tributary.stories.Events.sale;
import static dev.tributary.stories.Events.split;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.events.PaymentReceived;
import dev.tributary.runtime.lake.Cut;
import dev.tributary.stories.Events;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on a real broker and a real catalog. */
class PathIT {

  @Test
  void aStoryArrivesInTheLakeAndGoesOnAfterARestart(@TempDir Path dir) {
    try (Stage stage = new Stage(dir, 2)) {
      try (RunningJob job = JobLauncher.launch(stage.settings().withParallelism(2))) {
        stage.send(
            List.of(
                sale("s1", "ann", 2, "spring", 100),
                sale("s2", "anna", 3, "spring", 40),
                invoice("i1", "ann", 3, 20, "spring", 300),
                invoice("i2", "anna", 4, 10, null, 200),
                payment("p1", "ann", 5, 350)));
        stage.send(List.of(payment("p1", "ann", 5, 350)));
        stage.sendBytes("sales", null, "not avro".getBytes(StandardCharsets.UTF_8));
        stage.flush();
        Cut first = stage.awaitAll(job);

        stage.assertBalanced(first.cut());
        assertThat(outstanding(stage, first.cut())).isEqualTo(Map.of("ann", "0", "anna", "200"));
        assertThat(participants(stage, first.cut())).isEqualTo(Map.of("spring", 2L));

        stage.send(List.of(merged("m1", "ann", "anna", 6)));
        stage.awaitAll(job);
        stage.close(Events.COMPANY, Events.march(6));
        Cut merged = stage.awaitAll(job);
        assertThat(merged.businessDays()).isEqualTo(Map.of(Events.COMPANY, Events.march(6)));
        stage.assertBalanced(merged.cut());
        // The payment pays the older due invoice of the other id first: 350 - 200 leaves 150 for
        // i1.
        assertThat(outstanding(stage, merged.cut())).isEqualTo(Map.of("ann", "150", "anna", "0"));
        assertThat(participants(stage, merged.cut())).isEqualTo(Map.of("spring", 1L));
        assertThat(outstanding(stage, first.cut()))
            .as("what the first cut said")
            .isEqualTo(Map.of("ann", "0", "anna", "200"));
      }

      try (RunningJob job = JobLauncher.launch(stage.settings())) {
        PaymentReceived corrected = payment("p1", "ann", 5, 100);
        corrected.setEnvelope(Events.envelope("payment:p1-fixed", "payment:p1", 1, 5));
        stage.send(List.of(corrected, split("x1", "m1", 7)));
        Cut last = stage.awaitAll(job);
        stage.assertBalanced(last.cut());
        assertThat(last.epoch()).isEqualTo(2);
        assertThat(outstanding(stage, last.cut())).isEqualTo(Map.of("ann", "200", "anna", "200"));
        assertThat(participants(stage, last.cut())).isEqualTo(Map.of("spring", 2L));
        assertThat(stage.rows("ops.superseded", last.cut())).hasSize(1);
        assertThat(stage.rows("ops.rejected", last.cut())).hasSize(1);
      }
    }
  }

  static Map<String, String> outstanding(Stage stage, long cut) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (Record row : stage.rows("ledger.receivables", cut)) {
      if (row.getField("account").equals("RECEIVABLE")) {
        sums.merge(
            (String) row.getField("customer_id"),
            (BigDecimal) row.getField("amount"),
            BigDecimal::add);
      }
    }
    Map<String, String> words = new TreeMap<>();
    sums.forEach((customer, sum) -> words.put(customer, sum.stripTrailingZeros().toPlainString()));
    return words;
  }

  static Map<String, Long> participants(Stage stage, long cut) {
    Map<String, Long> sums = new TreeMap<>();
    for (Record row : stage.rows("ledger.promotions", cut)) {
      if (row.getField("promotion_id") != null) {
        sums.merge(
            (String) row.getField("promotion_id"), (Long) row.getField("participants"), Long::sum);
      }
    }
    return sums;
  }
}
