package dev.tributary.domain.receivables;

import static java.util.Objects.requireNonNull;

import dev.tributary.domain.Money;
import java.time.LocalDate;

/**
 * The customer was credited.
 *
 * @param creditNoteId the credit note
 * @param invoiceId invoice that is credited, null for a free credit note
 * @param issuedOn day of the credit note
 * @param amount amount credited, not negative
 */
public record CreditNoteIssued(
    String creditNoteId, String invoiceId, LocalDate issuedOn, Money amount)
    implements ReceivablesEvent {

  public CreditNoteIssued {
    requireNonNull(creditNoteId, "creditNoteId");
    requireNonNull(issuedOn, "issuedOn");
    amount.requireNotNegative("amount of a credit note");
  }
}
