package dev.tributary.domain.credit;

import java.time.LocalDate;
import java.util.Comparator;

/**
 * What is owed together: the parts of an invoice that are due on one day, over its regions,
 * contracts and promotions. Oldest due first.
 *
 * @param dueOn last day on which it is paid in time
 * @param itemId the invoice, or the document because of which the debtor owes without one
 * @param currency ISO 4217 code
 */
public record Item(LocalDate dueOn, String itemId, String currency) implements Comparable<Item> {

  private static final Comparator<Item> OLDEST_DUE_FIRST =
      Comparator.comparing(Item::dueOn).thenComparing(Item::itemId).thenComparing(Item::currency);

  /** Comes before all items of a due day. */
  static Item firstOf(LocalDate dueOn) {
    return new Item(dueOn, "", "");
  }

  @Override
  public int compareTo(Item other) {
    return OLDEST_DUE_FIRST.compare(this, other);
  }
}
