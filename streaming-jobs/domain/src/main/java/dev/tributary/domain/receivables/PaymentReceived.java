package dev.tributary.domain.receivables;

import static java.util.Objects.requireNonNull;

import dev.tributary.domain.Money;
import java.time.LocalDate;

/**
 * The customer paid.
 *
 * @param paymentId the payment
 * @param receivedOn day the money was in hand
 * @param amount amount received, not negative
 */
public record PaymentReceived(String paymentId, LocalDate receivedOn, Money amount)
    implements ReceivablesEvent {

  public PaymentReceived {
    requireNonNull(paymentId, "paymentId");
    requireNonNull(receivedOn, "receivedOn");
    amount.requireNotNegative("amount of a payment");
  }
}
