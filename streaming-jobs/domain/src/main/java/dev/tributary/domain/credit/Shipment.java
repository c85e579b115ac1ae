package dev.tributary.domain.credit;

import dev.tributary.domain.PersistentSortedMap;
import java.time.LocalDate;
import java.util.SortedMap;

/**
 * What is known of a shipment, in millionths.
 *
 * @param shipped shipped
 * @param returned returned
 * @param invoiced what each invoice billed of it
 * @param movedOn day of the latest event about it
 */
public record Shipment(
    long shipped, long returned, SortedMap<String, Long> invoiced, LocalDate movedOn) {

  public Shipment {
    invoiced = PersistentSortedMap.copyOf(invoiced);
  }

  static Shipment unseen(LocalDate on) {
    return new Shipment(0, 0, PersistentSortedMap.empty(), on);
  }

  Shipment shipping(long micros, LocalDate on) {
    return new Shipment(Math.addExact(shipped, micros), returned, invoiced, on);
  }

  Shipment returning(long micros, LocalDate on) {
    return new Shipment(shipped, Math.addExact(returned, micros), invoiced, on);
  }

  Shipment invoicing(String invoiceId, long micros, LocalDate on) {
    long before = invoiced.getOrDefault(invoiceId, 0L);
    return new Shipment(
        shipped,
        returned,
        PersistentSortedMap.copyOf(invoiced).with(invoiceId, Math.addExact(before, micros)),
        on);
  }

  Shipment cancelling(String invoiceId, LocalDate on) {
    return new Shipment(
        shipped, returned, PersistentSortedMap.copyOf(invoiced).without(invoiceId), on);
  }

  /** What is shipped, and neither returned nor invoiced. */
  long uninvoiced() {
    long left = Math.subtractExact(shipped, returned);
    for (long part : invoiced.values()) {
      left = Math.subtractExact(left, part);
    }
    return Math.max(0, left);
  }
}
