package dev.tributary.ingestion.sampleyear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;

/**
 * Compares what was found with what stated chances make of it. How far apart the two may lie
 * follows from the chances themselves: {@value #DEVIATIONS} standard deviations, which chance alone
 * exceeds once in 150,000.
 */
final class Chance {

  static final double DEVIATIONS = 4.5;

  private Chance() {}

  /** {@code found} of {@code of} have what each has with a chance of {@code share}. */
  static void expectShare(String what, long found, long of, double share) {
    expectSum(what + " of " + of, (double) found, of * share, of * share * (1 - share));
  }

  /** A sum of independent draws is as expected. */
  static void expectSum(String what, double found, double expected, double variance) {
    assertThat(variance).as("%s: draws", what).isPositive();
    assertThat(found)
        .as("%s: expected %s, deviation %s", what, expected, Math.sqrt(variance))
        .isCloseTo(expected, within(DEVIATIONS * Math.sqrt(variance)));
  }

  /** The mean of whole numbers that are drawn evenly, ends included. */
  static void expectEven(String what, List<Integer> drawn, int low, int high) {
    assertThat(drawn).as(what).allMatch(number -> number >= low && number <= high);
    double values = high - low + 1.0;
    expectSum(
        what,
        drawn.stream().mapToInt(Integer::intValue).sum(),
        drawn.size() * (low + high) / 2.0,
        drawn.size() * (values * values - 1) / 12);
  }

  /** The mean of equal experiments is as stated; the tolerance is that of their own spread. */
  static void expectMean(String what, List<Double> experiments, double stated) {
    double mean = mean(experiments);
    double squares = experiments.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
    int count = experiments.size();
    double error = Math.sqrt(squares / (count - 1) / count);
    assertThat(mean)
        .as("%s: mean of %s, standard error %s", what, count, error)
        .isCloseTo(stated, within(DEVIATIONS * error));
  }

  static double mean(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
