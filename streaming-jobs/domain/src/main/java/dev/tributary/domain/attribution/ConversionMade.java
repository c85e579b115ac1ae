package dev.tributary.domain.attribution;

import static java.util.Objects.requireNonNull;

import dev.tributary.domain.Money;
import java.time.LocalDate;

/**
 * A customer converted. Documents may come in parts, each an event: what follows the first adds to
 * its value.
 *
 * @param id the document
 * @param on day it counts
 * @param value net value, not negative; null for kinds that carry none
 */
public record ConversionMade(DocumentId id, LocalDate on, Money value) implements AttributionEvent {

  public ConversionMade {
    requireNonNull(id, "id");
    requireNonNull(on, "on");
    if ((value != null) != id.kind().carriesValue()) {
      throw new IllegalArgumentException(
          "%s has the value %s: kinds that carry a value need one, others have none"
              .formatted(id, value));
    }
    if (value != null) {
      value.requireNotNegative("value of a conversion");
    }
  }

  DocumentKey key() {
    return new DocumentKey(id, value == null ? "" : value.currency());
  }

  long micros() {
    return value == null ? 0 : value.micros();
  }
}
