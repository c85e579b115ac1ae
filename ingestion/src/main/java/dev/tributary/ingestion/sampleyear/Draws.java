package dev.tributary.ingestion.sampleyear;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Random numbers of one entity: SplitMix64, started from the master seed and the entity's id. So an
 * entity draws the same numbers whoever else exists, on every machine.
 */
final class Draws {

  private static final long STEP = 0x9E3779B97F4A7C15L;
  private static final long FNV_START = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;
  private static final double UNIT = 0x1p-53;

  private long state;

  Draws(long seed, String entity) {
    long hash = FNV_START;
    for (byte b : entity.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
    }

    this.state = mixed(seed * STEP ^ mixed(hash));
  }

  /** A number from 0 to {@code bound} - 1. */
  int below(int bound) {
    return (int) ((next() >>> 33) % bound);
  }

  /** A number from {@code low} to {@code high}, both included. */
  int between(int low, int high) {
    return low + below(high - low + 1);
  }

  boolean chance(int perMille) {
    return below(1000) < perMille;
  }

  /** A number from 0 to 1, 1 excluded. */
  double unit() {
    return (next() >>> 11) * UNIT;
  }

  /** A number of mean 0 and deviation 1, nearly normal; without any library function. */
  double bell() {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += unit();
    }

    return sum;
  }

  <T> T pick(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  private long next() {
    state += STEP;
    return mixed(state);
  }

  private static long mixed(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
