package dev.tributary.domain.receivables;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import java.time.LocalDate;
import java.util.Comparator;

/**
 * An open item, in the order in which payments of a currency pay: oldest due first, ties by
 * invoice. Two invoices that share an id are one item where due day and region agree, else two.
 *
 * @param currency ISO 4217 code
 * @param dueOn last day on which it is paid in time
 * @param invoiceId the invoice
 * @param region region of the invoice, null without one
 */
public record ItemKey(String currency, LocalDate dueOn, String invoiceId, String region)
    implements Comparable<ItemKey> {

  private static final Comparator<ItemKey> OLDEST_DUE_FIRST =
      comparing(ItemKey::currency)
          .thenComparing(ItemKey::dueOn)
          .thenComparing(ItemKey::invoiceId)
          .thenComparing(ItemKey::region, nullsFirst(naturalOrder()));

  static ItemKey lowestOf(String currency) {
    return new ItemKey(currency, LocalDate.MIN, "", null);
  }

  boolean isBilledBy(String invoice, String inCurrency) {
    return invoiceId.equals(invoice) && currency.equals(inCurrency);
  }

  @Override
  public int compareTo(ItemKey other) {
    return OLDEST_DUE_FIRST.compare(this, other);
  }
}
