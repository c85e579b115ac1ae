package dev.tributary.domain.credit;

import dev.tributary.domain.Money;
import dev.tributary.domain.PersistentSortedMap;
import dev.tributary.domain.Wake;
import dev.tributary.domain.receivables.LedgerAccount;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** One event or wake on its way into a debtor's state: works on its maps and posts the lines. */
final class Posting {

  private final CreditPolicy policy;
  private final Consumer<? super CreditLine> lines;
  private final LineMaker make;
  private final CreditState state;
  private final Instant moment;
  private final LocalDate today;

  private LocalDate passed;
  private PersistentSortedMap<Item, Long> open;
  private PersistentSortedMap<Item, Rated> rated;
  private PersistentSortedMap<ItemOf, Boolean> ratedOf;
  private PersistentSortedMap<String, Collected> collected;
  private PersistentSortedMap<Dispute, Money> disputes;
  private PersistentSortedMap<String, String> disputed;
  private PersistentSortedMap<String, Boolean> resolved;
  private PersistentSortedMap<ShipmentKey, Shipment> shipments;
  private PersistentSortedMap<ShippedBy, Boolean> shippedBy;
  private PersistentSortedMap<Settled, Boolean> settled;
  private PersistentSortedMap<String, Boolean> cancelled;
  private PersistentSortedMap<TermKey, List<Term>> terms;
  private PersistentSortedMap<String, Money> collateral;
  private PersistentSortedMap<Total, Long> totals;
  private LocalDate review;
  private boolean reviewed;

  /**
   * Begins to post.
   *
   * @param at when it happened; where a day is told to have passed after later events, it happens
   *     at the moment of the last of them
   */
  Posting(
      CreditPolicy policy,
      CreditState state,
      Instant at,
      String evidenceId,
      Consumer<? super CreditLine> lines) {
    this.policy = policy;
    this.lines = lines;
    this.state = state;
    this.moment = state.moment() == null || state.moment().isBefore(at) ? at : state.moment();
    this.today = LocalDate.ofInstant(moment, policy.zone());
    this.make = new LineMaker(today, evidenceId, policy.baseCurrency());
    this.passed = state.passed();
    this.open = PersistentSortedMap.copyOf(state.debts().open());
    this.rated = PersistentSortedMap.copyOf(state.debts().rated());
    this.ratedOf = PersistentSortedMap.copyOf(state.debts().ratedOf());
    this.collected = PersistentSortedMap.copyOf(state.debts().collected());
    this.disputes = PersistentSortedMap.copyOf(state.debts().disputes());
    this.disputed = PersistentSortedMap.copyOf(state.debts().disputed());
    this.resolved = PersistentSortedMap.copyOf(state.debts().resolved());
    this.shipments = PersistentSortedMap.copyOf(state.deliveries().shipments());
    this.shippedBy = PersistentSortedMap.copyOf(state.deliveries().shippedBy());
    this.settled = PersistentSortedMap.copyOf(state.deliveries().settled());
    this.cancelled = PersistentSortedMap.copyOf(state.deliveries().cancelled());
    this.terms = PersistentSortedMap.copyOf(state.terms());
    this.collateral = PersistentSortedMap.copyOf(state.collateral());
    this.totals = PersistentSortedMap.copyOf(state.totals());
    this.review = state.review();
    this.reviewed = state.reviewed();
  }

  void move(BalanceMoved moved) {
    Money amount = moved.amount();
    if (moved.account() != LedgerAccount.RECEIVABLE) {
      Component component = BalanceMoved.componentOf(moved.account()).orElseThrow();
      expose(component, moved.itemId(), null, amount, moved.effectiveOn(), "CRD-8");
      return;
    }
    Item item = new Item(moved.dueOn(), moved.itemId(), amount.currency());
    Component component = hasPassed(item.dueOn()) ? Component.OVERDUE : Component.NOT_DUE;
    expose(component, item.itemId(), item.dueOn(), amount, moved.effectiveOn(), "CRD-8");
    open = added(open, item, amount.micros());
    // What happens after its day there changes no rate, even where no close has said so yet.
    if (!policy.leavesWindow(item.dueOn()).isBefore(today)) {
      rated = rated.with(item, rated(rated.getOrDefault(item, Rated.NOTHING), moved));
      ratedOf = ratedOf.with(new ItemOf(item.itemId(), item), true);
      collect(item.itemId(), moved.effectiveOn());
    }
  }

  private Rated rated(Rated before, BalanceMoved moved) {
    long micros = moved.amount().micros();
    boolean pays =
        switch (moved.entry()) {
          case PAYMENT, APPLICATION, RELEASE -> true;
          // A bounced payment that was paid back is owed by an item of its own.
          case REVERSAL -> !moved.documentId().equals(moved.itemId());
          case INVOICE, CANCELLATION, CREDIT_NOTE, WRITE_OFF, ADJUSTMENT, REFUND -> false;
        };
    if (!pays) {
      return before.billing(micros);
    }
    boolean inTime = moment.isBefore(Wake.atEndOf(moved.dueOn(), policy.zone()).at());
    return micros > 0 || inTime ? before.paying(moved.documentId(), -micros) : before;
  }

  void ship(GoodsShipped shipped) {
    Optional<LocalDate> oldest = state.oldestOwed().map(Item::dueOn);
    if (oldest.isPresent()
        && oldest.get().plusDays(policy.leverageDays()).isBefore(shipped.shippedOn())) {
      lines.accept(make.leverage(shipped));
    }
    long micros = shipped.amount().micros();
    change(
        new ShipmentKey(shipped.shipmentId(), shipped.amount().currency()),
        shipment -> shipment.shipping(micros, today),
        shipped.shippedOn());
  }

  void takeBack(GoodsReturned returned) {
    if (returned.shipmentId() != null) {
      long micros = returned.amount().micros();
      change(
          new ShipmentKey(returned.shipmentId(), returned.amount().currency()),
          shipment -> shipment.returning(micros, today),
          returned.returnedOn());
    }
  }

  void bill(ShipmentInvoiced invoiced) {
    String id = invoiced.invoiceId();
    if (cancelled.containsKey(id)) {
      return;
    }
    long micros = invoiced.amount().micros();
    ShipmentKey key = new ShipmentKey(invoiced.shipmentId(), invoiced.amount().currency());
    shippedBy = shippedBy.with(new ShippedBy(id, key), true);
    change(key, shipment -> shipment.invoicing(id, micros, today), invoiced.issuedOn());
  }

  void cancel(BillingCancelled cancellation) {
    String id = cancellation.invoiceId();
    cancelled = cancelled.with(id, true);
    ShippedBy first = new ShippedBy(id, new ShipmentKey("", ""));
    for (ShippedBy billed : range(shippedBy, first, by -> by.invoiceId().equals(id))) {
      shippedBy = shippedBy.without(billed);
      change(
          billed.shipment(),
          shipment -> shipment.cancelling(id, today),
          cancellation.cancelledOn());
    }
  }

  private void change(ShipmentKey key, UnaryOperator<Shipment> how, LocalDate on) {
    Shipment before = shipments.getOrDefault(key, Shipment.unseen(today));
    Shipment after = how.apply(before);
    shipments = shipments.with(key, after);
    settled = settled.without(settled(before, key));
    if (after.uninvoiced() == 0) {
      settled = settled.with(settled(after, key), true);
    }
    Money more = new Money(after.uninvoiced() - before.uninvoiced(), key.currency());
    expose(Component.SHIPPED_NOT_INVOICED, key.shipmentId(), null, more, on, "CRD-8");
  }

  private Settled settled(Shipment shipment, ShipmentKey key) {
    return new Settled(policy.leavesWindow(shipment.movedOn()), key);
  }

  void limit(CreditLimitSet set) {
    String part = set.component() == null ? "" : set.component();
    hold(
        new TermKey(TermKey.Kind.LIMIT, part),
        term(set.effectiveOn(), set.endsOn(), set.limit(), false));
  }

  void pledge(CollateralPledged pledged) {
    hold(
        new TermKey(TermKey.Kind.COLLATERAL, pledged.collateralId()),
        term(pledged.pledgedOn(), pledged.endsOn(), pledged.value(), false));
  }

  void assess(DebtorAssessed assessed) {
    hold(
        new TermKey(TermKey.Kind.FINDING, assessed.kind().name()),
        term(assessed.assessedOn(), null, null, assessed.adverse()));
  }

  private Term term(LocalDate from, LocalDate through, Money amount, boolean adverse) {
    LocalDate opensAfter = from.isAfter(today) ? from.minusDays(1) : null;
    return new Term(from, opensAfter, through, amount, adverse);
  }

  /** The later replaces the earlier from its first day on. */
  private void hold(TermKey key, Term added) {
    List<Term> history = new ArrayList<>(terms.getOrDefault(key, List.of()));
    history.removeIf(term -> !term.from().isBefore(added.from()));
    history.add(added);
    keepCurrent(key, history);
  }

  private void keepCurrent(TermKey key, List<Term> history) {
    List<Term> current = Term.current(history, passed);
    terms = current.isEmpty() ? terms.without(key) : terms.with(key, current);
    if (key.kind() == TermKey.Kind.COLLATERAL) {
      Term inForce =
          !current.isEmpty() && current.getFirst().isOpen(passed) ? current.getFirst() : null;
      value(key.id(), inForce == null || inForce.amount().isZero() ? null : inForce.amount());
    }
  }

  private void value(String collateralId, Money value) {
    Money before = collateral.get(collateralId);
    if (before != null && !before.equals(value)) {
      lines.accept(make.collateral(collateralId, before).negate());
      collateral = collateral.without(collateralId);
    }
    if (value != null && !value.equals(before)) {
      lines.accept(make.collateral(collateralId, value));
      collateral = collateral.with(collateralId, value);
    }
  }

  void dispute(DisputeOpened opened) {
    String id = opened.disputeId();
    if (resolved.containsKey(id)) {
      return;
    }
    settleDispute(id, opened.openedOn());
    disputed = disputed.with(id, opened.invoiceId());
    disputes = disputes.with(new Dispute(opened.invoiceId(), id), opened.amount());
    collect(opened.invoiceId(), opened.openedOn());
  }

  void resolve(DisputeResolved resolution) {
    if (disputed.containsKey(resolution.disputeId())) {
      settleDispute(resolution.disputeId(), resolution.resolvedOn());
    } else {
      resolved = resolved.with(resolution.disputeId(), true);
    }
  }

  private void settleDispute(String disputeId, LocalDate on) {
    String invoiceId = disputed.get(disputeId);
    if (invoiceId != null) {
      disputed = disputed.without(disputeId);
      disputes = disputes.without(new Dispute(invoiceId, disputeId));
      collect(invoiceId, on);
    }
  }

  void review(CustomerReviewed event) {
    LocalDate on = event.reviewedOn();
    if (review != null
        && !reviewed
        && !on.isBefore(review)
        && on.isBefore(Day.nextFirstOf(policy.reviewMonths(), review))) {
      lines.accept(make.review(review, Step.DONE, on));
      reviewed = true;
    }
  }

  /** Lets a day pass. */
  void pass(LocalDate day) {
    LocalDate before = passed;
    passed = day;
    Item first = Item.firstOf(before == null ? LocalDate.MIN : before.plusDays(1));
    for (Item item : range(open, first, item -> hasPassed(item.dueOn()))) {
      Money amount = new Money(open.get(item), item.currency());
      Money less = amount.negate();
      expose(Component.NOT_DUE, item.itemId(), item.dueOn(), less, today, "ARX-2");
      expose(Component.OVERDUE, item.itemId(), item.dueOn(), amount, today, "ARX-2");
    }
    for (Item item : range(rated, first, item -> hasPassed(item.dueOn()))) {
      collect(item.itemId(), today);
    }
    while (!rated.isEmpty() && hasPassed(policy.leavesWindow(rated.firstKey().dueOn()))) {
      leaveWindow(rated.firstKey());
    }
    while (!settled.isEmpty() && hasPassed(settled.firstKey().forgottenAfter())) {
      forget(settled.firstKey());
    }
    for (Map.Entry<TermKey, List<Term>> entry : List.copyOf(terms.entrySet())) {
      keepCurrent(entry.getKey(), entry.getValue());
    }
  }

  private void leaveWindow(Item item) {
    Rated last = rated.get(item);
    rated = rated.without(item);
    ratedOf = ratedOf.without(new ItemOf(item.itemId(), item));
    count(item.currency(), -last.fellDue(), -last.paidInTime());
    collect(item.itemId(), today);
  }

  private void forget(Settled forgotten) {
    settled = settled.without(forgotten);
    for (String invoiceId : shipments.get(forgotten.shipment()).invoiced().keySet()) {
      shippedBy = shippedBy.without(new ShippedBy(invoiceId, forgotten.shipment()));
    }
    shipments = shipments.without(forgotten.shipment());
  }

  /**
   * Judges the debtor as of now. All that happens at one moment is judged together: what was said
   * of it before is taken back where it is no longer so. The parts of one change of the balance
   * come one by one, and would raise and clear what never was; and an episode would begin twice.
   *
   * @return the state to go on from
   */
  CreditState judged() {
    boolean later = !moment.equals(state.moment());
    CreditState known =
        new CreditState(
            moment,
            passed,
            new Debts(open, rated, ratedOf, collected, disputes, disputed, resolved),
            new Deliveries(shipments, shippedBy, settled, cancelled),
            terms,
            collateral,
            totals,
            review,
            reviewed,
            later ? state.verdict() : state.before(),
            state.verdict(),
            later ? List.of() : state.said());
    Judge judge = new Judge(policy, known);
    Verdict verdict = judge.verdict();
    List<CreditLine> say = judge.tell(verdict, make);
    if (sameBut(say, known.said())) {
      return known.judged(verdict, known.said());
    }
    known.said().forEach(line -> lines.accept(line.negate()));
    say.forEach(lines);
    return known.judged(verdict, say);
  }

  /** Whether the same is said, whatever for. */
  private static boolean sameBut(List<CreditLine> one, List<CreditLine> other) {
    return one.stream()
        .map(line -> line.because(""))
        .toList()
        .equals(other.stream().map(line -> line.because("")).toList());
  }

  /** Shares the disputed amounts out, oldest due first, and posts what that changes. */
  private void collect(String invoiceId, LocalDate on) {
    Map<String, Long> excluded = new HashMap<>();
    Dispute firstDispute = new Dispute(invoiceId, "");
    for (Dispute dispute : range(disputes, firstDispute, of -> of.invoiceId().equals(invoiceId))) {
      Money amount = disputes.get(dispute);
      excluded.merge(amount.currency(), amount.micros(), Math::addExact);
    }
    ItemOf first = new ItemOf(invoiceId, Item.firstOf(LocalDate.MIN));
    for (ItemOf of : range(ratedOf, first, of -> of.invoiceId().equals(invoiceId))) {
      Item item = of.item();
      if (hasPassed(item.dueOn())) {
        Rated known = rated.get(item);
        long owed = known.owed();
        long covered = known.covered();
        long left = excluded.getOrDefault(item.currency(), 0L);
        long out = Math.min(left, owed - covered);
        excluded.put(item.currency(), left - out);
        post(item, known, owed - out, covered, on);
      }
    }
  }

  private void post(Item item, Rated known, long fellDue, long paidInTime, LocalDate on) {
    long moreFellDue = fellDue - known.fellDue();
    long morePaid = paidInTime - known.paidInTime();
    if (moreFellDue != 0) {
      lines.accept(make.collection(CreditEntry.FELL_DUE, item, moreFellDue, on));
    }
    if (morePaid != 0) {
      lines.accept(make.collection(CreditEntry.PAID_IN_TIME, item, morePaid, on));
    }
    rated = rated.with(item, known.posted(fellDue, paidInTime));
    count(item.currency(), moreFellDue, morePaid);
  }

  private void count(String currency, long moreFellDue, long morePaid) {
    Collected after =
        collected.getOrDefault(currency, Collected.NOTHING).plus(moreFellDue, morePaid);
    collected = after.isNothing() ? collected.without(currency) : collected.with(currency, after);
  }

  private void expose(
      Component component,
      String itemId,
      LocalDate dueOn,
      Money amount,
      LocalDate on,
      String rule) {
    if (!amount.isZero()) {
      lines.accept(make.exposure(component, itemId, dueOn, amount, on, rule));
      totals = added(totals, new Total(component, amount.currency()), amount.micros());
    }
  }

  private boolean hasPassed(LocalDate day) {
    return Day.hasPassed(day, passed);
  }

  private static <K extends Comparable<K>> PersistentSortedMap<K, Long> added(
      PersistentSortedMap<K, Long> sums, K key, long micros) {
    long after = Math.addExact(sums.getOrDefault(key, 0L), micros);
    return after == 0 ? sums.without(key) : sums.with(key, after);
  }

  /** The keys from one on, as long as they are within. */
  private static <K extends Comparable<K>, V> List<K> range(
      PersistentSortedMap<K, V> map, K from, Predicate<K> within) {
    List<K> keys = new ArrayList<>();
    PersistentSortedMap<K, V> rest = map;
    Optional<K> next = rest.firstFrom(from).map(Map.Entry::getKey);
    while (next.filter(within).isPresent()) {
      keys.add(next.get());
      rest = rest.without(next.get());
      next = rest.firstFrom(from).map(Map.Entry::getKey);
    }
    return keys;
  }
}
