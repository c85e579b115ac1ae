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

  /**
   * A rebuild has read this many more rows of {@code raw} back; a record that waits for the end of
   * them takes one off until it is taken up, so that all rows are replayed only when none waits.
   */
  record RowsReplayed(long rows) implements CutFact {}
}
