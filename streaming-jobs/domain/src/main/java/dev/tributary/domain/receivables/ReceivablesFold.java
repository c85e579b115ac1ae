package dev.tributary.domain.receivables;

import dev.tributary.domain.OrderedFold;
import dev.tributary.domain.Place;
import java.time.LocalDate;
import java.util.function.Consumer;

/**
 * Open items of a debtor, in double entry (ARX-2, ARX-3, ARX-8).
 *
 * <ul>
 *   <li>An invoice opens an item for each of its instalments, which share its promotions.
 *   <li>A payment pays the invoices it names, each up to what it allocates. A payment that names
 *       none pays what is open of its contract, else whatever is open, oldest due first.
 *   <li>Money for an invoice or a contract waits for it where there is not as much to pay. Any
 *       other rest stays unapplied: no later invoice uses it, and nobody need guess what it has
 *       paid.
 *   <li>A credit note lowers its invoice, now or when it comes; the rest is free. A credit note
 *       that waits for an invoice is used before money that does.
 *   <li>A write-off gives up what is open of its invoice, up to its amount. An adjustment lowers
 *       what is open, and leaves free credit where that is less; or it opens an item due at once.
 *   <li>A cancelled invoice is owed no longer, for good, and money that had paid it lies unapplied.
 *       What was credited, given up or adjusted of it stays so.
 *   <li>A refund takes from the payment or the credit note it names, else from unapplied cash and
 *       then from free credit, oldest first. Paid back beyond that, the customer owes it.
 *   <li>What pays an item is spread over its promotions in proportion to what is open of each.
 *   <li>A reversal gives back everything the payment id holds, at the promotions it paid. An item
 *       that it opens again is paid by the next payment, not by money that lies unapplied. What had
 *       been paid back of it is owed.
 *   <li>A reversal speaks about its payment id for good, so a payment that comes after it in
 *       history posts nothing: counting as cash what is known to have bounced would be worse than
 *       trusting two sources' clocks to the second, and so the net result of the two is the same in
 *       either order. A second reversal of the id says nothing new.
 *   <li>Documents that share an id both count, under that id.
 * </ul>
 */
public final class ReceivablesFold
    implements OrderedFold<ReceivablesEvent, Account, ReceivablesLine> {

  @Override
  public String name() {
    return "receivables";
  }

  @Override
  public int version() {
    return 4;
  }

  @Override
  public Account start() {
    return Account.NEW;
  }

  @Override
  public Account step(
      Account account,
      Place place,
      ReceivablesEvent event,
      Consumer<? super ReceivablesLine> lines) {
    Posting posting = new Posting(account, place, effectiveOn(event), lines);
    switch (event) {
      case InvoiceIssued invoice -> posting.bill(invoice);
      case InvoiceCancelled cancellation -> posting.cancel(cancellation);
      case CreditNoteIssued creditNote -> posting.credit(creditNote);
      case ReceivableWrittenOff writeOff -> posting.writeOff(writeOff);
      case BalanceAdjusted adjustment -> posting.adjust(adjustment);
      case PaymentReceived payment -> posting.receive(payment);
      case PaymentReversed reversal -> posting.reverse(reversal);
      case CustomerRefunded refund -> posting.refund(refund);
    }
    return posting.account();
  }

  private static LocalDate effectiveOn(ReceivablesEvent event) {
    return switch (event) {
      case InvoiceIssued invoice -> invoice.issuedOn();
      case InvoiceCancelled cancellation -> cancellation.cancelledOn();
      case CreditNoteIssued creditNote -> creditNote.issuedOn();
      case ReceivableWrittenOff writeOff -> writeOff.writtenOffOn();
      case BalanceAdjusted adjustment -> adjustment.adjustedOn();
      case PaymentReceived payment -> payment.receivedOn();
      case PaymentReversed reversal -> reversal.reversedOn();
      case CustomerRefunded refund -> refund.refundedOn();
    };
  }
}
