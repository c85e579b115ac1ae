package dev.tributary.ingestion.sampleyear;

import java.util.Map;
import java.util.TreeMap;

/** What was made: distinct events by type, and what went astray. */
public final class Tally {

  /**
   * How often something is stated to go astray.
   *
   * @param permille stated, out of a thousand
   * @param of how many it might have happened to
   */
  public record Stated(int permille, long of) {}

  private final Map<String, Long> byType = new TreeMap<>();
  private final Map<String, Long> disorder = new TreeMap<>();
  private final Map<String, Stated> stated = new TreeMap<>();
  private long deliveries;

  void event(String type) {
    byType.merge(type, 1L, Long::sum);
  }

  void astray(String kind) {
    disorder.merge(kind, 1L, Long::sum);
  }

  /** One of those to which {@code kind} happens at a stated rate. */
  void exposed(String kind, int permille) {
    stated.merge(
        kind, new Stated(permille, 1), (all, one) -> new Stated(one.permille(), all.of() + 1));
  }

  void delivery() {
    deliveries++;
  }

  /** Distinct events by type, wrong first versions and day closes not counted. */
  public Map<String, Long> byType() {
    return byType;
  }

  /** Events that went astray, by kind; merges and the like among them. */
  public Map<String, Long> disorder() {
    return disorder;
  }

  /** The stated rates of those kinds of disorder that have one. */
  public Map<String, Stated> stated() {
    return stated;
  }

  /** All distinct events. */
  public long events() {
    return byType.values().stream().mapToLong(Long::longValue).sum();
  }

  /** All that arrives: wrong first versions and duplicates, too. */
  public long deliveries() {
    return deliveries;
  }
}
