package dev.tributary.domain.receivables;

import dev.tributary.domain.PersistentSortedMap;
import java.util.SortedMap;

/**
 * What has to be known of a debtor's history to post the next event. Closed invoices and used-up
 * credit notes leave it; it grows with what is open and with the payments, because each of them can
 * still bounce: a payment keeps one amount per item and promotion it paid, a bounced one its id.
 *
 * @param openItems what is still to be paid, per promotion
 * @param unappliedCash what is left of payments
 * @param waitingCredits what is left of credit notes that name an invoice; what is left of others
 *     is never used and so is not kept
 * @param payments what each payment id holds
 */
public record Account(
    SortedMap<ItemKey, PromotionAmounts> openItems,
    SortedMap<CashKey, Remainder> unappliedCash,
    SortedMap<CreditKey, Remainder> waitingCredits,
    SortedMap<String, Payment> payments) {

  static final Account NEW =
      new Account(
          PersistentSortedMap.empty(),
          PersistentSortedMap.empty(),
          PersistentSortedMap.empty(),
          PersistentSortedMap.empty());

  public Account {
    openItems = PersistentSortedMap.copyOf(openItems);
    unappliedCash = PersistentSortedMap.copyOf(unappliedCash);
    waitingCredits = PersistentSortedMap.copyOf(waitingCredits);
    payments = PersistentSortedMap.copyOf(payments);
  }
}
