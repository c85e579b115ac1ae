package dev.tributary.domain.receivables;

import static dev.tributary.domain.receivables.Entry.APPLICATION;
import static dev.tributary.domain.receivables.Entry.CREDIT_NOTE;
import static dev.tributary.domain.receivables.Entry.INVOICE;
import static dev.tributary.domain.receivables.Entry.PAYMENT;
import static dev.tributary.domain.receivables.Entry.REVERSAL;
import static dev.tributary.domain.receivables.LedgerAccount.BILLED;
import static dev.tributary.domain.receivables.LedgerAccount.CASH;
import static dev.tributary.domain.receivables.LedgerAccount.CREDITED;
import static dev.tributary.domain.receivables.LedgerAccount.FREE_CREDIT;
import static dev.tributary.domain.receivables.LedgerAccount.RECEIVABLE;
import static dev.tributary.domain.receivables.LedgerAccount.UNAPPLIED_CASH;

import dev.tributary.domain.Money;
import dev.tributary.domain.PersistentSortedMap;
import dev.tributary.domain.Place;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One event on its way into an account: works on the account's maps and posts the event's lines.
 */
final class Posting {

  private final Place place;
  private final LocalDate effectiveOn;
  private final Consumer<? super ReceivablesLine> lines;

  private PersistentSortedMap<ItemKey, PromotionAmounts> openItems;
  private PersistentSortedMap<CashKey, Remainder> unappliedCash;
  private PersistentSortedMap<CreditKey, Remainder> waitingCredits;
  private PersistentSortedMap<String, Payment> payments;

  Posting(
      Account account,
      Place place,
      LocalDate effectiveOn,
      Consumer<? super ReceivablesLine> lines) {
    this.place = place;
    this.effectiveOn = effectiveOn;
    this.lines = lines;
    this.openItems = PersistentSortedMap.copyOf(account.openItems());
    this.unappliedCash = PersistentSortedMap.copyOf(account.unappliedCash());
    this.waitingCredits = PersistentSortedMap.copyOf(account.waitingCredits());
    this.payments = PersistentSortedMap.copyOf(account.payments());
  }

  Account account() {
    return new Account(openItems, unappliedCash, waitingCredits, payments);
  }

  void bill(InvoiceIssued invoice) {
    PromotionAmounts billed = PromotionAmounts.billedBy(invoice);
    if (billed.isNothing()) {
      return;
    }
    String currency = invoice.lines().getFirst().amount().currency();
    ItemKey item = new ItemKey(currency, invoice.dueOn(), invoice.invoiceId(), invoice.region());
    open(item, billed, INVOICE, invoice.invoiceId());
    post(
        BILLED,
        INVOICE,
        invoice.invoiceId(),
        invoice.invoiceId(),
        invoice.region(),
        new Money(-billed.total(), currency));
    useWaitingCredits(item);
    useUnappliedCash(item);
  }

  void credit(CreditNoteIssued creditNote) {
    String id = creditNote.creditNoteId();
    String currency = creditNote.amount().currency();
    post(CREDITED, CREDIT_NOTE, id, id, null, creditNote.amount());
    long left = creditNote.amount().micros();
    for (ItemKey item : itemsOf(creditNote)) {
      left -= lower(item, left, CREDIT_NOTE, id).total();
    }
    post(FREE_CREDIT, CREDIT_NOTE, id, id, null, new Money(-left, currency));
    if (left > 0 && creditNote.invoiceId() != null) {
      waitingCredits =
          waitingCredits.with(
              new CreditKey(currency, creditNote.invoiceId(), place), new Remainder(id, left));
    }
  }

  void receive(PaymentReceived received) {
    String id = received.paymentId();
    String currency = received.amount().currency();
    Payment payment = payments.getOrDefault(id, Payment.UNSEEN);
    if (payment.reversed() || received.amount().isZero()) {
      return;
    }
    post(CASH, PAYMENT, id, id, null, received.amount());
    long left = received.amount().micros();
    Optional<ItemKey> oldest = oldestDue(currency);
    while (left > 0 && oldest.isPresent()) {
      PromotionAmounts paid = lower(oldest.get(), left, PAYMENT, id);
      payment = payment.paying(oldest.get(), paid);
      left -= paid.total();
      oldest = oldestDue(currency);
    }
    if (left > 0) {
      post(UNAPPLIED_CASH, PAYMENT, id, id, null, new Money(-left, currency));
      CashKey rest = new CashKey(currency, place);
      unappliedCash = unappliedCash.with(rest, new Remainder(id, left));
      payment = payment.leaving(rest);
    }
    payments = payments.with(id, payment);
  }

  void reverse(PaymentReversed reversal) {
    String id = reversal.paymentId();
    Payment payment = payments.getOrDefault(id, Payment.UNSEEN);
    SortedMap<String, Long> held = new TreeMap<>();
    payment
        .applied()
        .forEach(
            (item, amounts) -> {
              open(item, amounts, REVERSAL, id);
              held.merge(item.currency(), amounts.total(), Math::addExact);
            });
    for (CashKey rest : payment.unapplied()) {
      Money left = new Money(unappliedCash.get(rest).micros(), rest.currency());
      unappliedCash = unappliedCash.without(rest);
      post(UNAPPLIED_CASH, REVERSAL, id, id, null, left);
      held.merge(rest.currency(), left.micros(), Math::addExact);
    }
    held.forEach(
        (currency, micros) -> post(CASH, REVERSAL, id, id, null, new Money(-micros, currency)));
    payments = payments.with(id, Payment.REVERSED);
  }

  private void useWaitingCredits(ItemKey item) {
    CreditKey lowest = CreditKey.lowestOf(item.currency(), item.invoiceId());
    while (openItems.containsKey(item)) {
      Map.Entry<CreditKey, Remainder> credit =
          waitingCredits.firstFrom(lowest).filter(e -> e.getKey().credits(item)).orElse(null);
      if (credit == null) {
        return;
      }
      String id = credit.getValue().documentId();
      long used = lower(item, credit.getValue().micros(), CREDIT_NOTE, id).total();
      post(FREE_CREDIT, CREDIT_NOTE, id, id, null, new Money(used, item.currency()));
      waitingCredits = lowered(waitingCredits, credit, used);
    }
  }

  private void useUnappliedCash(ItemKey item) {
    CashKey lowest = CashKey.lowestOf(item.currency());
    while (openItems.containsKey(item)) {
      Map.Entry<CashKey, Remainder> cash =
          unappliedCash
              .firstFrom(lowest)
              .filter(e -> e.getKey().currency().equals(item.currency()))
              .orElse(null);
      if (cash == null) {
        return;
      }
      String id = cash.getValue().documentId();
      PromotionAmounts paid = lower(item, cash.getValue().micros(), APPLICATION, id);
      post(UNAPPLIED_CASH, APPLICATION, id, id, null, new Money(paid.total(), item.currency()));
      unappliedCash = lowered(unappliedCash, cash, paid.total());
      Payment payment = payments.get(id).paying(item, paid);
      payments =
          payments.with(
              id,
              unappliedCash.containsKey(cash.getKey()) ? payment : payment.usingUp(cash.getKey()));
    }
  }

  private static <K extends Comparable<? super K>> PersistentSortedMap<K, Remainder> lowered(
      PersistentSortedMap<K, Remainder> remainders, Map.Entry<K, Remainder> entry, long used) {
    return used == entry.getValue().micros()
        ? remainders.without(entry.getKey())
        : remainders.with(entry.getKey(), entry.getValue().minus(used));
  }

  private List<ItemKey> itemsOf(CreditNoteIssued creditNote) {
    return openItems.keySet().stream()
        .filter(item -> item.isBilledBy(creditNote.invoiceId(), creditNote.amount().currency()))
        .toList();
  }

  private Optional<ItemKey> oldestDue(String currency) {
    return openItems
        .firstFrom(ItemKey.lowestOf(currency))
        .map(Map.Entry::getKey)
        .filter(item -> item.currency().equals(currency));
  }

  /** Adds to what is open of an item. */
  private void open(ItemKey item, PromotionAmounts amounts, Entry entry, String documentId) {
    PromotionAmounts before = openItems.getOrDefault(item, PromotionAmounts.NOTHING);
    openItems = openItems.with(item, before.plus(amounts));
    postReceivable(item, amounts, entry, documentId);
  }

  /** Takes up to this amount from what is open of an item, and says what it took. */
  private PromotionAmounts lower(ItemKey item, long atMost, Entry entry, String documentId) {
    PromotionAmounts before = openItems.get(item);
    long micros = Math.min(atMost, before.total());
    PromotionAmounts taken = before.proportion(new Money(micros, item.currency()));
    PromotionAmounts after = before.minus(taken);
    openItems = after.isNothing() ? openItems.without(item) : openItems.with(item, after);
    postReceivable(item, taken.negate(), entry, documentId);
    return taken;
  }

  private void postReceivable(
      ItemKey item, PromotionAmounts amounts, Entry entry, String documentId) {
    for (PromotionAmount part : amounts.parts()) {
      lines.accept(
          new ReceivablesLine(
              RECEIVABLE,
              entry,
              documentId,
              item.invoiceId(),
              part.promotionId(),
              item.region(),
              new Money(part.micros(), item.currency()),
              effectiveOn,
              item.dueOn(),
              entry.ruleId(),
              place.eventId()));
    }
  }

  private void post(
      LedgerAccount account,
      Entry entry,
      String documentId,
      String itemId,
      String region,
      Money amount) {
    if (amount.isZero()) {
      return;
    }
    lines.accept(
        new ReceivablesLine(
            account,
            entry,
            documentId,
            itemId,
            null,
            region,
            amount,
            effectiveOn,
            null,
            entry.ruleId(),
            place.eventId()));
  }
}
