package dev.tributary.domain.receivables;

import static java.util.Objects.requireNonNull;

import dev.tributary.domain.Money;
import java.time.LocalDate;

/**
 * Money was paid back to the customer.
 *
 * @param refundId the refund
 * @param paymentId payment that is given back, null when none is named
 * @param creditNoteId credit note that is paid out, null when none is named
 * @param refundedOn day of the refund
 * @param amount amount paid back, not negative
 */
public record CustomerRefunded(
    String refundId, String paymentId, String creditNoteId, LocalDate refundedOn, Money amount)
    implements ReceivablesEvent {

  public CustomerRefunded {
    requireNonNull(refundId, "refundId");
    requireNonNull(refundedOn, "refundedOn");
    amount.requireNotNegative("amount of a refund");
  }
}
