package dev.tributary.domain.attribution;

import static java.util.Objects.requireNonNull;

import dev.tributary.domain.Money;
import java.time.LocalDate;

/**
 * A conversion is worth something else from now on, before what is refunded of it. About a document
 * that has not been made in this currency it says nothing: what is made later has the last word.
 *
 * @param id the document
 * @param on day it counts
 * @param value new net value, not negative
 */
public record ConversionRevalued(DocumentId id, LocalDate on, Money value)
    implements AttributionEvent {

  public ConversionRevalued {
    requireNonNull(id, "id");
    requireNonNull(on, "on");
    value.requireNotNegative("new value of a conversion");
  }
}
