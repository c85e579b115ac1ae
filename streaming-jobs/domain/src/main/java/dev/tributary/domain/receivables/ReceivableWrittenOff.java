package dev.tributary.domain.receivables;

import static java.util.Objects.requireNonNull;

import dev.tributary.domain.Money;
import java.time.LocalDate;

/**
 * What is owed on an invoice was given up.
 *
 * @param writeOffId the write-off
 * @param invoiceId the invoice
 * @param writtenOffOn day of the write-off
 * @param amount amount given up, as far as it is open; not negative
 */
public record ReceivableWrittenOff(
    String writeOffId, String invoiceId, LocalDate writtenOffOn, Money amount)
    implements ReceivablesEvent {

  public ReceivableWrittenOff {
    requireNonNull(writeOffId, "writeOffId");
    requireNonNull(invoiceId, "invoiceId");
    requireNonNull(writtenOffOn, "writtenOffOn");
    amount.requireNotNegative("amount of a write-off");
  }
}
