package dev.tributary.domain.credit;

import java.util.Comparator;

/**
 * A shipment, per currency: an invoice in another currency says nothing about its amount.
 *
 * @param shipmentId the shipment
 * @param currency ISO 4217 code
 */
public record ShipmentKey(String shipmentId, String currency) implements Comparable<ShipmentKey> {

  private static final Comparator<ShipmentKey> ORDER =
      Comparator.comparing(ShipmentKey::shipmentId).thenComparing(ShipmentKey::currency);

  @Override
  public int compareTo(ShipmentKey other) {
    return ORDER.compare(this, other);
  }
}
