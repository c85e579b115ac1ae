package dev.tributary.domain.receivables;

import dev.tributary.domain.Money;
import dev.tributary.domain.Place;
import dev.tributary.domain.receivables.BalanceAdjusted.Direction;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Seeded random life of one debtor, full of what goes wrong: ids that come twice, credit notes,
 * allocations, cancellations and reversals before what they are about, three currencies, amounts
 * below a cent, days on which everything happens at one instant.
 */
public final class RandomHistory {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String[] PROMOTIONS = {null, "autumn", "spring", "summer"};
  private static final String[] REGIONS = {"north", "south", null};
  private static final String[] CONTRACTS = {null, null, "K1", "K2"};

  private final Random random;
  private final int moments;
  private final int invoicesInTen;
  private final Map<Place, ReceivablesEvent> events = new HashMap<>();
  private final List<Long> recent = new ArrayList<>();
  private int sequence;

  private RandomHistory(long seed, int length) {
    this.random = new Random(seed);
    // From a debtor who owes to one who pays ahead.
    this.invoicesInTen = 2 + random.nextInt(4);
    this.moments = Math.max(1, length / 2);
  }

  /** The events in no order at all. */
  public static Map<Place, ReceivablesEvent> of(long seed, int length) {
    RandomHistory history = new RandomHistory(seed, length);
    for (int i = 0; i < length; i++) {
      history.addEvent(length);
    }
    return history.events;
  }

  private void addEvent(int length) {
    Instant occurredAt = START.plusSeconds(random.nextInt(moments) * 7_200L);
    LocalDate on = LocalDate.ofInstant(occurredAt, ZoneOffset.UTC);
    // A pool smaller than the number of documents makes some ids come twice.
    int pool = Math.max(2, length / 3);
    String invoiceId = "I" + random.nextInt(pool);
    String paymentId = "P" + random.nextInt(pool);
    String creditNoteId = "C" + random.nextInt(pool);
    int kind = random.nextInt(10);
    if (kind < invoicesInTen) {
      add(occurredAt, 40, invoice(invoiceId, on));
    } else if (kind < 7) {
      add(occurredAt, 60, payment(paymentId, on, pool));
    } else if (kind < 8) {
      add(
          occurredAt,
          50,
          new CreditNoteIssued(creditNoteId, orNone(invoiceId), on, amount(currency())));
    } else {
      addRareEvent(occurredAt, on, invoiceId, paymentId, creditNoteId);
    }
  }

  private void addRareEvent(
      Instant occurredAt, LocalDate on, String invoiceId, String paymentId, String creditNoteId) {
    switch (random.nextInt(6)) {
      case 0, 1 -> add(occurredAt, 70, new PaymentReversed(paymentId, on));
      case 2 -> add(occurredAt, 45, new InvoiceCancelled(invoiceId, on));
      case 3 ->
          add(
              occurredAt,
              80,
              new ReceivableWrittenOff("W" + sequence, invoiceId, on, amount(currency())));
      case 4 ->
          add(
              occurredAt,
              85,
              new BalanceAdjusted(
                  "A" + sequence,
                  orNone(invoiceId),
                  on,
                  random.nextBoolean() ? Direction.OWES_LESS : Direction.OWES_MORE,
                  amount(currency())));
      default -> {
        int named = random.nextInt(4);
        add(
            occurredAt,
            90,
            new CustomerRefunded(
                "R" + sequence,
                named == 0 || named == 3 ? paymentId : null,
                named == 1 || named == 3 ? creditNoteId : null,
                on,
                amount(currency())));
      }
    }
  }

  private String orNone(String id) {
    return random.nextInt(4) == 0 ? null : id;
  }

  private PaymentReceived payment(String paymentId, LocalDate on, int pool) {
    Money amount = amount(currency());
    List<Allocation> allocations = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      long left = amount.micros();
      for (int i = random.nextInt(3); i < 3; i++) {
        long micros = random.nextInt(3) == 0 ? left : Math.min(left, nearRecent());
        allocations.add(
            new Allocation("I" + random.nextInt(pool), new Money(micros, amount.currency())));
        left -= micros;
      }
    }
    return new PaymentReceived(paymentId, on, amount, contract(), allocations);
  }

  private String contract() {
    return CONTRACTS[random.nextInt(CONTRACTS.length)];
  }

  private InvoiceIssued invoice(String invoiceId, LocalDate on) {
    String currency = currency();
    List<InvoiceLine> lines = new ArrayList<>();
    for (int line = random.nextInt(3); line < 3; line++) {
      lines.add(new InvoiceLine(PROMOTIONS[random.nextInt(PROMOTIONS.length)], amount(currency)));
    }
    long total = lines.stream().mapToLong(line -> line.amount().micros()).sum();
    long target = nearRecent();
    if (target > total) {
      lines.add(new InvoiceLine("autumn", new Money(target - total, currency)));
      total = target;
    }
    recent.add(total);
    List<Instalment> instalments = new ArrayList<>();
    LocalDate due = on.plusDays(random.nextInt(4) * 5L);
    long left = total;
    while (random.nextInt(5) == 0) {
      long micros = random.nextInt(4) == 0 ? left : Math.min(left, nearRecent());
      instalments.add(new Instalment(due, new Money(micros, currency)));
      due = due.plusDays(random.nextInt(3) * 5L);
      left -= micros;
    }
    instalments.add(new Instalment(due, new Money(left, currency)));
    return new InvoiceIssued(
        invoiceId,
        REGIONS[random.nextInt(20) == 0 ? 2 : random.nextInt(2)],
        contract(),
        on,
        lines,
        instalments);
  }

  /** Often a cent from an amount that occurred lately, because rules break at their boundaries. */
  private Money amount(String currency) {
    long micros = anyMicros();
    if (random.nextInt(3) == 0) {
      micros = nearRecent();
    }
    recent.add(micros);
    return new Money(micros, currency);
  }

  private long nearRecent() {
    if (recent.isEmpty()) {
      return 0;
    }
    long known = recent.get(Math.max(0, recent.size() - 1 - random.nextInt(6)));
    return Math.max(0, known + (random.nextInt(3) - 1) * 10_000L);
  }

  private long anyMicros() {
    long cents =
        switch (random.nextInt(12)) {
          case 0 -> 0;
          case 1, 2, 3 -> 1 + random.nextInt(3);
          case 4, 5, 6 -> 100;
          default -> random.nextInt(30_000);
        };
    return random.nextInt(15) == 0 ? cents * 333 : cents * 10_000;
  }

  private String currency() {
    return switch (random.nextInt(10)) {
      case 0 -> "JPY";
      case 1, 2 -> "USD";
      default -> "EUR";
    };
  }

  private void add(Instant occurredAt, int typeRank, ReceivablesEvent event) {
    sequence++;
    // Several sources number their events by themselves, so positions repeat.
    events.put(new Place(occurredAt, typeRank, sequence % 3, "e" + shuffled()), event);
  }

  private int shuffled() {
    return sequence * 7_919 % 100_003;
  }
}
