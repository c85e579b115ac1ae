package dev.tributary.ingestion.sampleyear;

import java.util.Map;
import java.util.TreeMap;

/** What was made: distinct events by type, and what went astray. */
public final class Tally {

  private final Map<String, Long> byType = new TreeMap<>();
  private final Map<String, Long> disorder = new TreeMap<>();
  private long deliveries;

  void event(String type) {
    byType.merge(type, 1L, Long::sum);
  }

  void astray(String kind) {
    disorder.merge(kind, 1L, Long::sum);
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

  /** All distinct events. */
  public long events() {
    return byType.values().stream().mapToLong(Long::longValue).sum();
  }

  /** All that arrives: wrong first versions and duplicates, too. */
  public long deliveries() {
    return deliveries;
  }
}
