package dev.tributary.ingestion.sampleyear;

import dev.tributary.events.AdjustmentDirection;
import dev.tributary.events.BalanceAdjusted;
import dev.tributary.events.CreditNoteIssued;
import dev.tributary.events.CustomerRefunded;
import dev.tributary.events.DisputeOpened;
import dev.tributary.events.DisputeResolved;
import dev.tributary.events.InvoiceCancelled;
import dev.tributary.events.InvoiceInstalment;
import dev.tributary.events.InvoiceIssued;
import dev.tributary.events.InvoiceLine;
import dev.tributary.events.PaymentAllocation;
import dev.tributary.events.PaymentReceived;
import dev.tributary.events.PaymentReversed;
import dev.tributary.events.ReceivableWrittenOff;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody who is billed and pays in a manner of their own; keeps the true account. Amounts in
 * cents, tax included. Within an invoice the oldest due part is settled first.
 */
final class Debtor {

  /** What an invoice bills; each may be null. */
  record Bills(String saleId, String contractId, String shipmentId, String staffId) {}

  private static final int OPENING = 9 * 3600;
  private static final int MINUTE = 60;
  private static final int WRITE_OFF_AFTER = 120;
  private static final int CANCELLED_PERMILLE = 8;
  private static final int REVERSED_PERMILLE = 20;
  private static final String CANCELLED = "invoice cancelled";
  private static final String REVERSED = "payment reversed";

  private final World world;
  private final Outbox outbox;
  private final Agenda agenda;
  private final String customerId;
  private final String region;
  private final boolean oneOfTwo;
  private final Manner manner;
  private final Draws draws;
  private final Account account = new Account();
  private final List<OpenInvoice> invoices = new ArrayList<>();
  private int postingDay = -1;
  private int postingsOfDay;
  private int documents;

  /**
   * @param oneOfTwo whether the same person is billed under another id too
   */
  Debtor(
      World world,
      Outbox outbox,
      Agenda agenda,
      String customerId,
      String region,
      boolean oneOfTwo) {
    this.world = world;
    this.outbox = outbox;
    this.agenda = agenda;
    this.customerId = customerId;
    this.region = region;
    this.oneOfTwo = oneOfTwo;
    this.draws = world.draws("debtor:" + customerId);
    this.manner = Manner.of(draws);
  }

  String customerId() {
    return customerId;
  }

  Manner manner() {
    return manner;
  }

  /** The account as of the end of the last day. */
  Account account() {
    account.closeAt(world.days().last(), invoices);
    return account;
  }

  /** A day is over, and everything of it is done. */
  void endDay(int day) {
    if (world.days().endsMonth(day)) {
      account.closeMonth(day, invoices);
    }
  }

  /** Issues an invoice on a day of the year and plans how it is paid. */
  OpenInvoice bill(
      int day, String id, Bills bills, List<InvoiceLine> lines, List<OpenInvoice.Part> parts) {
    OpenInvoice invoice = new OpenInvoice(id, parts);
    invoices.add(invoice);
    account.invoiced(invoice.open());
    List<InvoiceInstalment> instalments = new ArrayList<>();
    for (OpenInvoice.Part part : parts) {
      instalments.add(
          new InvoiceInstalment(
              instalments.size() + 1, world.days().date(part.due()), World.micros(part.cents())));
    }

    outbox.post(
        day,
        second(day),
        "invoice:" + id,
        envelope ->
            new InvoiceIssued(
                envelope,
                id,
                customerId,
                bills.saleId(),
                region,
                world.days().date(day),
                world.days().date(parts.getLast().due()),
                SampleYear.CURRENCY,
                lines,
                bills.contractId(),
                bills.shipmentId(),
                bills.staffId(),
                parts.size() == 1 ? null : instalments));
    boolean single = parts.size() == 1;
    if (single) {
      outbox.tally().exposed(CANCELLED, CANCELLED_PERMILLE);
    }

    if (single && draws.chance(CANCELLED_PERMILLE)) {
      cancelLater(invoice, day);
    } else {
      planPayments(invoice, day);
      if (draws.chance(10)) {
        dispute(invoice, day + draws.between(5, 20));
      }

      if (draws.chance(5)) {
        int adjusted = day + draws.between(2, 15);
        long cents = draws.between(1, 99);
        agenda.on(adjusted, () -> adjust(adjusted, invoice, Math.min(cents, invoice.open())));
      }
    }

    return invoice;
  }

  /** Credits an invoice on a day, as far as it is open. */
  void credit(int day, OpenInvoice invoice, long cents, String reason) {
    long credited = Math.min(cents, invoice.open());
    if (credited > 0 && world.days().holds(day)) {
      invoice.settle(credited);
      note(day, invoice.id(), credited, reason);
    }
  }

  /** Gives money back for something that was paid at once: a free credit note, paid out. */
  void payBack(int day, long cents, String reason) {
    if (!world.days().holds(day)) {
      return;
    }

    String noteId = note(day, null, cents, reason);
    account.freed(cents);
    refund(day, cents, null, noteId, reason);
  }

  /** Pays an invoice on a day, naming it; what is too much stays unapplied. */
  void pay(int day, OpenInvoice invoice, long cents, String contractId) {
    if (!world.days().holds(day)) {
      return;
    }

    // Somebody who owes nothing else need not say what is paid.
    boolean only = !oneOfTwo && invoices.stream().filter(other -> other.open() > 0).count() == 1;
    boolean silent = only && postingDay != day && cents <= invoice.open() && draws.chance(500);
    long applied = Math.min(cents, invoice.open());
    invoice.settle(cents);
    account.paid(cents, cents - applied);
    String paymentId = nextDocument("P");
    outbox.post(
        day,
        second(day),
        "payment:" + paymentId,
        envelope ->
            new PaymentReceived(
                envelope,
                paymentId,
                customerId,
                world.days().date(day),
                World.micros(cents),
                SampleYear.CURRENCY,
                contractId,
                silent
                    ? null
                    : List.of(new PaymentAllocation(1, invoice.id(), World.micros(applied)))));
    outbox.tally().exposed(REVERSED, REVERSED_PERMILLE);
    if (applied == cents && draws.chance(REVERSED_PERMILLE)) {
      int bounced = day + draws.between(2, 5);
      agenda.on(bounced, () -> bounce(bounced, invoice, paymentId, cents));
    }
  }

  private void bounce(int day, OpenInvoice invoice, String paymentId, long cents) {
    if (!world.days().holds(day)) {
      return;
    }

    invoice.reopen(cents);
    account.reversed(cents);
    outbox.tally().astray(REVERSED);
    outbox.post(
        day,
        second(day),
        "reversal:" + paymentId,
        envelope ->
            new PaymentReversed(
                envelope, paymentId, customerId, world.days().date(day), "cheque bounced"));
    int again = day + draws.between(5, 15);
    agenda.on(again, () -> payOpen(again, invoice, cents));
  }

  private void planPayments(OpenInvoice invoice, int issued) {
    for (int i = 0; i < invoice.parts().size(); i++) {
      OpenInvoice.Part part = invoice.parts().get(i);
      int due = part.due();
      switch (manner) {
        case PUNCTUAL ->
            later(Math.max(issued + 1, due - draws.between(0, 10)), invoice, part.cents());
        case LATE -> later(due + draws.between(3, 60), invoice, part.cents());
        case IN_PARTS -> {
          long first = part.cents() * 2 / 5;
          later(due, invoice, first);
          later(due + draws.between(20, 50), invoice, part.cents() - first);
        }
        case TOO_MUCH -> {
          int day = Math.max(issued + 1, due - draws.between(0, 5));
          long tooMuch = draws.chance(250) ? draws.between(1, 500) : 0;
          agenda.on(day, () -> payTooMuch(day, invoice, part.cents(), tooMuch));
        }
        case NEVER -> {
          if (draws.chance(500)) {
            int day = due + WRITE_OFF_AFTER;
            agenda.on(day, () -> writeOff(day, invoice));
          }
        }
      }
    }
  }

  private void later(int day, OpenInvoice invoice, long cents) {
    agenda.on(day, () -> payOpen(day, invoice, cents));
  }

  private void payOpen(int day, OpenInvoice invoice, long cents) {
    long paid = Math.min(cents, invoice.open());
    if (paid > 0) {
      pay(day, invoice, paid, null);
    }
  }

  private void payTooMuch(int day, OpenInvoice invoice, long cents, long tooMuch) {
    long paid = Math.min(cents, invoice.open());
    if (paid > 0) {
      pay(day, invoice, paid == invoice.open() ? paid + tooMuch : paid, null);
    }
  }

  private void cancelLater(OpenInvoice invoice, int day) {
    if (draws.chance(900)) {
      int cancelled = day + draws.between(1, 3);
      agenda.on(cancelled, () -> cancelUntouched(cancelled, invoice));
      return;
    }

    long part = Math.max(1, invoice.open() / 3);
    agenda.on(
        day + 4,
        () -> {
          if (world.days().holds(day + 4)) {
            String paymentId = payPart(day + 4, invoice, part);
            agenda.on(day + 8, () -> cancelAfterPart(day + 8, invoice, part, paymentId));
          }
        });
  }

  private String payPart(int day, OpenInvoice invoice, long cents) {
    invoice.settle(cents);
    account.paid(cents, 0);
    String paymentId = nextDocument("P");
    outbox.post(
        day,
        second(day),
        "payment:" + paymentId,
        envelope ->
            new PaymentReceived(
                envelope,
                paymentId,
                customerId,
                world.days().date(day),
                World.micros(cents),
                SampleYear.CURRENCY,
                null,
                List.of(new PaymentAllocation(1, invoice.id(), World.micros(cents)))));
    return paymentId;
  }

  private void cancelAfterPart(int day, OpenInvoice invoice, long paid, String paymentId) {
    if (!world.days().holds(day) || invoice.open() + paid < invoice.whole()) {
      return;
    }

    cancel(day, invoice);
    account.freed(paid);
    int refunded = day + draws.between(2, 6);
    agenda.on(
        refunded,
        () -> {
          if (world.days().holds(refunded)) {
            refund(refunded, paid, paymentId, null, "invoice was cancelled");
          }
        });
  }

  /** An invoice that was credited in the meantime is left as it is. */
  private void cancelUntouched(int day, OpenInvoice invoice) {
    if (world.days().holds(day) && invoice.open() == invoice.whole()) {
      cancel(day, invoice);
    }
  }

  private void cancel(int day, OpenInvoice invoice) {
    account.cancelled(invoice.whole());
    invoice.settle(invoice.open());
    outbox.tally().astray(CANCELLED);
    outbox.post(
        day,
        second(day),
        "cancellation:" + invoice.id(),
        envelope ->
            new InvoiceCancelled(
                envelope, invoice.id(), customerId, world.days().date(day), "billed in error"));
  }

  private void dispute(OpenInvoice invoice, int opened) {
    int resolved = opened + draws.between(10, 30);
    boolean upheld = draws.chance(300);
    agenda.on(
        opened,
        () -> {
          if (world.days().holds(opened) && invoice.open() > 0) {
            openDispute(invoice, opened);
            agenda.on(resolved, () -> resolveDispute(invoice, resolved, upheld));
          }
        });
  }

  private void openDispute(OpenInvoice invoice, int day) {
    long amount = invoice.open();
    outbox.post(
        day,
        second(day),
        "dispute:" + invoice.id(),
        envelope ->
            new DisputeOpened(
                envelope,
                "dispute-" + invoice.id(),
                customerId,
                invoice.id(),
                world.days().date(day),
                World.micros(amount),
                SampleYear.CURRENCY,
                "quantity differs"));
  }

  private void resolveDispute(OpenInvoice invoice, int day, boolean upheld) {
    outbox.post(
        day,
        second(day),
        "dispute-end:" + invoice.id(),
        envelope ->
            new DisputeResolved(
                envelope, "dispute-" + invoice.id(), customerId, world.days().date(day), upheld));
    if (upheld) {
      credit(day, invoice, Math.max(1, invoice.open() / 5), "dispute upheld");
    }
  }

  private void adjust(int day, OpenInvoice invoice, long cents) {
    if (cents == 0 || !world.days().holds(day)) {
      return;
    }

    invoice.settle(cents);
    account.adjusted(cents);
    String id = nextDocument("A");
    outbox.post(
        day,
        second(day),
        "adjustment:" + id,
        envelope ->
            new BalanceAdjusted(
                envelope,
                id,
                customerId,
                invoice.id(),
                world.days().date(day),
                AdjustmentDirection.OWES_LESS,
                World.micros(cents),
                SampleYear.CURRENCY,
                "difference waived",
                "manager-01"));
  }

  private void writeOff(int day, OpenInvoice invoice) {
    long amount = invoice.open();
    if (amount == 0 || !world.days().holds(day)) {
      return;
    }

    invoice.settle(amount);
    account.writtenOff(amount);
    String id = nextDocument("W");
    outbox.post(
        day,
        second(day),
        "write-off:" + id,
        envelope ->
            new ReceivableWrittenOff(
                envelope,
                id,
                customerId,
                invoice.id(),
                world.days().date(day),
                World.micros(amount),
                SampleYear.CURRENCY,
                "not recoverable",
                "manager-01"));
  }

  private String note(int day, String invoiceId, long cents, String reason) {
    account.credited(cents);
    String id = nextDocument("N");
    outbox.post(
        day,
        second(day),
        "credit-note:" + id,
        envelope ->
            new CreditNoteIssued(
                envelope,
                id,
                customerId,
                invoiceId,
                world.days().date(day),
                World.micros(cents),
                SampleYear.CURRENCY,
                reason));
    return id;
  }

  private void refund(int day, long cents, String paymentId, String noteId, String reason) {
    account.refunded(cents);
    outbox.tally().astray("refunded");
    String id = nextDocument("R");
    outbox.post(
        day,
        second(day),
        "refund:" + id,
        envelope ->
            new CustomerRefunded(
                envelope,
                id,
                customerId,
                paymentId,
                noteId,
                world.days().date(day),
                World.micros(cents),
                SampleYear.CURRENCY,
                reason));
  }

  private String nextDocument(String kind) {
    documents++;
    return kind + "-" + customerId + "-" + documents;
  }

  /** Postings of one day follow each other by the minute, so that their order is that of here. */
  private int second(int day) {
    if (day != postingDay) {
      this.postingDay = day;
      this.postingsOfDay = 0;
    }

    postingsOfDay++;
    return OPENING + MINUTE * postingsOfDay;
  }
}
