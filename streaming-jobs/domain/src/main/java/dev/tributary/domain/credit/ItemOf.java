package dev.tributary.domain.credit;

import java.util.Comparator;

/**
 * An item, to be found by its invoice.
 *
 * @param invoiceId the invoice
 * @param item one of its items
 */
public record ItemOf(String invoiceId, Item item) implements Comparable<ItemOf> {

  private static final Comparator<ItemOf> ORDER =
      Comparator.comparing(ItemOf::invoiceId).thenComparing(ItemOf::item);

  @Override
  public int compareTo(ItemOf other) {
    return ORDER.compare(this, other);
  }
}
