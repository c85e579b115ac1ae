package dev.tributary.domain.receivables;

/**
 * What is left of a payment or a credit note.
 *
 * @param documentId the payment or credit note
 * @param micros amount left, in millionths of the currency's main unit; positive
 */
public record Remainder(String documentId, long micros) {

  Remainder minus(long used) {
    return new Remainder(documentId, micros - used);
  }
}
