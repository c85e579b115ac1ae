package dev.tributary.domain.receivables;

import dev.tributary.domain.OrderedFold;
import dev.tributary.domain.Place;
import java.time.LocalDate;
import java.util.function.Consumer;

/**
 * Open items of a debtor, in double entry (ARX-2, ARX-8).
 *
 * <ul>
 *   <li>A payment pays what is open in its currency, oldest due first; the rest waits for the next
 *       invoice, which uses up the oldest payment first.
 *   <li>A credit note lowers its invoice, now or when it comes; the rest is free. A credit note
 *       that waits for an invoice is used before unapplied cash.
 *   <li>What pays an item is spread over its promotions in proportion to what is open of each.
 *   <li>A reversal gives back everything the payment id holds, at the promotions it paid. An item
 *       that it opens again is paid by the next payment, not by money that lies unapplied.
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
    return 1;
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
      case CreditNoteIssued creditNote -> posting.credit(creditNote);
      case PaymentReceived payment -> posting.receive(payment);
      case PaymentReversed reversal -> posting.reverse(reversal);
    }
    return posting.account();
  }

  private static LocalDate effectiveOn(ReceivablesEvent event) {
    return switch (event) {
      case InvoiceIssued invoice -> invoice.issuedOn();
      case CreditNoteIssued creditNote -> creditNote.issuedOn();
      case PaymentReceived payment -> payment.receivedOn();
      case PaymentReversed reversal -> reversal.reversedOn();
    };
  }
}
