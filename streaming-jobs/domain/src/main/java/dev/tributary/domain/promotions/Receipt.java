package dev.tributary.domain.promotions;

import static java.util.Objects.requireNonNull;

import dev.tributary.domain.Money;
import dev.tributary.domain.receivables.Debtor;
import dev.tributary.domain.receivables.LedgerAccount;
import dev.tributary.domain.receivables.ReceivablesLine;
import java.time.LocalDate;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What an invoice's customer owes for a promotion went down, by money or by credit; or up again,
 * with negative amounts, because money bounced, was paid back, or no longer pays it.
 *
 * @param company company that collects
 * @param promotionId promotion of the invoice lines that are paid, null without one
 * @param region region of the invoice, null without one
 * @param effectiveOn day it counts
 * @param collected money collected
 * @param credited amount credited
 */
public record Receipt(
    String company,
    String promotionId,
    String region,
    LocalDate effectiveOn,
    Money collected,
    Money credited)
    implements PromotionEvent {

  public Receipt {
    requireNonNull(company, "company");
    requireNonNull(effectiveOn, "effectiveOn");
    // Throws when the currencies differ.
    requireNonNull(collected, "collected").plus(requireNonNull(credited, "credited"));
  }

  /** What a line of the receivables ledger means for a promotion; nothing, for most lines. */
  public static Optional<Receipt> of(Debtor debtor, ReceivablesLine line) {
    if (line.account() != LedgerAccount.RECEIVABLE) {
      return Optional.empty();
    }
    Money lowered = line.amount().negate();
    Money none = Money.zero(lowered.currency());
    return switch (line.entry()) {
      case INVOICE, CANCELLATION, WRITE_OFF, ADJUSTMENT -> Optional.empty();
      case CREDIT_NOTE -> Optional.of(of(debtor, line, none, lowered));
      case PAYMENT, APPLICATION, RELEASE, REVERSAL, REFUND ->
          Optional.of(of(debtor, line, lowered, none));
    };
  }

  private static Receipt of(Debtor debtor, ReceivablesLine line, Money collected, Money credited) {
    return new Receipt(
        debtor.company(),
        line.promotionId(),
        line.region(),
        line.effectiveOn(),
        collected,
        credited);
  }

  @Override
  public SortedSet<Promotion> promotions() {
    return Promotion.only(company, promotionId);
  }
}
