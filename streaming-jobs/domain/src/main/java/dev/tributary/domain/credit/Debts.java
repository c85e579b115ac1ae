package dev.tributary.domain.credit;

import dev.tributary.domain.Money;
import dev.tributary.domain.PersistentSortedMap;
import java.util.SortedMap;

/**
 * What a debtor owes, and how it paid. An item that is settled leaves with its due day's window.
 *
 * @param open what is open per item, in millionths; items of which nothing is open are not there
 * @param rated the items that have not left the window
 * @param ratedOf the same items by invoice
 * @param collected sums over the rated items, by currency
 * @param disputes open disputes with their amounts
 * @param disputed invoice of each open dispute
 * @param resolved disputes that were resolved before they were opened
 */
public record Debts(
    SortedMap<Item, Long> open,
    SortedMap<Item, Rated> rated,
    SortedMap<ItemOf, Boolean> ratedOf,
    SortedMap<String, Collected> collected,
    SortedMap<Dispute, Money> disputes,
    SortedMap<String, String> disputed,
    SortedMap<String, Boolean> resolved) {

  static final Debts NONE =
      new Debts(
          PersistentSortedMap.empty(),
          PersistentSortedMap.empty(),
          PersistentSortedMap.empty(),
          PersistentSortedMap.empty(),
          PersistentSortedMap.empty(),
          PersistentSortedMap.empty(),
          PersistentSortedMap.empty());

  public Debts {
    open = PersistentSortedMap.copyOf(open);
    rated = PersistentSortedMap.copyOf(rated);
    ratedOf = PersistentSortedMap.copyOf(ratedOf);
    collected = PersistentSortedMap.copyOf(collected);
    disputes = PersistentSortedMap.copyOf(disputes);
    disputed = PersistentSortedMap.copyOf(disputed);
    resolved = PersistentSortedMap.copyOf(resolved);
  }
}
