package dev.tributary.domain.credit;

import static java.util.Objects.requireNonNull;

import dev.tributary.domain.Money;
import java.time.LocalDate;

/**
 * An invoice, or a part of one, bills a shipment (CRD-8).
 *
 * @param invoiceId the invoice
 * @param shipmentId shipment that it bills
 * @param issuedOn day of the invoice
 * @param amount what it bills of the shipment, not negative
 */
public record ShipmentInvoiced(
    String invoiceId, String shipmentId, LocalDate issuedOn, Money amount) implements CreditEvent {

  public ShipmentInvoiced {
    requireNonNull(invoiceId, "invoiceId");
    requireNonNull(shipmentId, "shipmentId");
    requireNonNull(issuedOn, "issuedOn");
    amount.requireNotNegative("amount billed of a shipment");
  }
}
