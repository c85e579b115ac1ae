package dev.tributary.domain.receivables;

import static java.util.Objects.requireNonNull;

import dev.tributary.domain.Money;
import java.time.LocalDate;
import java.util.List;

/**
 * The customer paid.
 *
 * @param paymentId the payment
 * @param receivedOn day the money was in hand
 * @param amount amount received, not negative
 * @param contractId contract it is paid for, null when none is named; of no meaning beside
 *     allocations
 * @param allocations what the payer says it pays, together at most the amount; empty when the payer
 *     says nothing
 */
public record PaymentReceived(
    String paymentId,
    LocalDate receivedOn,
    Money amount,
    String contractId,
    List<Allocation> allocations)
    implements ReceivablesEvent {

  public PaymentReceived {
    requireNonNull(paymentId, "paymentId");
    requireNonNull(receivedOn, "receivedOn");
    amount.requireNotNegative("amount of a payment");
    allocations = List.copyOf(allocations);
    Money allocated = Money.zero(amount.currency());
    for (Allocation allocation : allocations) {
      allocated = allocated.plus(allocation.amount());
    }
    if (allocated.compareTo(amount) > 0) {
      throw new IllegalArgumentException(
          "payment %s is of %s, but %s of it is allocated: it must be at most the amount"
              .formatted(paymentId, amount, allocated));
    }
  }

  /** A payment whose payer does not say what it pays. */
  public static PaymentReceived unallocated(String paymentId, LocalDate receivedOn, Money amount) {
    return new PaymentReceived(paymentId, receivedOn, amount, null, List.of());
  }
}
