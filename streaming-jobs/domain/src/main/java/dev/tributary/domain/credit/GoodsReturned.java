package dev.tributary.domain.credit;

import static java.util.Objects.requireNonNull;

import dev.tributary.domain.Money;
import java.time.LocalDate;

/**
 * Goods came back (CRD-8). Only what is not invoiced yet is lowered by it: money follows by a
 * credit note.
 *
 * @param returnId the return
 * @param shipmentId shipment that is returned, null when none is named
 * @param returnedOn day of the return
 * @param amount value returned, not negative
 */
public record GoodsReturned(String returnId, String shipmentId, LocalDate returnedOn, Money amount)
    implements CreditEvent {

  public GoodsReturned {
    requireNonNull(returnId, "returnId");
    requireNonNull(returnedOn, "returnedOn");
    amount.requireNotNegative("amount of a return");
  }
}
