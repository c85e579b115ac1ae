package dev.tributary.domain.receivables;

import dev.tributary.domain.PersistentSortedMap;
import java.time.LocalDate;
import java.util.SortedMap;

/**
 * What has to be known of a debtor's history to post the next event. Closed invoices and used-up
 * credit notes leave it; it grows with what is open and with the payments, because each of them can
 * still bounce: a payment keeps one amount per item and promotion it paid, a bounced one its id.
 *
 * @param openItems what is still to be paid, per promotion
 * @param itemsOf the same items by invoice and by contract
 * @param pots what is left of payments, credit notes and adjustments
 * @param payments what each payment id holds
 * @param cancelled invoices that were cancelled, with the day
 */
public record Account(
    SortedMap<ItemKey, PromotionAmounts> openItems,
    SortedMap<ItemOf, Boolean> itemsOf,
    SortedMap<PotKey, Long> pots,
    SortedMap<String, Payment> payments,
    SortedMap<String, LocalDate> cancelled) {

  static final Account NEW =
      new Account(
          PersistentSortedMap.empty(),
          PersistentSortedMap.empty(),
          PersistentSortedMap.empty(),
          PersistentSortedMap.empty(),
          PersistentSortedMap.empty());

  public Account {
    openItems = PersistentSortedMap.copyOf(openItems);
    itemsOf = PersistentSortedMap.copyOf(itemsOf);
    pots = PersistentSortedMap.copyOf(pots);
    payments = PersistentSortedMap.copyOf(payments);
    cancelled = PersistentSortedMap.copyOf(cancelled);
  }
}
