package dev.tributary.domain.credit;

import static java.util.Objects.requireNonNull;

import dev.tributary.domain.Money;
import java.time.LocalDate;

/**
 * Goods left for the debtor (CRD-8, ARX-4).
 *
 * @param shipmentId the shipment
 * @param shippedOn day of the shipment
 * @param amount value shipped, not negative
 */
public record GoodsShipped(String shipmentId, LocalDate shippedOn, Money amount)
    implements CreditEvent {

  public GoodsShipped {
    requireNonNull(shipmentId, "shipmentId");
    requireNonNull(shippedOn, "shippedOn");
    amount.requireNotNegative("amount of a shipment");
  }
}
