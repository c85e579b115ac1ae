package dev.tributary.domain.receivables;

import static java.util.Objects.requireNonNull;

import dev.tributary.domain.Money;

/**
 * A part of a payment and the invoice it pays, as the payer says.
 *
 * @param invoiceId the invoice
 * @param amount amount meant for it, not negative
 */
public record Allocation(String invoiceId, Money amount) {

  public Allocation {
    requireNonNull(invoiceId, "invoiceId");
    amount.requireNotNegative("amount of an allocation");
  }
}
