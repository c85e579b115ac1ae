package dev.tributary.domain.attribution;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * What refunds and cancellations name.
 *
 * @param kind kind of conversion
 * @param documentId the sale, deposit, contract, invoice, payment or registration
 */
public record DocumentId(ConversionKind kind, String documentId) implements Comparable<DocumentId> {

  private static final Comparator<DocumentId> ORDER =
      Comparator.comparing(DocumentId::kind).thenComparing(DocumentId::documentId);

  public DocumentId {
    requireNonNull(kind, "kind");
    requireNonNull(documentId, "documentId");
  }

  @Override
  public int compareTo(DocumentId other) {
    return ORDER.compare(this, other);
  }
}
