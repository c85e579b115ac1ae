package dev.tributary.domain.receivables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.domain.ExactSplit;
import dev.tributary.domain.Money;
import dev.tributary.domain.Place;
import dev.tributary.domain.promotions.Receipt;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** What holds for every history of a debtor, over seeded random ones. */
public final class ReceivablesChecks {

  private static final Debtor DEBTOR = new Debtor("acme", "customer-1");

  private final String history;
  private final Map<Place, ReceivablesEvent> events;
  private final ReceivablesFold fold = new ReceivablesFold();
  private final List<Place> places;
  private final List<Account> accounts = new ArrayList<>();
  private final List<ReceivablesLine> lines = new ArrayList<>();

  private ReceivablesChecks(long seed, int length) {
    this.history = "history of seed " + seed + " and length " + length;
    this.events = RandomHistory.of(seed, length);
    this.places = new ArrayList<>(events.keySet());
    Collections.shuffle(places, new Random(seed));
    Collections.sort(places);
  }

  /** Fails with the seed of the history that does not hold. */
  public static void run() {
    for (long seed = 1; seed <= 40; seed++) {
      new ReceivablesChecks(seed, 12).check();
      new ReceivablesChecks(seed, 70).check();
    }
  }

  /** The same for one history of this many events. */
  static void run(long seed, int length) {
    new ReceivablesChecks(seed, length).check();
  }

  private void check() {
    walk();
    theLedgerIsThatOfTheReference();
    theStateIsWhatTheLedgerSaysIsOpen();
    everyAccountIsWhatTheDocumentsSay();
    everyReceiptBelongsToAPromotion();
    aRunTakenUpFromAnyStatePostsTheSame();
  }

  private void walk() {
    Map<String, BigDecimal> owed = new HashMap<>();
    Map<String, BigDecimal> left = new HashMap<>();
    Account account = fold.start();
    accounts.add(account);
    for (Place place : places) {
      List<ReceivablesLine> posted = new ArrayList<>();
      account = fold.step(account, place, events.get(place), posted::add);
      accounts.add(account);
      lines.addAll(posted);

      assertThat(sums(posted, line -> true, line -> line.amount().currency()).values())
          .as("%s: event %s in balance", history, place.eventId())
          .allMatch(sum -> sum.signum() == 0);
      assertThat(posted)
          .as("%s: lines of event %s", history, place.eventId())
          .allMatch(line -> line.place().equals(place) && !line.isZero());
      for (ReceivablesLine line : posted) {
        BigDecimal amount = ExactSplit.decimal(line.amount());
        if (line.account() == LedgerAccount.RECEIVABLE) {
          assertThat(owed.merge(itemOf(line) + line.promotionId(), amount, BigDecimal::add))
              .as("%s: nothing paid twice at event %s", history, place.eventId())
              .isNotNegative();
        } else if (line.account() == LedgerAccount.UNAPPLIED_CASH
            || line.account() == LedgerAccount.FREE_CREDIT) {
          String key = line.account() + line.itemId() + line.amount().currency();
          assertThat(left.merge(key, amount, BigDecimal::add))
              .as("%s: nothing used twice at event %s", history, place.eventId())
              .isNotPositive();
        }
      }
    }
  }

  private void theLedgerIsThatOfTheReference() {
    Map<String, BigDecimal> ledger =
        nonZero(sums(lines, line -> true, ReferenceReceivables::address));

    assertThat(ledger)
        .as("%s: net ledger", history)
        .isEqualTo(nonZero(ReferenceReceivables.ledgerOf(events)));
  }

  private void theStateIsWhatTheLedgerSaysIsOpen() {
    Map<String, BigDecimal> open = new TreeMap<>();
    Account last = accounts.getLast();
    last.openItems()
        .forEach(
            (item, amounts) ->
                amounts
                    .parts()
                    .forEach(
                        part ->
                            open.merge(
                                "%s %s %s %s %s"
                                    .formatted(
                                        item.invoiceId(),
                                        item.dueOn(),
                                        item.region(),
                                        item.currency(),
                                        part.promotionId()),
                                BigDecimal.valueOf(part.micros(), 6),
                                BigDecimal::add)));
    last.pots()
        .forEach(
            (pot, micros) ->
                open.merge(
                    pot.source() + " " + pot.documentId() + " " + pot.currency(),
                    BigDecimal.valueOf(-micros, 6),
                    BigDecimal::add));

    Map<String, BigDecimal> owed =
        sums(
            lines,
            line -> line.account() == LedgerAccount.RECEIVABLE,
            line -> itemOf(line) + " " + line.promotionId());
    owed.putAll(
        sums(
            lines,
            line -> line.account() == LedgerAccount.UNAPPLIED_CASH,
            line -> "CASH " + line.itemId() + " " + line.amount().currency()));
    owed.putAll(
        sums(
            lines,
            line -> line.account() == LedgerAccount.FREE_CREDIT,
            line -> "CREDIT " + line.itemId() + " " + line.amount().currency()));

    assertThat(nonZero(open)).as("%s: what the state keeps open", history).isEqualTo(nonZero(owed));
    assertThat(last.pots().values()).as(history).allMatch(micros -> micros > 0);
    assertThat(last.itemsOf().keySet())
        .as("%s: items by invoice and contract", history)
        .containsExactlyInAnyOrderElementsOf(
            last.openItems().keySet().stream()
                .flatMap(item -> item.targets().stream().map(target -> new ItemOf(target, item)))
                .toList());
    assertThat(last.payments().values().stream().flatMap(payment -> payment.pots().stream()))
        .as("%s: pots of payments", history)
        .containsExactlyInAnyOrderElementsOf(
            last.pots().keySet().stream()
                .filter(pot -> pot.source() == PotKey.Source.CASH)
                .toList());
    for (Payment payment : last.payments().values()) {
      assertThat(payment.reversed() && !payment.equals(Payment.REVERSED)).as(history).isFalse();
      assertThat(payment.applied().keySet())
          .as("%s: a cancelled invoice is paid by nothing", history)
          .noneMatch(item -> last.cancelled().containsKey(item.invoiceId()));
    }
  }

  /** From the documents alone, whatever they pay. */
  private void everyAccountIsWhatTheDocumentsSay() {
    Map<String, BigDecimal> expected = new TreeMap<>();
    Map<String, BigDecimal> givenUp = new TreeMap<>();
    List<String> bounced = ids(PaymentReversed.class, PaymentReversed::paymentId);
    List<String> cancelled = new ArrayList<>();
    for (Place place : places) {
      switch (events.get(place)) {
        case InvoiceIssued invoice -> {
          for (InvoiceLine line : invoice.lines()) {
            if (!cancelled.contains(invoice.invoiceId())) {
              add(expected, "BILLED", line.amount().negate());
            }
          }
        }
        case InvoiceCancelled cancellation -> cancelled.add(cancellation.invoiceId());
        case CreditNoteIssued note -> add(expected, "CREDITED", note.amount());
        case ReceivableWrittenOff writeOff -> add(givenUp, "WRITTEN_OFF", writeOff.amount());
        case BalanceAdjusted adjustment ->
            add(
                expected,
                "ADJUSTED",
                adjustment.direction() == BalanceAdjusted.Direction.OWES_LESS
                    ? adjustment.amount()
                    : adjustment.amount().negate());
        case PaymentReceived payment -> {
          if (!bounced.contains(payment.paymentId())) {
            add(expected, "CASH", payment.amount());
          }
        }
        case PaymentReversed reversal -> {}
        case CustomerRefunded refund -> add(expected, "CASH", refund.amount().negate());
      }
    }
    Map<String, BigDecimal> actual =
        sums(
            lines,
            line ->
                line.account() == LedgerAccount.BILLED
                    || line.account() == LedgerAccount.CREDITED
                    || line.account() == LedgerAccount.ADJUSTED
                    || line.account() == LedgerAccount.CASH,
            line -> line.account() + " " + line.amount().currency());
    assertThat(nonZero(actual)).as("%s: accounts", history).isEqualTo(nonZero(expected));

    sums(
            lines,
            line -> line.account() == LedgerAccount.WRITTEN_OFF,
            line -> line.account() + " " + line.amount().currency())
        .forEach(
            (account, amount) ->
                assertThat(amount)
                    .as("%s: %s", history, account)
                    .isPositive()
                    .isLessThanOrEqualTo(givenUp.get(account)));
    assertThat(
            sums(
                    lines,
                    line ->
                        line.account() == LedgerAccount.RECEIVABLE
                            && cancelled.contains(line.itemId())
                            && (line.entry() != Entry.ADJUSTMENT || line.amount().micros() < 0),
                    line -> line.itemId() + " " + line.amount().currency())
                .values())
        .as("%s: open of cancelled invoices, but for what was added by hand", history)
        .allMatch(amount -> amount.signum() <= 0);
  }

  private <E> List<String> ids(Class<E> type, Function<E, String> id) {
    return events.values().stream().filter(type::isInstance).map(type::cast).map(id).toList();
  }

  private static void add(Map<String, BigDecimal> sums, String account, Money amount) {
    sums.merge(account + " " + amount.currency(), ExactSplit.decimal(amount), BigDecimal::add);
  }

  private void everyReceiptBelongsToAPromotion() {
    Map<String, BigDecimal> collected = new TreeMap<>();
    Map<String, BigDecimal> credited = new TreeMap<>();
    for (ReceivablesLine line : lines) {
      Optional<Receipt> receipt = Receipt.of(DEBTOR, line);
      receipt.ifPresent(
          found -> {
            String key = found.promotionId() + " " + found.collected().currency();
            collected.merge(key, ExactSplit.decimal(found.collected()), BigDecimal::add);
            credited.merge(key, ExactSplit.decimal(found.credited()), BigDecimal::add);
          });
    }
    Map<String, BigDecimal> cash =
        sums(
            lines,
            line ->
                line.account() == LedgerAccount.CASH
                    || line.account() == LedgerAccount.UNAPPLIED_CASH
                    || (line.account() == LedgerAccount.FREE_CREDIT
                        && line.entry() == Entry.REFUND),
            line -> line.amount().currency());
    Map<String, BigDecimal> credit =
        sums(
            lines,
            line ->
                line.account() == LedgerAccount.CREDITED
                    || (line.account() == LedgerAccount.FREE_CREDIT
                        && line.entry() == Entry.CREDIT_NOTE),
            line -> line.amount().currency());
    assertThat(byCurrency(collected)).as("%s: collected", history).isEqualTo(nonZero(cash));
    assertThat(byCurrency(credited)).as("%s: credited", history).isEqualTo(nonZero(credit));
    assertThat(collected)
        .as("%s: collected per promotion", history)
        .allSatisfy(
            (promotion, amount) ->
                assertThat(amount.signum() >= 0 || promotion.startsWith("null ")).isTrue());
  }

  private void aRunTakenUpFromAnyStatePostsTheSame() {
    int from = places.size() / 3;
    List<ReceivablesLine> again = new ArrayList<>();
    Account account = accounts.get(from);
    for (Place place : places.subList(from, places.size())) {
      account = fold.step(account, place, events.get(place), again::add);
    }

    assertThat(lines.subList(lines.size() - again.size(), lines.size()))
        .as("%s: taken up at event %d", history, from)
        .isEqualTo(again);
    assertThat(account).as(history).isEqualTo(accounts.getLast());
  }

  private static Map<String, BigDecimal> byCurrency(Map<String, BigDecimal> byPromotion) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    byPromotion.forEach(
        (key, amount) ->
            sums.merge(key.substring(key.lastIndexOf(' ') + 1), amount, BigDecimal::add));
    return nonZero(sums);
  }

  private static Map<String, BigDecimal> nonZero(Map<String, BigDecimal> sums) {
    Map<String, BigDecimal> nonZero = new TreeMap<>();
    sums.forEach(
        (key, sum) -> {
          if (sum.signum() != 0) {
            nonZero.put(key, sum.stripTrailingZeros());
          }
        });
    return nonZero;
  }

  private static String itemOf(ReceivablesLine line) {
    return "%s %s %s %s"
        .formatted(line.itemId(), line.dueOn(), line.region(), line.amount().currency());
  }

  private static Map<String, BigDecimal> sums(
      List<ReceivablesLine> lines,
      Predicate<ReceivablesLine> which,
      Function<ReceivablesLine, String> key) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (ReceivablesLine line : lines) {
      if (which.test(line)) {
        sums.merge(key.apply(line), ExactSplit.decimal(line.amount()), BigDecimal::add);
      }
    }
    return sums;
  }
}
