package dev.tributary.warehouse;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/**
 * How a table is kept small.
 *
 * @param optimize how long after the last compaction the next one is due
 * @param snapshotRetention how long a snapshot that no newer cut needs is kept
 * @param orphanRetention how old a file that no snapshot names must be before it is deleted
 */
public record UpkeepPolicy(
    Duration optimize, Duration snapshotRetention, Duration orphanRetention) {

  /**
   * Reads the durations as ISO 8601 writes them, such as {@code P7D} or {@code PT1H}.
   *
   * @throws java.time.format.DateTimeParseException when one is not
   */
  @JsonCreator
  public static UpkeepPolicy of(
      @JsonProperty(value = "optimize", required = true) String optimize,
      @JsonProperty(value = "snapshot_retention", required = true) String snapshotRetention,
      @JsonProperty(value = "orphan_retention", required = true) String orphanRetention) {
    return new UpkeepPolicy(
        Duration.parse(optimize),
        Duration.parse(snapshotRetention),
        Duration.parse(orphanRetention));
  }
}
