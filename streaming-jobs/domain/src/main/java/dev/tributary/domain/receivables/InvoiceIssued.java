package dev.tributary.domain.receivables;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import dev.tributary.domain.Money;
import java.time.LocalDate;
import java.util.List;

/**
 * The customer was billed.
 *
 * @param invoiceId the invoice
 * @param region region of the billed sale, null without one
 * @param contractId contract that is billed, null without one
 * @param issuedOn day of the invoice
 * @param lines what is billed, all in one currency
 * @param instalments what is due when; together what is billed
 */
public record InvoiceIssued(
    String invoiceId,
    String region,
    String contractId,
    LocalDate issuedOn,
    List<InvoiceLine> lines,
    List<Instalment> instalments)
    implements ReceivablesEvent {

  public InvoiceIssued {
    requireNonNull(invoiceId, "invoiceId");
    requireNonNull(issuedOn, "issuedOn");
    lines = List.copyOf(lines);
    instalments = instalments.stream().sorted(comparing(Instalment::dueOn)).toList();
    Money billed = Money.zero(lines.getFirst().amount().currency());
    for (InvoiceLine line : lines) {
      if (!line.amount().currency().equals(billed.currency())) {
        throw new IllegalArgumentException(
            "invoice %s mixes %s and %s: bill each currency by an invoice of its own"
                .formatted(invoiceId, billed.currency(), line.amount().currency()));
      }
      billed = billed.plus(line.amount());
    }
    Money due = Money.zero(billed.currency());
    for (Instalment instalment : instalments) {
      due = due.plus(instalment.amount());
    }
    if (!due.equals(billed)) {
      throw new IllegalArgumentException(
          "invoice %s bills %s, but its instalments are %s: they must be what is billed"
              .formatted(invoiceId, billed, due));
    }
  }

  /** An invoice that is due as a whole. */
  public static InvoiceIssued dueAtOnce(
      String invoiceId,
      String region,
      String contractId,
      LocalDate issuedOn,
      LocalDate dueOn,
      List<InvoiceLine> lines) {
    long billed = lines.stream().mapToLong(line -> line.amount().micros()).sum();
    Instalment whole =
        new Instalment(dueOn, new Money(billed, lines.getFirst().amount().currency()));
    return new InvoiceIssued(invoiceId, region, contractId, issuedOn, lines, List.of(whole));
  }

  String currency() {
    return lines.getFirst().amount().currency();
  }
}
