package dev.tributary.domain.receivables;

import static dev.tributary.domain.receivables.Entry.ADJUSTMENT;
import static dev.tributary.domain.receivables.Entry.APPLICATION;
import static dev.tributary.domain.receivables.Entry.CANCELLATION;
import static dev.tributary.domain.receivables.Entry.CREDIT_NOTE;
import static dev.tributary.domain.receivables.Entry.INVOICE;
import static dev.tributary.domain.receivables.Entry.PAYMENT;
import static dev.tributary.domain.receivables.Entry.REFUND;
import static dev.tributary.domain.receivables.Entry.RELEASE;
import static dev.tributary.domain.receivables.Entry.REVERSAL;
import static dev.tributary.domain.receivables.Entry.WRITE_OFF;
import static dev.tributary.domain.receivables.LedgerAccount.ADJUSTED;
import static dev.tributary.domain.receivables.LedgerAccount.BILLED;
import static dev.tributary.domain.receivables.LedgerAccount.CANCELLED;
import static dev.tributary.domain.receivables.LedgerAccount.CASH;
import static dev.tributary.domain.receivables.LedgerAccount.CREDITED;
import static dev.tributary.domain.receivables.LedgerAccount.FREE_CREDIT;
import static dev.tributary.domain.receivables.LedgerAccount.RECEIVABLE;
import static dev.tributary.domain.receivables.LedgerAccount.UNAPPLIED_CASH;
import static dev.tributary.domain.receivables.LedgerAccount.WRITTEN_OFF;

import dev.tributary.domain.Money;
import dev.tributary.domain.PersistentSortedMap;
import dev.tributary.domain.Place;
import dev.tributary.domain.receivables.PotKey.Source;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One event on its way into an account: works on the account's maps and posts the event's lines.
 */
final class Posting {

  private static final Place BEFORE_ALL =
      new Place(Instant.MIN, Integer.MIN_VALUE, Long.MIN_VALUE, "");

  private final Place place;
  private final LocalDate effectiveOn;
  private final Consumer<? super ReceivablesLine> lines;

  private PersistentSortedMap<ItemKey, PromotionAmounts> openItems;
  private PersistentSortedMap<ItemOf, Boolean> itemsOf;
  private PersistentSortedMap<PotKey, Long> pots;
  private PersistentSortedMap<String, Payment> payments;
  private PersistentSortedMap<String, LocalDate> cancelled;

  Posting(
      Account account,
      Place place,
      LocalDate effectiveOn,
      Consumer<? super ReceivablesLine> lines) {
    this.place = place;
    this.effectiveOn = effectiveOn;
    this.lines = lines;
    this.openItems = PersistentSortedMap.copyOf(account.openItems());
    this.itemsOf = PersistentSortedMap.copyOf(account.itemsOf());
    this.pots = PersistentSortedMap.copyOf(account.pots());
    this.payments = PersistentSortedMap.copyOf(account.payments());
    this.cancelled = PersistentSortedMap.copyOf(account.cancelled());
  }

  Account account() {
    return new Account(openItems, itemsOf, pots, payments, cancelled);
  }

  void bill(InvoiceIssued invoice) {
    String id = invoice.invoiceId();
    PromotionAmounts billed = PromotionAmounts.billedBy(invoice);
    if (billed.isNothing() || cancelled.containsKey(id)) {
      return;
    }
    String currency = invoice.currency();
    List<ItemKey> items = new ArrayList<>();
    PromotionAmounts left = billed;
    for (Instalment instalment : invoice.instalments()) {
      PromotionAmounts due = left.proportion(instalment.amount());
      left = left.minus(due);
      ItemKey item =
          new ItemKey(currency, instalment.dueOn(), id, invoice.region(), invoice.contractId());
      open(item, due, INVOICE, id);
      items.add(item);
    }
    post(BILLED, INVOICE, id, id, invoice.region(), new Money(-billed.total(), currency));
    use(Source.CREDIT, Target.invoice(id), items);
    use(Source.CASH, Target.invoice(id), items);
    if (invoice.contractId() != null) {
      use(Source.CASH, Target.contract(invoice.contractId()), items);
    }
  }

  void cancel(InvoiceCancelled cancellation) {
    String id = cancellation.invoiceId();
    cancelled = cancelled.with(id, cancellation.cancelledOn());
    for (Map.Entry<String, Payment> payment : List.copyOf(payments.entrySet())) {
      payment
          .getValue()
          .applied()
          .forEach(
              (item, amounts) -> {
                if (item.invoiceId().equals(id)) {
                  release(payment.getKey(), item, amounts);
                }
              });
    }
    for (ItemKey item : itemsOf(Target.invoice(id))) {
      long whole = openItems.get(item).total();
      lower(item, whole, CANCELLATION, id);
      post(CANCELLED, CANCELLATION, id, id, item.region(), new Money(whole, item.currency()));
    }
  }

  void credit(CreditNoteIssued creditNote) {
    String id = creditNote.creditNoteId();
    Money amount = creditNote.amount();
    Target target = creditNote.invoiceId() == null ? null : Target.invoice(creditNote.invoiceId());
    post(CREDITED, CREDIT_NOTE, id, id, null, amount);
    long left = amount.micros();
    if (target != null) {
      left = settle(target, amount, CREDIT_NOTE, id, (item, taken) -> {});
    }
    post(FREE_CREDIT, CREDIT_NOTE, id, id, null, new Money(-left, amount.currency()));
    keep(new PotKey(Source.CREDIT, amount.currency(), target, place, id), left);
  }

  void writeOff(ReceivableWrittenOff writeOff) {
    String id = writeOff.writeOffId();
    Money amount = writeOff.amount();
    long left =
        settle(Target.invoice(writeOff.invoiceId()), amount, WRITE_OFF, id, (item, taken) -> {});
    post(WRITTEN_OFF, WRITE_OFF, id, id, null, amount.minus(new Money(left, amount.currency())));
  }

  void adjust(BalanceAdjusted adjustment) {
    String id = adjustment.adjustmentId();
    Money amount = adjustment.amount();
    switch (adjustment.direction()) {
      case OWES_MORE -> {
        String owed = adjustment.invoiceId() == null ? id : adjustment.invoiceId();
        owe(ItemKey.without(amount.currency(), effectiveOn, owed), amount, ADJUSTMENT, id);
        post(ADJUSTED, ADJUSTMENT, id, id, null, amount.negate());
      }
      case OWES_LESS -> {
        Target target =
            adjustment.invoiceId() == null ? null : Target.invoice(adjustment.invoiceId());
        long left = settle(target, amount, ADJUSTMENT, id, (item, taken) -> {});
        post(ADJUSTED, ADJUSTMENT, id, id, null, amount);
        post(FREE_CREDIT, ADJUSTMENT, id, id, null, new Money(-left, amount.currency()));
        keep(new PotKey(Source.CREDIT, amount.currency(), null, place, id), left);
      }
    }
  }

  void receive(PaymentReceived received) {
    String id = received.paymentId();
    Money amount = received.amount();
    if (payments.getOrDefault(id, Payment.UNSEEN).reversed() || amount.isZero()) {
      return;
    }
    post(CASH, PAYMENT, id, id, null, amount);
    Money unallocated = amount;
    Money unapplied = Money.zero(amount.currency());
    for (Allocation allocation : received.allocations()) {
      unallocated = unallocated.minus(allocation.amount());
      unapplied =
          unapplied.plus(pay(Target.invoice(allocation.invoiceId()), allocation.amount(), id));
    }
    if (!received.allocations().isEmpty()) {
      // The payer said what is paid, so this is too much.
      leave(null, unallocated, id);
      unapplied = unapplied.plus(unallocated);
    } else if (received.contractId() != null) {
      unapplied = unapplied.plus(pay(Target.contract(received.contractId()), unallocated, id));
    } else {
      unapplied = unapplied.plus(pay(null, unallocated, id));
    }
    post(UNAPPLIED_CASH, PAYMENT, id, id, null, unapplied.negate());
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
    for (PotKey pot : payment.pots()) {
      Money left = new Money(pots.get(pot), pot.currency());
      pots = pots.without(pot);
      post(UNAPPLIED_CASH, REVERSAL, id, id, null, left);
      held.merge(pot.currency(), left.micros(), Math::addExact);
    }
    payment
        .refunded()
        .forEach(
            (currency, micros) -> {
              // It was paid back, and never came.
              ItemKey item = ItemKey.without(currency, effectiveOn, id);
              owe(item, new Money(micros, currency), REVERSAL, id);
              held.merge(currency, micros, Math::addExact);
            });
    held.forEach(
        (currency, micros) -> post(CASH, REVERSAL, id, id, null, new Money(-micros, currency)));
    payments = payments.with(id, Payment.REVERSED);
  }

  void refund(CustomerRefunded refund) {
    String id = refund.refundId();
    String currency = refund.amount().currency();
    long left = refund.amount().micros();
    for (PotKey pot : refundable(refund)) {
      long taken = Math.min(left, pots.get(pot));
      if (taken > 0) {
        takeBack(pot, taken);
        left -= taken;
      }
    }
    // More than there was: the customer owes it.
    owe(ItemKey.without(currency, effectiveOn, id), new Money(left, currency), REFUND, id);
    post(CASH, REFUND, id, id, null, refund.amount().negate());
  }

  /** Where a refund's money lies, in the order in which it is taken. */
  private List<PotKey> refundable(CustomerRefunded refund) {
    return pots.keySet().stream()
        .filter(pot -> pot.currency().equals(refund.amount().currency()))
        .filter(pot -> isNamedBy(refund, pot))
        .sorted(Comparator.comparing(PotKey::source).thenComparing(PotKey.OLDEST_FIRST))
        .toList();
  }

  private static boolean isNamedBy(CustomerRefunded refund, PotKey pot) {
    if (refund.paymentId() == null && refund.creditNoteId() == null) {
      return true;
    }
    return switch (pot.source()) {
      case CASH -> pot.documentId().equals(refund.paymentId());
      case CREDIT -> pot.documentId().equals(refund.creditNoteId());
    };
  }

  private void takeBack(PotKey pot, long micros) {
    String id = pot.documentId();
    Money amount = new Money(micros, pot.currency());
    switch (pot.source()) {
      case CASH -> {
        post(UNAPPLIED_CASH, REFUND, id, id, null, amount);
        payments = payments.with(id, payments.get(id).refunding(pot.currency(), micros));
      }
      case CREDIT -> post(FREE_CREDIT, REFUND, id, id, null, amount);
    }
    drain(pot, micros);
  }

  /** Money that had paid an item lies unapplied again. */
  private void release(String paymentId, ItemKey item, PromotionAmounts amounts) {
    open(item, amounts, RELEASE, paymentId);
    Money released = new Money(amounts.total(), item.currency());
    post(UNAPPLIED_CASH, RELEASE, paymentId, paymentId, null, released.negate());
    payments = payments.with(paymentId, payments.get(paymentId).releasing(item));
    leave(null, released, paymentId);
  }

  /** Pays what is open of a target; what is left waits for more of it. Says what is left. */
  private Money pay(Target target, Money amount, String paymentId) {
    long left =
        settle(
            target,
            amount,
            PAYMENT,
            paymentId,
            (item, paid) ->
                payments =
                    payments.with(
                        paymentId,
                        payments.getOrDefault(paymentId, Payment.UNSEEN).paying(item, paid)));
    Money rest = new Money(left, amount.currency());
    leave(target, rest, paymentId);
    return rest;
  }

  /** A payment's money stays in a pot. */
  private void leave(Target target, Money amount, String paymentId) {
    PotKey pot = new PotKey(Source.CASH, amount.currency(), target, place, paymentId);
    keep(pot, amount.micros());
    Payment payment = payments.getOrDefault(paymentId, Payment.UNSEEN);
    payments = payments.with(paymentId, amount.isZero() ? payment : payment.leaving(pot));
  }

  private void keep(PotKey pot, long micros) {
    if (micros > 0) {
      pots = pots.with(pot, Math.addExact(pots.getOrDefault(pot, 0L), micros));
    }
  }

  private void drain(PotKey pot, long micros) {
    long left = pots.get(pot) - micros;
    pots = left == 0 ? pots.without(pot) : pots.with(pot, left);
    if (left == 0 && pot.source() == Source.CASH) {
      payments = payments.with(pot.documentId(), payments.get(pot.documentId()).usingUp(pot));
    }
  }

  /** Pays newly billed items from what waited for a target, oldest pot first. */
  private void use(Source source, Target target, List<ItemKey> items) {
    for (ItemKey item : items) {
      String currency = item.currency();
      PotKey lowest = new PotKey(source, currency, target, BEFORE_ALL, "");
      Optional<PotKey> pot = waiting(lowest);
      while (openItems.containsKey(item) && pot.isPresent()) {
        use(pot.get(), item);
        pot = waiting(lowest);
      }
    }
  }

  private Optional<PotKey> waiting(PotKey lowest) {
    return pots.firstFrom(lowest)
        .map(Map.Entry::getKey)
        .filter(pot -> pot.waitsFor(lowest.source(), lowest.currency(), lowest.target()));
  }

  private void use(PotKey pot, ItemKey item) {
    String id = pot.documentId();
    switch (pot.source()) {
      case CREDIT -> {
        long used = lower(item, pots.get(pot), CREDIT_NOTE, id).total();
        post(FREE_CREDIT, CREDIT_NOTE, id, id, null, new Money(used, pot.currency()));
        drain(pot, used);
      }
      case CASH -> {
        PromotionAmounts paid = lower(item, pots.get(pot), APPLICATION, id);
        post(UNAPPLIED_CASH, APPLICATION, id, id, null, new Money(paid.total(), pot.currency()));
        payments = payments.with(id, payments.get(id).paying(item, paid));
        drain(pot, paid.total());
      }
    }
  }

  /**
   * Lowers what is open, oldest due first, and says what is left of the amount.
   *
   * @param target invoice or contract whose items are lowered, null for any
   */
  private long settle(
      Target target,
      Money amount,
      Entry entry,
      String documentId,
      BiConsumer<ItemKey, PromotionAmounts> taken) {
    long left = amount.micros();
    Optional<ItemKey> oldest = oldestOf(target, amount.currency());
    while (left > 0 && oldest.isPresent()) {
      PromotionAmounts part = lower(oldest.get(), left, entry, documentId);
      taken.accept(oldest.get(), part);
      left -= part.total();
      oldest = oldestOf(target, amount.currency());
    }
    return left;
  }

  private List<ItemKey> itemsOf(Target target) {
    return itemsOf.keySet().stream()
        .filter(of -> of.target().equals(target))
        .map(ItemOf::item)
        .toList();
  }

  private Optional<ItemKey> oldestOf(Target target, String currency) {
    ItemKey lowest = ItemKey.lowestOf(currency);
    return (target == null
            ? openItems.firstFrom(lowest).map(Map.Entry::getKey)
            : itemsOf
                .firstFrom(new ItemOf(target, lowest))
                .map(Map.Entry::getKey)
                .filter(of -> of.target().equals(target))
                .map(ItemOf::item))
        .filter(item -> item.currency().equals(currency));
  }

  /** Opens what the customer owes without an invoice's promotions. */
  private void owe(ItemKey item, Money amount, Entry entry, String documentId) {
    if (!amount.isZero()) {
      open(item, PromotionAmounts.ofNone(amount), entry, documentId);
    }
  }

  /** Adds to what is open of an item. */
  private void open(ItemKey item, PromotionAmounts amounts, Entry entry, String documentId) {
    PromotionAmounts before = openItems.getOrDefault(item, PromotionAmounts.NOTHING);
    PromotionAmounts after = before.plus(amounts);
    if (after.isNothing()) {
      return;
    }
    openItems = openItems.with(item, after);
    for (Target target : item.targets()) {
      itemsOf = itemsOf.with(new ItemOf(target, item), true);
    }
    postReceivable(item, amounts, entry, documentId);
  }

  /** Takes up to this amount from what is open of an item, and says what it took. */
  private PromotionAmounts lower(ItemKey item, long atMost, Entry entry, String documentId) {
    PromotionAmounts before = openItems.get(item);
    long micros = Math.min(atMost, before.total());
    PromotionAmounts taken = before.proportion(new Money(micros, item.currency()));
    PromotionAmounts after = before.minus(taken);
    if (after.isNothing()) {
      openItems = openItems.without(item);
      for (Target target : item.targets()) {
        itemsOf = itemsOf.without(new ItemOf(target, item));
      }
    } else {
      openItems = openItems.with(item, after);
    }
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
              place));
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
            place));
  }
}
