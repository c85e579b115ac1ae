package dev.tributary.runtime.lake;

import java.util.Locale;

/** Which of an epoch's two timelines a table is read through. */
public enum Layer {
  /** What was read: kept by a rebuild, which only reads it again. */
  RAW,
  /** What was concluded: written anew by a rebuild. */
  LEDGER;

  /** The name used in {@code ops.timeline}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
