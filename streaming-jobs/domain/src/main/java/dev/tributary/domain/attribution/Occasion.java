package dev.tributary.domain.attribution;

import java.time.Instant;
import java.util.Comparator;

/**
 * When a conversion was made.
 *
 * @param at when
 * @param key the conversion
 */
public record Occasion(Instant at, DocumentKey key) implements Comparable<Occasion> {

  private static final DocumentKey LOWEST =
      new DocumentKey(new DocumentId(ConversionKind.REGISTRATION, ""), "");

  private static final Comparator<Occasion> ORDER =
      Comparator.comparing(Occasion::at).thenComparing(Occasion::key);

  /** Where the conversions made at an instant begin. */
  static Occasion firstAt(Instant at) {
    return new Occasion(at, LOWEST);
  }

  @Override
  public int compareTo(Occasion other) {
    return ORDER.compare(this, other);
  }
}
