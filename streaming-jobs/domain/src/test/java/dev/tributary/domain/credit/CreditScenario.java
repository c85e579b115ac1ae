package dev.tributary.domain.credit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.domain.ExactSplit;
import dev.tributary.domain.Money;
import dev.tributary.domain.Place;
import dev.tributary.domain.receivables.Entry;
import dev.tributary.domain.receivables.LedgerAccount;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The story of one debtor's credit, told in any order. A moment is a day, which means noon in
 * Berlin, or an instant. Amounts are euros unless they name a currency. All days up to the one
 * closed last have passed; none has before.
 */
final class CreditScenario {

  static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private final CreditPolicy policy;
  private final SortedMap<Place, CreditEvent> history = new TreeMap<>();
  private LocalDate closedThrough;

  CreditScenario() {
    this(CreditPolicy.standard(BERLIN, "EUR"));
  }

  CreditScenario(CreditPolicy policy) {
    this.policy = policy;
  }

  CreditScenario billed(String invoiceId, String when, String dueOn, String amount) {
    return owed(Entry.INVOICE, invoiceId, invoiceId, when, dueOn, amount);
  }

  CreditScenario paid(
      String paymentId, String when, String invoiceId, String dueOn, String amount) {
    return owed(Entry.PAYMENT, paymentId, invoiceId, when, dueOn, "-" + amount);
  }

  CreditScenario bounced(
      String paymentId, String when, String invoiceId, String dueOn, String amount) {
    return owed(Entry.REVERSAL, paymentId, invoiceId, when, dueOn, amount);
  }

  /** A line of the receivable account. */
  CreditScenario owed(
      Entry entry, String documentId, String itemId, String when, String dueOn, String amount) {
    return happened(
        when,
        85,
        new BalanceMoved(
            LedgerAccount.RECEIVABLE,
            entry,
            documentId,
            itemId,
            money(amount),
            dayOf(when),
            LocalDate.parse(dueOn)));
  }

  /** A line of unapplied cash or free credit. */
  CreditScenario left(
      LedgerAccount account, Entry entry, String documentId, String when, String amount) {
    return happened(
        when,
        85,
        new BalanceMoved(account, entry, documentId, documentId, money(amount), dayOf(when), null));
  }

  CreditScenario shipped(String shipmentId, String when, String amount) {
    return happened(when, 48, new GoodsShipped(shipmentId, dayOf(when), money(amount)));
  }

  CreditScenario returned(String returnId, String when, String shipmentId, String amount) {
    return happened(when, 51, new GoodsReturned(returnId, shipmentId, dayOf(when), money(amount)));
  }

  CreditScenario invoiced(String invoiceId, String when, String shipmentId, String amount) {
    return happened(
        when, 40, new ShipmentInvoiced(invoiceId, shipmentId, dayOf(when), money(amount)));
  }

  CreditScenario billingCancelled(String invoiceId, String when) {
    return happened(when, 53, new BillingCancelled(invoiceId, dayOf(when)));
  }

  CreditScenario limited(String when, String amount) {
    return limited(null, when, when.substring(0, 10), null, amount);
  }

  CreditScenario limited(
      String component, String when, String from, String through, String amount) {
    return happened(
        when,
        76,
        new CreditLimitSet(
            component, LocalDate.parse(from), orNone(through), money(amount), "boss", 3));
  }

  CreditScenario pledged(
      String collateralId, String when, String from, String through, String value) {
    return happened(
        when,
        77,
        new CollateralPledged(collateralId, LocalDate.parse(from), orNone(through), money(value)));
  }

  CreditScenario assessed(AssessmentKind kind, boolean adverse, String when, String from) {
    return happened(when, 78, new DebtorAssessed(kind, adverse, LocalDate.parse(from)));
  }

  CreditScenario reviewed(String when) {
    return reviewed(when, when);
  }

  CreditScenario reviewed(String when, String reviewedOn) {
    return happened(when, 15, new CustomerReviewed(dayOf(reviewedOn)));
  }

  CreditScenario disputed(String disputeId, String when, String invoiceId, String amount) {
    return happened(when, 72, new DisputeOpened(disputeId, invoiceId, dayOf(when), money(amount)));
  }

  CreditScenario resolved(String disputeId, String when) {
    return happened(when, 73, new DisputeResolved(disputeId, dayOf(when)));
  }

  CreditScenario closed(String day) {
    closedThrough = LocalDate.parse(day);
    return this;
  }

  /** The net lines of an entry, in any order. */
  CreditScenario expect(CreditEntry entry, String... lines) {
    assertThat(net(entry)).as("%s", entry).containsExactlyInAnyOrder(lines);
    return this;
  }

  /** The net lines of an entry, in the order in which they are posted. */
  CreditScenario expectInOrder(CreditEntry entry, String... lines) {
    assertThat(net(entry)).as("%s", entry).containsExactly(lines);
    return this;
  }

  CreditScenario expectGrade(String grade) {
    Map<String, Long> counts =
        lines().stream()
            .filter(line -> line.entry() == CreditEntry.GRADE)
            .collect(
                Collectors.groupingBy(
                    CreditLine::grade, TreeMap::new, Collectors.summingLong(CreditLine::count)));
    counts.values().removeIf(count -> count <= 0);
    assertThat(counts.keySet())
        .as("grade")
        .isEqualTo(grade.equals(CreditPolicy.UNRATED) ? Set.of() : Set.of(grade));
    return this;
  }

  /** Kinds of the alerts that are raised and not cleared. */
  CreditScenario expectAlerts(String... alerts) {
    assertThat(
            state().verdict().alerts().keySet().stream()
                .map(alert -> words(alert.kind(), alert.component())))
        .as("alerts")
        .containsExactlyInAnyOrder(alerts);
    return this;
  }

  List<CreditLine> lines() {
    return CreditRun.of(policy, history, closedThrough).lines();
  }

  CreditState state() {
    return CreditRun.of(policy, history, closedThrough).state();
  }

  private List<String> net(CreditEntry entry) {
    Map<String, long[]> sums = new LinkedHashMap<>();
    for (CreditLine line : lines()) {
      if (line.entry() == entry) {
        long[] sum = sums.computeIfAbsent(addressOf(line), address -> new long[2]);
        sum[0] += line.amountMicros();
        sum[1] += line.count();
      }
    }
    List<String> net = new ArrayList<>();
    sums.forEach(
        (address, sum) -> {
          if (sum[0] != 0 || sum[1] != 0) {
            String currency = address.substring(address.lastIndexOf(' ') + 1);
            String rest = address.substring(0, address.length() - currency.length()).strip();
            String amount = currency.equals("-") ? null : new Money(sum[0], currency).toString();
            String count = Math.abs(sum[1]) > 1 ? sum[1] + " times " : sum[1] < 0 ? "-" : "";
            net.add(count + words(rest, amount));
          }
        });
    return net;
  }

  private static String addressOf(CreditLine line) {
    Object day =
        switch (line.entry()) {
          case GRADE, LIMIT, ALERT -> line.effectiveOn();
          case EXPOSURE, COLLATERAL, FELL_DUE, PAID_IN_TIME, REVIEW, LEVERAGE -> null;
        };
    return words(
        line.step(),
        line.alert(),
        line.component(),
        line.itemId(),
        line.grade(),
        line.entry() == CreditEntry.REVIEW ? null : line.dueOn(),
        day,
        line.currency() == null ? "-" : line.currency());
  }

  private static String words(Object... words) {
    return Stream.of(words)
        .filter(Objects::nonNull)
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }

  private CreditScenario happened(String when, int typeRank, CreditEvent event) {
    Instant occurredAt =
        when.length() == 10
            ? LocalDate.parse(when).atTime(12, 0).atZone(BERLIN).toInstant()
            : Instant.parse(when);
    int sequence = history.size();
    history.put(new Place(occurredAt, typeRank, sequence, "event-" + sequence), event);
    return this;
  }

  private static LocalDate orNone(String day) {
    return day == null ? null : LocalDate.parse(day);
  }

  private static Money money(String text) {
    return ExactSplit.money(text.contains(" ") ? text : text + " EUR");
  }

  private static LocalDate dayOf(String when) {
    return when.length() == 10
        ? LocalDate.parse(when)
        : LocalDate.ofInstant(Instant.parse(when), BERLIN);
  }
}
