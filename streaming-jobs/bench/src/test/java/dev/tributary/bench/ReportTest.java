package dev.tributary.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.bench.Contender.Outcome;
import dev.tributary.bench.PromotionResults.Results;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of rounds, and when nothing is. */
class ReportTest {

  private static final long EVENTS = 1_000_000;
  private static final double NANOS = 1e9;

  private final StringWriter said = new StringWriter();

  @ParameterizedTest
  @CsvSource({"1000, 1000, 1149", "1149, 1000, 1000", "950, 1000, 1099"})
  void aFloorThatVariesByLessThanFifteenPercentIsReported(
      double first, double second, double third) {
    assertThat(BenchCommand.exitCode(report(first, second, third))).isZero();
    assertThat(said.toString())
        .contains(
            "The floor varied by 14.9 %. Ratios",
            "the job to the floor: ", "the job to Flink SQL: ");
  }

  @ParameterizedTest
  @CsvSource({"1000, 1000, 1151", "1151, 1000, 1000", "950, 1000, 1101"})
  void aFloorThatVariesByMoreIsRefusedWithoutARatioAndWithExitCodeOne(
      double first, double second, double third) {
    assertThat(BenchCommand.exitCode(report(first, second, third))).isOne();
    assertThat(said.toString())
        .contains("varied by 15.1 %, more than 15 %", "no ratio is reported")
        .doesNotContain("Ratios", "the job to the floor", "the job to Flink SQL");
  }

  @Test
  void aRatioIsThatOfTheSameRoundSoThatASlowRoundIsNotOneOfTheJob() {
    assertThat(report(1000, 1000, 1100)).isTrue();
    assertThat(said.toString())
        .contains("the job to the floor: 0.50 – 0.50 – 0.50; expected 0.33 or more: reached")
        .contains("the job to Flink SQL: 0.25 – 0.25 – 0.25; expected 2.00 or more: not reached");
  }

  /** Rounds in which the job is half as quick as the floor, and SQL twice as quick as that. */
  private boolean report(double... floorSpeeds) {
    BenchSettings settings =
        new BenchSettings(
            EVENTS,
            floorSpeeds.length,
            0,
            1,
            Path.of("unused"),
            2,
            Duration.ofSeconds(1),
            "rocksdb",
            0,
            0,
            0,
            0,
            BenchCommand.FLOOR_TOLERANCE);
    List<Map<String, Outcome>> rounds =
        Arrays.stream(floorSpeeds).mapToObj(ReportTest::round).toList();
    return new Report(settings, new PrintWriter(said)).rounds(rounds);
  }

  private static Map<String, Outcome> round(double floorSpeed) {
    Map<String, Outcome> round = new LinkedHashMap<>();
    round.put("floor", outcome(floorSpeed));
    round.put("tributary", outcome(floorSpeed / 2));
    round.put("flink-sql", outcome(floorSpeed * 2));
    return round;
  }

  private static Outcome outcome(double perCpuSecond) {
    long nanos = Math.round(EVENTS / perCpuSecond * NANOS);
    return new Outcome(
        new Cost(nanos, nanos, EVENTS),
        Optional.of(new Results(Map.of("spring", List.of(1L)))),
        EVENTS,
        EVENTS);
  }
}
