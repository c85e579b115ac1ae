package dev.tributary.domain.credit;

import static java.util.Objects.requireNonNull;

import dev.tributary.domain.Money;
import java.time.LocalDate;

/**
 * An invoice is disputed (CRD-2).
 *
 * @param disputeId the dispute
 * @param invoiceId the invoice
 * @param openedOn day
 * @param amount amount disputed, not negative
 */
public record DisputeOpened(String disputeId, String invoiceId, LocalDate openedOn, Money amount)
    implements CreditEvent {

  public DisputeOpened {
    requireNonNull(disputeId, "disputeId");
    requireNonNull(invoiceId, "invoiceId");
    requireNonNull(openedOn, "openedOn");
    amount.requireNotNegative("amount of a dispute");
  }
}
