package dev.tributary.runtime.lake;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A published cut: one row of {@code ops.cuts}.
 *
 * @param ordinal its place among the live cuts, from 1; empty when its chain was not live
 * @param parent the cut it follows; 0 when it is the first of its chain
 * @param complete whether it holds all of {@code raw} that its job started from; not yet while a
 *     rebuild or a what-if still reads that back, and such a cut is not to be read
 * @param watermark the latest {@code occurred_at} read; null when nothing was read yet
 * @param businessDays the latest close in effect by company
 * @param offsets the next offset to read by {@code topic-partition}
 * @param rowCounts rows published with this cut by table
 * @param snapshots the newest snapshot of each table when the cut was published
 */
public record Cut(
    long cut,
    OptionalLong ordinal,
    long epoch,
    long parent,
    CutMode mode,
    boolean complete,
    Instant publishedAt,
    Instant watermark,
    Map<String, LocalDate> businessDays,
    Map<String, Long> offsets,
    Map<String, Long> rowCounts,
    Map<String, Long> snapshots) {

  /** Whether people read this cut. */
  public boolean isLive() {
    return ordinal.isPresent();
  }
}
