package dev.tributary.bench;

/**
 * What a stretch of work used of this process.
 *
 * @param cpuNanos processor time of all threads, less what the idle process would have used
 */
record Cost(long wallNanos, long cpuNanos, long allocatedBytes) {

  private static final double NANOS = 1e9;

  /** What it used beyond another. */
  Cost minus(Cost other) {
    return new Cost(
        wallNanos - other.wallNanos,
        cpuNanos - other.cpuNanos,
        allocatedBytes - other.allocatedBytes);
  }

  double cpuSeconds() {
    return cpuNanos / NANOS;
  }

  double wallSeconds() {
    return wallNanos / NANOS;
  }

  /** How many of these a second of one processor carries. */
  double perCpuSecond(long count) {
    return count / cpuSeconds();
  }

  double bytesPer(long count) {
    return (double) allocatedBytes / count;
  }
}
