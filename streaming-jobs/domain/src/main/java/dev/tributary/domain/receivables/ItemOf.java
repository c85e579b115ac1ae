package dev.tributary.domain.receivables;

import java.util.Comparator;

/**
 * An open item as one of those that a payment for a target pays, oldest due first.
 *
 * @param target the invoice or the contract
 * @param item the item
 */
public record ItemOf(Target target, ItemKey item) implements Comparable<ItemOf> {

  private static final Comparator<ItemOf> ORDER =
      Comparator.comparing(ItemOf::target).thenComparing(ItemOf::item);

  @Override
  public int compareTo(ItemOf other) {
    return ORDER.compare(this, other);
  }
}
