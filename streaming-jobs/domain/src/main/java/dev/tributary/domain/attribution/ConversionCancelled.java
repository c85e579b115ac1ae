package dev.tributary.domain.attribution;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;

/**
 * A conversion is void, for good, also where its document comes later.
 *
 * @param id the document
 * @param on day it counts: the period of the cancellation
 */
public record ConversionCancelled(DocumentId id, LocalDate on) implements AttributionEvent {

  public ConversionCancelled {
    requireNonNull(id, "id");
    requireNonNull(on, "on");
  }
}
