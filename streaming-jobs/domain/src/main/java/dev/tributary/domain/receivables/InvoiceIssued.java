package dev.tributary.domain.receivables;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;

/**
 * The customer was billed.
 *
 * @param invoiceId the invoice
 * @param region region of the billed sale, null without one
 * @param issuedOn day of the invoice
 * @param dueOn last day on which it is paid in time
 * @param lines what is billed, all in one currency
 */
public record InvoiceIssued(
    String invoiceId, String region, LocalDate issuedOn, LocalDate dueOn, List<InvoiceLine> lines)
    implements ReceivablesEvent {

  public InvoiceIssued {
    requireNonNull(invoiceId, "invoiceId");
    requireNonNull(issuedOn, "issuedOn");
    requireNonNull(dueOn, "dueOn");
    lines = List.copyOf(lines);
    for (InvoiceLine line : lines) {
      if (!line.amount().currency().equals(lines.getFirst().amount().currency())) {
        throw new IllegalArgumentException(
            "invoice %s mixes %s and %s: bill each currency by an invoice of its own"
                .formatted(
                    invoiceId, lines.getFirst().amount().currency(), line.amount().currency()));
      }
    }
  }
}
