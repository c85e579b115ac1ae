package dev.tributary.domain.receivables;

import static java.util.Comparator.comparing;

import dev.tributary.domain.Place;
import java.time.Instant;
import java.util.Comparator;

/**
 * What is left of a credit note that names an invoice, in the order in which that invoice uses it.
 *
 * @param currency ISO 4217 code
 * @param invoiceId invoice that is credited
 * @param creditedAt place of the credit note in history
 */
public record CreditKey(String currency, String invoiceId, Place creditedAt)
    implements Comparable<CreditKey> {

  private static final Comparator<CreditKey> OLDEST_FIRST =
      comparing(CreditKey::currency)
          .thenComparing(CreditKey::invoiceId)
          .thenComparing(CreditKey::creditedAt);

  static CreditKey lowestOf(String currency, String invoiceId) {
    return new CreditKey(
        currency, invoiceId, new Place(Instant.MIN, Integer.MIN_VALUE, Long.MIN_VALUE, ""));
  }

  boolean credits(ItemKey item) {
    return item.isBilledBy(invoiceId, currency);
  }

  @Override
  public int compareTo(CreditKey other) {
    return OLDEST_FIRST.compare(this, other);
  }
}
