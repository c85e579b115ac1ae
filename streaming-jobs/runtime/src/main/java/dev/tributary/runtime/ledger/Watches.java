package dev.tributary.runtime.ledger;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/** The watches of a subject's segments, of those that have something to say. */
record Watches(List<Watch> all) {

  static final Watches NONE = new Watches(List.of());

  /** The earliest day that the subject waits for; null when it waits for none. */
  LocalDate earliest() {
    return all.stream().flatMap(Watch::days).min(Comparator.naturalOrder()).orElse(null);
  }
}
