package dev.tributary.domain.credit;

import static java.util.Objects.requireNonNull;

import dev.tributary.domain.Money;
import dev.tributary.domain.receivables.Entry;
import dev.tributary.domain.receivables.LedgerAccount;
import dev.tributary.domain.receivables.ReceivablesLine;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A line of the receivables ledger that moves what the debtor owes or has to its credit (CRD-8).
 *
 * @param account RECEIVABLE, UNAPPLIED_CASH or FREE_CREDIT
 * @param entry what the line does
 * @param documentId document whose amount is moved
 * @param itemId the invoice, payment or credit note the line is about
 * @param amount signed amount, a debit positive
 * @param effectiveOn day of the event that posted the line
 * @param dueOn due day of a RECEIVABLE line, else null
 */
public record BalanceMoved(
    LedgerAccount account,
    Entry entry,
    String documentId,
    String itemId,
    Money amount,
    LocalDate effectiveOn,
    LocalDate dueOn)
    implements CreditEvent {

  public BalanceMoved {
    requireNonNull(entry, "entry");
    requireNonNull(documentId, "documentId");
    requireNonNull(itemId, "itemId");
    requireNonNull(amount, "amount");
    requireNonNull(effectiveOn, "effectiveOn");
    if (componentOf(account).isEmpty()) {
      throw new IllegalArgumentException(
          "lines of account %s do not move what a debtor owes".formatted(account));
    }
    if (account == LedgerAccount.RECEIVABLE) {
      requireNonNull(dueOn, "dueOn");
    }
  }

  /** What a line of the receivables ledger means for credit; nothing on most accounts. */
  public static Optional<BalanceMoved> of(ReceivablesLine line) {
    return componentOf(line.account())
        .map(
            component ->
                new BalanceMoved(
                    line.account(),
                    line.entry(),
                    line.documentId(),
                    line.itemId(),
                    line.amount(),
                    line.effectiveOn(),
                    line.dueOn()));
  }

  /** The part of the exposure an account is, as long as it is not due; empty when it is none. */
  static Optional<Component> componentOf(LedgerAccount account) {
    return switch (account) {
      case RECEIVABLE -> Optional.of(Component.NOT_DUE);
      case UNAPPLIED_CASH -> Optional.of(Component.UNAPPLIED_CASH);
      case FREE_CREDIT -> Optional.of(Component.FREE_CREDIT);
      case CASH, BILLED, CREDITED, CANCELLED, WRITTEN_OFF, ADJUSTED -> Optional.empty();
    };
  }
}
