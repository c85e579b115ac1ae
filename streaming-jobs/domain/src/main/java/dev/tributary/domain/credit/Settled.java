package dev.tributary.domain.credit;

import java.time.LocalDate;
import java.util.Comparator;

/**
 * A shipment of which nothing is uninvoiced, to be found by the day it is forgotten.
 *
 * @param forgottenAfter day with whose passing it is forgotten
 * @param shipment the shipment
 */
public record Settled(LocalDate forgottenAfter, ShipmentKey shipment)
    implements Comparable<Settled> {

  private static final Comparator<Settled> ORDER =
      Comparator.comparing(Settled::forgottenAfter).thenComparing(Settled::shipment);

  @Override
  public int compareTo(Settled other) {
    return ORDER.compare(this, other);
  }
}
