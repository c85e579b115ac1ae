package dev.tributary.domain.attribution;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * A conversion. Events that share a document are one conversion where the currency agrees, else
 * two.
 *
 * @param id the document
 * @param currency ISO 4217 code, empty for what has no value
 */
public record DocumentKey(DocumentId id, String currency) implements Comparable<DocumentKey> {

  private static final Comparator<DocumentKey> ORDER =
      Comparator.comparing(DocumentKey::id).thenComparing(DocumentKey::currency);

  public DocumentKey {
    requireNonNull(id, "id");
    requireNonNull(currency, "currency");
  }

  @Override
  public int compareTo(DocumentKey other) {
    return ORDER.compare(this, other);
  }
}
