package dev.tributary.domain.receivables;

import dev.tributary.domain.Money;
import dev.tributary.domain.Place;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Seeded random life of one debtor, full of what goes wrong: ids that come twice, credit notes and
 * reversals before what they are about, three currencies, amounts below a cent, days on which
 * everything happens at one instant.
 */
final class RandomHistory {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String[] PROMOTIONS = {null, "autumn", "spring", "summer"};
  private static final String[] REGIONS = {"north", "south", null};

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
  static Map<Place, ReceivablesEvent> of(long seed, int length) {
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
    int kind = random.nextInt(10);
    if (kind < invoicesInTen) {
      add(occurredAt, 40, invoice(invoiceId, on));
    } else if (kind < 7) {
      add(occurredAt, 60, new PaymentReceived(paymentId, on, amount(currency())));
    } else if (kind < 9) {
      String credited = random.nextInt(4) == 0 ? null : invoiceId;
      add(
          occurredAt,
          50,
          new CreditNoteIssued("C" + random.nextInt(pool), credited, on, amount(currency())));
    } else {
      add(occurredAt, 70, new PaymentReversed(paymentId, on));
    }
  }

  private InvoiceIssued invoice(String invoiceId, LocalDate on) {
    String currency = currency();
    List<InvoiceLine> lines = new ArrayList<>();
    for (int line = random.nextInt(3); line < 3; line++) {
      lines.add(new InvoiceLine(PROMOTIONS[random.nextInt(PROMOTIONS.length)], amount(currency)));
    }
    long total = lines.stream().mapToLong(line -> line.amount().micros()).sum();
    long target = recent.isEmpty() ? 0 : nearRecent();
    if (target > total) {
      lines.add(new InvoiceLine("autumn", new Money(target - total, currency)));
      total = target;
    }
    recent.add(total);
    return new InvoiceIssued(
        invoiceId,
        REGIONS[random.nextInt(20) == 0 ? 2 : random.nextInt(2)],
        on,
        on.plusDays(random.nextInt(4) * 5L),
        lines);
  }

  /** Often a cent from an amount that occurred lately, because rules break at their boundaries. */
  private Money amount(String currency) {
    long micros = anyMicros();
    if (random.nextInt(3) == 0 && !recent.isEmpty()) {
      micros = nearRecent();
    }
    recent.add(micros);
    return new Money(micros, currency);
  }

  private long nearRecent() {
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
