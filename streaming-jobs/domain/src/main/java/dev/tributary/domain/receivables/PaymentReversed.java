package dev.tributary.domain.receivables;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;

/**
 * A payment bounced: from this moment on it is as if it had not been made.
 *
 * @param paymentId the payment
 * @param reversedOn day of the reversal
 */
public record PaymentReversed(String paymentId, LocalDate reversedOn) implements ReceivablesEvent {

  public PaymentReversed {
    requireNonNull(paymentId, "paymentId");
    requireNonNull(reversedOn, "reversedOn");
  }
}
