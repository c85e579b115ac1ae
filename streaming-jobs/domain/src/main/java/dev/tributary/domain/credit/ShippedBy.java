package dev.tributary.domain.credit;

import java.util.Comparator;

/**
 * A shipment, to be found by an invoice that bills it.
 *
 * @param invoiceId the invoice
 * @param shipment a shipment that it bills
 */
public record ShippedBy(String invoiceId, ShipmentKey shipment) implements Comparable<ShippedBy> {

  private static final Comparator<ShippedBy> ORDER =
      Comparator.comparing(ShippedBy::invoiceId).thenComparing(ShippedBy::shipment);

  @Override
  public int compareTo(ShippedBy other) {
    return ORDER.compare(this, other);
  }
}
