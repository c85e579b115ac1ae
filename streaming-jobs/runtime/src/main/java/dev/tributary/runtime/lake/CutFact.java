package dev.tributary.runtime.lake;

import java.io.Serializable;
import java.time.LocalDate;

/**
 * Something a cut states that is not in its rows. Facts travel with the rows, so that a cut states
 * exactly what was known before its barrier. They are cumulative: a fact holds from its cut on.
 */
public sealed interface CutFact extends Serializable {

  /** The latest {@code occurred_at} read so far, in microseconds since 1970. */
  record WatermarkReached(long micros) implements CutFact {}

  /** A business day of a company is closed, in effect from this cut on. */
  record DayClosed(String company, LocalDate closedOn) implements CutFact {}

  /** A rebuild has folded this many more rows of {@code raw}. */
  record RowsReplayed(long rows) implements CutFact {}
}
