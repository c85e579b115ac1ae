package dev.tributary.domain.attribution;

import static java.util.Objects.requireNonNull;

import dev.tributary.domain.Money;
import java.time.LocalDate;

/**
 * A part of a conversion's value, or all of it, was refunded or credited. It waits for its document
 * where that comes later.
 *
 * @param id the document
 * @param on day it counts: the period of the refund
 * @param amount amount taken back, not negative; what exceeds the value waits for more of it
 */
public record ConversionReduced(DocumentId id, LocalDate on, Money amount)
    implements AttributionEvent {

  public ConversionReduced {
    requireNonNull(id, "id");
    requireNonNull(on, "on");
    amount.requireNotNegative("amount taken back of a conversion");
  }
}
