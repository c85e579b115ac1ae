package dev.tributary.domain.credit;

import dev.tributary.domain.PersistentSortedMap;
import java.util.SortedMap;

/**
 * What was shipped and not invoiced. A shipment that is invoiced or returned is forgotten a window
 * after the last that was heard of it; cancelled invoices are not.
 *
 * @param shipments the shipments
 * @param shippedBy the same shipments by invoice
 * @param settled those of which nothing is uninvoiced, by the day they are forgotten
 * @param cancelled invoices that were cancelled
 */
public record Deliveries(
    SortedMap<ShipmentKey, Shipment> shipments,
    SortedMap<ShippedBy, Boolean> shippedBy,
    SortedMap<Settled, Boolean> settled,
    SortedMap<String, Boolean> cancelled) {

  static final Deliveries NONE =
      new Deliveries(
          PersistentSortedMap.empty(),
          PersistentSortedMap.empty(),
          PersistentSortedMap.empty(),
          PersistentSortedMap.empty());

  public Deliveries {
    shipments = PersistentSortedMap.copyOf(shipments);
    shippedBy = PersistentSortedMap.copyOf(shippedBy);
    settled = PersistentSortedMap.copyOf(settled);
    cancelled = PersistentSortedMap.copyOf(cancelled);
  }
}
