package dev.tributary.domain.receivables;

import static java.util.Comparator.comparing;

import dev.tributary.domain.Place;
import java.time.Instant;
import java.util.Comparator;

/**
 * Unapplied cash, in the order in which invoices of a currency use it: oldest payment first.
 *
 * @param currency ISO 4217 code
 * @param receivedAt place of the payment in history
 */
public record CashKey(String currency, Place receivedAt) implements Comparable<CashKey> {

  private static final Comparator<CashKey> OLDEST_FIRST =
      comparing(CashKey::currency).thenComparing(CashKey::receivedAt);

  static CashKey lowestOf(String currency) {
    return new CashKey(currency, new Place(Instant.MIN, Integer.MIN_VALUE, Long.MIN_VALUE, ""));
  }

  @Override
  public int compareTo(CashKey other) {
    return OLDEST_FIRST.compare(this, other);
  }
}
