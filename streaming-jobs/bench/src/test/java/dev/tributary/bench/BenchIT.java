package dev.tributary.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole benchmark, small: its figures say nothing, its outputs must be the same. */
class BenchIT {

  @Test
  void contendersComputeTheSameAndEverythingIsReported(@TempDir Path dir) throws Exception {
    StringWriter report = new StringWriter();
    BenchSettings settings =
        new BenchSettings(
            20_000,
            1,
            0,
            7,
            dir.resolve("bench"),
            2,
            Duration.ofSeconds(1),
            "heap",
            1_000,
            3_300,
            2,
            250,
            Double.MAX_VALUE);

    boolean reported =
        new Bench(
                settings,
                new PrintWriter(report),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8))
            .run();

    assertThat(reported).isTrue();
    assertThat(report.toString())
        .contains("table.exec.mini-batch.enabled=true")
        .contains("20,000 records, 16,000 events, 20 % repetitions")
        .containsPattern("[0-9,]+ promotion addresses, the same")
        .containsPattern("the job to the floor: [0-9.]+")
        .containsPattern("the job to Flink SQL: [0-9.]+")
        .containsPattern("receivables: [-0-9.]+ µs")
        .containsPattern("promotions: [-0-9.]+ µs")
        .contains("3,300 touches and 100 conversions of 165 customers")
        .containsPattern("[0-9,]+ events per CPU second")
        .containsPattern("Markov, order 1: [0-9.]+ s")
        .containsPattern("from produced to visible: p50 [0-9.]+ s, p95 [0-9.]+ s")
        .containsPattern("publishing a cut: p50 [0-9.]+ s");
    assertThat(dir.resolve("bench")).doesNotExist();
  }
}
