package dev.tributary.domain.receivables;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;

/**
 * An invoice was cancelled: it was never to be billed.
 *
 * @param invoiceId the invoice
 * @param cancelledOn day of the cancellation
 */
public record InvoiceCancelled(String invoiceId, LocalDate cancelledOn)
    implements ReceivablesEvent {

  public InvoiceCancelled {
    requireNonNull(invoiceId, "invoiceId");
    requireNonNull(cancelledOn, "cancelledOn");
  }
}
