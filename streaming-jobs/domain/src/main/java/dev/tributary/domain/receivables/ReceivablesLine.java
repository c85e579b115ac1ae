package dev.tributary.domain.receivables;

import static java.util.Objects.requireNonNull;

import dev.tributary.domain.Line;
import dev.tributary.domain.Money;
import dev.tributary.domain.Place;
import java.time.LocalDate;

/**
 * A line of {@code ledger.receivables}, without the debtor and what the runtime adds. The lines of
 * one evidence event add up to zero in each currency.
 *
 * @param account the account
 * @param entry what the line does
 * @param documentId document whose amount is moved: the invoice, the credit note, the write-off,
 *     the adjustment, the payment or the refund, also where a later document is what moves it
 * @param itemId item the line is about: on RECEIVABLE, BILLED and CANCELLED the invoice, or the
 *     document because of which the customer owes without one; else the same as the document
 * @param promotionId promotion of a RECEIVABLE line, else null; null there means no promotion
 * @param region region of the invoice on RECEIVABLE and BILLED lines, else null
 * @param amount signed amount
 * @param effectiveOn day of the event that posts the line
 * @param dueOn due day of the invoice on RECEIVABLE lines, else null
 * @param ruleId rule of the catalogue
 * @param place where the event stands that posts the line: its evidence
 */
public record ReceivablesLine(
    LedgerAccount account,
    Entry entry,
    String documentId,
    String itemId,
    String promotionId,
    String region,
    Money amount,
    LocalDate effectiveOn,
    LocalDate dueOn,
    String ruleId,
    Place place)
    implements Line<ReceivablesLine> {

  public ReceivablesLine {
    requireNonNull(account, "account");
    requireNonNull(entry, "entry");
    requireNonNull(documentId, "documentId");
    requireNonNull(itemId, "itemId");
    requireNonNull(amount, "amount");
    requireNonNull(effectiveOn, "effectiveOn");
    requireNonNull(ruleId, "ruleId");
    requireNonNull(place, "place");
  }

  /** The event that posts the line. */
  public String evidenceId() {
    return place.eventId();
  }

  @Override
  public ReceivablesLine negate() {
    return new ReceivablesLine(
        account,
        entry,
        documentId,
        itemId,
        promotionId,
        region,
        amount.negate(),
        effectiveOn,
        dueOn,
        ruleId,
        place);
  }

  @Override
  public boolean isZero() {
    return amount.isZero();
  }
}
