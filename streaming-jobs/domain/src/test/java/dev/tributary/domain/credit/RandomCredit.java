package dev.tributary.domain.credit;

import dev.tributary.domain.Money;
import dev.tributary.domain.Place;
import dev.tributary.domain.receivables.Account;
import dev.tributary.domain.receivables.Allocation;
import dev.tributary.domain.receivables.Instalment;
import dev.tributary.domain.receivables.InvoiceIssued;
import dev.tributary.domain.receivables.PaymentReceived;
import dev.tributary.domain.receivables.RandomHistory;
import dev.tributary.domain.receivables.ReceivablesEvent;
import dev.tributary.domain.receivables.ReceivablesFold;
import dev.tributary.domain.receivables.ReceivablesLine;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Seeded random life of one debtor: the lines of the real receivables fold over a random history,
 * with its days drawn out so that due days pass and leave the window, and what else moves credit at
 * the same instants. The lines of one event come in no order, as those of an upstream fold do.
 */
final class RandomCredit {

  private static final LocalDate START = LocalDate.parse("2026-01-01");
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final String[] CURRENCIES = {"EUR", "EUR", "EUR", "USD", "JPY"};
  private static final String[] COMPONENTS = {null, null, "OVERDUE", "SHIPPED_NOT_INVOICED"};

  private final Random random;
  private final int stretch;
  private final SortedMap<Place, CreditEvent> events = new TreeMap<>();
  private final List<Instant> instants = new ArrayList<>();

  private RandomCredit(long seed, int length) {
    this.random = new Random(seed);
    int[] stretches = {1, 5, 20, 45};
    this.stretch = stretches[random.nextInt(stretches.length)];
    addBalance(seed, length);
    for (int i = 0; i < length; i++) {
      addOther(length);
    }
  }

  static SortedMap<Place, CreditEvent> of(long seed, int length) {
    return new RandomCredit(seed, length).events;
  }

  private void addBalance(long seed, int length) {
    SortedMap<Place, ReceivablesEvent> history = new TreeMap<>(RandomHistory.of(seed, length));
    if (random.nextInt(4) > 0) {
      history.putAll(payments(history));
    }
    ReceivablesFold fold = new ReceivablesFold();
    Account account = fold.start();
    for (Map.Entry<Place, ReceivablesEvent> entry : history.entrySet()) {
      List<ReceivablesLine> lines = new ArrayList<>();
      Place place = entry.getKey();
      account = fold.step(account, place, entry.getValue(), lines::add);
      Instant occurredAt = drawnOut(place.occurredAt());
      instants.add(occurredAt);
      Collections.shuffle(lines, random);
      for (ReceivablesLine line : lines) {
        BalanceMoved.of(line)
            .ifPresent(
                moved ->
                    add(
                        occurredAt,
                        85,
                        new BalanceMoved(
                            moved.account(),
                            moved.entry(),
                            moved.documentId(),
                            moved.itemId(),
                            moved.amount(),
                            drawnOut(moved.effectiveOn()),
                            moved.dueOn() == null ? null : drawnOut(moved.dueOn()))));
      }
    }
  }

  /** Most invoices are paid, mostly in time: else all are rated alike, as bad debtors. */
  private Map<Place, ReceivablesEvent> payments(Map<Place, ReceivablesEvent> history) {
    Map<Place, ReceivablesEvent> payments = new TreeMap<>();
    int lateInTen = random.nextInt(3);
    history.forEach(
        (place, event) -> {
          if (event instanceof InvoiceIssued invoice && random.nextInt(20) > 0) {
            Instalment first = invoice.instalments().getFirst();
            Money amount = first.amount();
            for (Instalment instalment :
                invoice.instalments().subList(1, invoice.instalments().size())) {
              amount = amount.plus(instalment.amount());
            }
            long days =
                random.nextInt(10) < lateInTen
                    ? ChronoUnit.DAYS.between(invoice.issuedOn(), first.dueOn()) + 1
                    : 0;
            Instant at = place.occurredAt().plus(days, ChronoUnit.DAYS);
            String id = "G" + payments.size();
            payments.put(
                new Place(at, 60, 0, id),
                new PaymentReceived(
                    id,
                    LocalDate.ofInstant(at, ZoneOffset.UTC),
                    amount,
                    null,
                    List.of(new Allocation(invoice.invoiceId(), amount))));
          }
        });
    return payments;
  }

  private Instant drawnOut(Instant instant) {
    Instant start = START.atStartOfDay(ZoneOffset.UTC).toInstant();
    return start.plusSeconds(start.until(instant, ChronoUnit.SECONDS) * stretch);
  }

  private LocalDate drawnOut(LocalDate day) {
    return START.plusDays(START.until(day, ChronoUnit.DAYS) * stretch);
  }

  private void addOther(int length) {
    int pool = Math.max(2, length / 6);
    Instant occurredAt = instant();
    LocalDate on = LocalDate.ofInstant(occurredAt, ZONE);
    String invoiceId = "I" + random.nextInt(Math.max(2, length / 3));
    String shipmentId = "S" + random.nextInt(pool);
    LocalDate from = on.plusDays(random.nextInt(5) - 2L);
    LocalDate through = random.nextBoolean() ? null : from.plusDays(random.nextInt(40) - 2L);
    switch (random.nextInt(18)) {
      case 0, 1 -> add(occurredAt, 48, new GoodsShipped(shipmentId, on, amount()));
      case 2 ->
          add(
              occurredAt,
              51,
              new GoodsReturned("R", random.nextInt(4) == 0 ? null : shipmentId, on, amount()));
      case 3, 4 -> add(occurredAt, 40, new ShipmentInvoiced(invoiceId, shipmentId, on, amount()));
      case 5 -> add(occurredAt, 53, new BillingCancelled(invoiceId, on));
      case 6, 7 ->
          add(
              occurredAt,
              76,
              new CreditLimitSet(
                  COMPONENTS[random.nextInt(COMPONENTS.length)],
                  from,
                  through,
                  amount(),
                  "boss",
                  1));
      case 8 ->
          add(
              occurredAt,
              77,
              new CollateralPledged("K" + random.nextInt(2), from, through, amount()));
      case 9, 10, 14, 15, 16, 17 -> {
        AssessmentKind[] kinds = AssessmentKind.values();
        add(
            occurredAt,
            78,
            new DebtorAssessed(kinds[random.nextInt(kinds.length)], random.nextInt(3) > 0, from));
      }
      case 11 -> add(occurredAt, 15, new CustomerReviewed(on.plusDays(random.nextInt(30) - 10L)));
      case 12 ->
          add(
              occurredAt,
              72,
              new DisputeOpened("D" + random.nextInt(pool), invoiceId, on, amount()));
      default -> add(occurredAt, 73, new DisputeResolved("D" + random.nextInt(pool), on));
    }
  }

  /** Mostly when the balance moves too, else some time after or at the end of a day. */
  private Instant instant() {
    if (instants.isEmpty()) {
      return START.atStartOfDay(ZONE).toInstant();
    }
    Instant known = instants.get(random.nextInt(instants.size()));
    return switch (random.nextInt(4)) {
      case 0 -> known.plusSeconds(random.nextInt(86_400) * (long) stretch);
      case 1 ->
          LocalDate.ofInstant(known, ZONE)
              .plusDays(random.nextInt(100))
              .atStartOfDay(ZONE)
              .toInstant();
      default -> known;
    };
  }

  private Money amount() {
    long cents =
        switch (random.nextInt(8)) {
          case 0 -> 0;
          case 1, 2 -> 100;
          default -> random.nextInt(30_000);
        };
    return new Money(cents * 10_000, CURRENCIES[random.nextInt(CURRENCIES.length)]);
  }

  private void add(Instant occurredAt, int typeRank, CreditEvent event) {
    int sequence = events.size();
    events.put(new Place(occurredAt, typeRank, sequence, "event-" + sequence), event);
  }
}
