package dev.tributary.bench;

import java.util.Collection;
import java.util.Locale;

/** The least, the middle and the greatest of some measurements. */
record Spread(double min, double median, double max) {

  static Spread of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(sorted[0], median, sorted[sorted.length - 1]);
  }

  /** The smallest value that this share of all values does not exceed. */
  static double percentile(Collection<Double> values, double share) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(0, rank - 1)];
  }

  /** How far the extremes lie apart, as a share of the middle. */
  double relative() {
    return (max - min) / median;
  }

  /** As {@code min – median – max} with a format such as {@code %,.0f}. */
  String words(String format) {
    return String.format(Locale.ROOT, format + " – " + format + " – " + format, min, median, max);
  }
}
