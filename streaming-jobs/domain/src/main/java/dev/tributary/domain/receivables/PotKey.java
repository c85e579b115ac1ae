package dev.tributary.domain.receivables;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import dev.tributary.domain.Place;
import java.util.Comparator;

/**
 * Where money or credit lies that has paid nothing yet. Pots for one target are used oldest first.
 *
 * @param source whose rest it is
 * @param currency ISO 4217 code
 * @param target what it waits for; null when no invoice to come uses it
 * @param since place in history of what left it
 * @param documentId the payment, credit note or adjustment it is of
 */
public record PotKey(Source source, String currency, Target target, Place since, String documentId)
    implements Comparable<PotKey> {

  /** Whose rest a pot is. */
  public enum Source {
    /** A payment's: unapplied cash. */
    CASH,
    /** A credit note's or an adjustment's: free credit. */
    CREDIT
  }

  static final Comparator<PotKey> OLDEST_FIRST =
      comparing(PotKey::since).thenComparing(PotKey::documentId);

  private static final Comparator<PotKey> ORDER =
      comparing(PotKey::source)
          .thenComparing(PotKey::currency)
          .thenComparing(PotKey::target, nullsFirst(naturalOrder()))
          .thenComparing(OLDEST_FIRST);

  boolean waitsFor(Source otherSource, String otherCurrency, Target otherTarget) {
    return source == otherSource && currency.equals(otherCurrency) && otherTarget.equals(target);
  }

  @Override
  public int compareTo(PotKey other) {
    return ORDER.compare(this, other);
  }
}
