package dev.tributary.domain.receivables;

import static java.math.BigDecimal.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.domain.ExactSplit;
import dev.tributary.domain.Money;
import dev.tributary.domain.Place;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The story of one debtor, told in any order: what happened and when, then what the ledger says. A
 * moment is a day, which means noon, or an instant. Amounts are euros unless they name a currency;
 * an amount of an invoice may name a promotion, as in {@code spring 60.00}.
 */
final class ReceivablesScenario {

  private static final Set<Entry> OF_MONEY =
      Set.of(Entry.PAYMENT, Entry.APPLICATION, Entry.RELEASE, Entry.REVERSAL, Entry.REFUND);

  private final ReceivablesFold fold = new ReceivablesFold();
  private final SortedMap<Place, ReceivablesEvent> history = new TreeMap<>();

  ReceivablesScenario billed(String invoiceId, String when, String dueOn, String... lines) {
    return billedUnder(null, invoiceId, when, dueOn, lines);
  }

  ReceivablesScenario billedUnder(
      String contractId, String invoiceId, String when, String dueOn, String... lines) {
    return happened(
        when,
        40,
        InvoiceIssued.dueAtOnce(
            invoiceId,
            "north",
            contractId,
            dayOf(when),
            LocalDate.parse(dueOn),
            Stream.of(lines).map(ReceivablesScenario::lineOf).toList()));
  }

  /** Each instalment is a day and an amount. */
  ReceivablesScenario billedInParts(
      String invoiceId, String when, List<String> lines, String... instalments) {
    return happened(
        when,
        40,
        new InvoiceIssued(
            invoiceId,
            "north",
            null,
            dayOf(when),
            lines.stream().map(ReceivablesScenario::lineOf).toList(),
            Stream.of(instalments)
                .map(part -> new Instalment(dayOf(part), money(part.substring(11))))
                .toList()));
  }

  ReceivablesScenario cancelled(String invoiceId, String when) {
    return happened(when, 45, new InvoiceCancelled(invoiceId, dayOf(when)));
  }

  ReceivablesScenario credited(String creditNoteId, String when, String invoiceId, String amount) {
    return happened(
        when, 50, new CreditNoteIssued(creditNoteId, invoiceId, dayOf(when), money(amount)));
  }

  ReceivablesScenario paid(String paymentId, String when, String amount) {
    return happened(when, 60, PaymentReceived.unallocated(paymentId, dayOf(when), money(amount)));
  }

  /** Each allocation is an invoice and an amount. */
  ReceivablesScenario paidFor(String paymentId, String when, String amount, String... allocations) {
    return happened(
        when,
        60,
        new PaymentReceived(
            paymentId,
            dayOf(when),
            money(amount),
            null,
            Stream.of(allocations)
                .map(text -> text.split(" ", 2))
                .map(words -> new Allocation(words[0], money(words[1])))
                .toList()));
  }

  ReceivablesScenario paidUnder(String contractId, String paymentId, String when, String amount) {
    return happened(
        when,
        60,
        new PaymentReceived(paymentId, dayOf(when), money(amount), contractId, List.of()));
  }

  ReceivablesScenario bounced(String paymentId, String when) {
    return happened(when, 70, new PaymentReversed(paymentId, dayOf(when)));
  }

  ReceivablesScenario writtenOff(String writeOffId, String when, String invoiceId, String amount) {
    return happened(
        when, 80, new ReceivableWrittenOff(writeOffId, invoiceId, dayOf(when), money(amount)));
  }

  ReceivablesScenario owesMore(String adjustmentId, String when, String invoiceId, String amount) {
    return adjusted(adjustmentId, when, invoiceId, BalanceAdjusted.Direction.OWES_MORE, amount);
  }

  ReceivablesScenario owesLess(String adjustmentId, String when, String invoiceId, String amount) {
    return adjusted(adjustmentId, when, invoiceId, BalanceAdjusted.Direction.OWES_LESS, amount);
  }

  private ReceivablesScenario adjusted(
      String adjustmentId,
      String when,
      String invoiceId,
      BalanceAdjusted.Direction direction,
      String amount) {
    return happened(
        when,
        85,
        new BalanceAdjusted(adjustmentId, invoiceId, dayOf(when), direction, money(amount)));
  }

  ReceivablesScenario refunded(
      String refundId, String when, String paymentId, String creditNoteId, String amount) {
    return happened(
        when,
        90,
        new CustomerRefunded(refundId, paymentId, creditNoteId, dayOf(when), money(amount)));
  }

  /** What is open of an invoice over all promotions. */
  ReceivablesScenario expectOpen(String invoiceId, String amount) {
    return expect(
        "open of " + invoiceId,
        amount,
        1,
        line -> line.account() == LedgerAccount.RECEIVABLE && line.itemId().equals(invoiceId));
  }

  ReceivablesScenario expectOpen(String invoiceId, String promotionId, String amount) {
    return expect(
        "open of " + invoiceId + " for " + promotionId,
        amount,
        1,
        line ->
            line.account() == LedgerAccount.RECEIVABLE
                && line.itemId().equals(invoiceId)
                && promotionId.equals(String.valueOf(line.promotionId())));
  }

  /** What is open of the part of an invoice that is due on a day. */
  ReceivablesScenario expectOpenDue(String invoiceId, String dueOn, String amount) {
    return expect(
        "open of " + invoiceId + " due on " + dueOn,
        amount,
        1,
        line ->
            line.account() == LedgerAccount.RECEIVABLE
                && line.itemId().equals(invoiceId)
                && line.dueOn().equals(LocalDate.parse(dueOn)));
  }

  ReceivablesScenario expectSum(String what, String amount, LedgerAccount account) {
    return expect(what, amount, 1, line -> line.account() == account);
  }

  ReceivablesScenario expectUnapplied(String paymentId, String amount) {
    return expect(
        "unapplied of " + paymentId,
        amount,
        -1,
        line -> line.account() == LedgerAccount.UNAPPLIED_CASH && line.itemId().equals(paymentId));
  }

  ReceivablesScenario expectFreeCredit(String creditNoteId, String amount) {
    return expect(
        "free credit of " + creditNoteId,
        amount,
        -1,
        line -> line.account() == LedgerAccount.FREE_CREDIT && line.itemId().equals(creditNoteId));
  }

  ReceivablesScenario expectCash(String amount) {
    return expect("cash", amount, 1, line -> line.account() == LedgerAccount.CASH);
  }

  /** What a payment paid of an invoice, whether at once or when the invoice came. */
  ReceivablesScenario expectPays(String paymentId, String invoiceId, String amount) {
    return expect(
        paymentId + " on " + invoiceId,
        amount,
        -1,
        line ->
            line.account() == LedgerAccount.RECEIVABLE
                && line.documentId().equals(paymentId)
                && line.itemId().equals(invoiceId));
  }

  ReceivablesScenario expectCollected(String promotionId, String amount) {
    return expect(
        "collected for " + promotionId,
        amount,
        -1,
        line ->
            line.account() == LedgerAccount.RECEIVABLE
                && OF_MONEY.contains(line.entry())
                && promotionId.equals(String.valueOf(line.promotionId())));
  }

  /** The lines of the event that happened last, in the order in which they are posted. */
  ReceivablesScenario expectLastEventPosts(String... lines) {
    List<String> posted = new ArrayList<>();
    String last = history.lastKey().eventId();
    for (ReceivablesLine line : lines()) {
      if (line.evidenceId().equals(last)) {
        posted.add(
            "%s %s %s %s %s %s %s"
                .formatted(
                    line.entry(),
                    line.account(),
                    line.documentId(),
                    line.itemId(),
                    line.promotionId(),
                    ExactSplit.decimal(line.amount()).stripTrailingZeros().toPlainString(),
                    line.effectiveOn()));
      }
    }
    assertThat(posted).containsExactly(lines);
    return this;
  }

  Account account() {
    Account account = fold.start();
    for (Map.Entry<Place, ReceivablesEvent> event : history.entrySet()) {
      account = fold.step(account, event.getKey(), event.getValue(), line -> {});
    }
    return account;
  }

  List<ReceivablesLine> lines() {
    List<ReceivablesLine> lines = new ArrayList<>();
    Account account = fold.start();
    for (Map.Entry<Place, ReceivablesEvent> event : history.entrySet()) {
      account = fold.step(account, event.getKey(), event.getValue(), lines::add);
    }
    return lines;
  }

  private ReceivablesScenario happened(String when, int typeRank, ReceivablesEvent event) {
    Instant occurredAt = Instant.parse(when.length() == 10 ? when + "T12:00:00Z" : when);
    int sequence = history.size();
    history.put(new Place(occurredAt, typeRank, sequence, "event-" + sequence), event);
    return this;
  }

  private ReceivablesScenario expect(
      String what, String amount, int sign, Predicate<ReceivablesLine> which) {
    Money expected = money(amount);
    BigDecimal sum =
        lines().stream()
            .filter(which)
            .filter(line -> line.amount().currency().equals(expected.currency()))
            .map(line -> ExactSplit.decimal(line.amount()))
            .reduce(ZERO, BigDecimal::add)
            .multiply(BigDecimal.valueOf(sign));
    assertThat(sum).as(what).isEqualByComparingTo(ExactSplit.decimal(expected));
    return this;
  }

  private static InvoiceLine lineOf(String text) {
    if (Character.isDigit(text.charAt(0))) {
      return new InvoiceLine(null, money(text));
    }
    int space = text.indexOf(' ');
    return new InvoiceLine(text.substring(0, space), money(text.substring(space + 1)));
  }

  private static Money money(String text) {
    return ExactSplit.money(text.contains(" ") ? text : text + " EUR");
  }

  private static LocalDate dayOf(String when) {
    return LocalDate.parse(when.substring(0, 10));
  }
}
