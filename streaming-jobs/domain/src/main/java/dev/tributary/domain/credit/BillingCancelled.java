package dev.tributary.domain.credit;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;

/**
 * An invoice was cancelled, so what it billed of shipments is not invoiced (CRD-8).
 *
 * @param invoiceId the invoice
 * @param cancelledOn day of the cancellation
 */
public record BillingCancelled(String invoiceId, LocalDate cancelledOn) implements CreditEvent {

  public BillingCancelled {
    requireNonNull(invoiceId, "invoiceId");
    requireNonNull(cancelledOn, "cancelledOn");
  }
}
