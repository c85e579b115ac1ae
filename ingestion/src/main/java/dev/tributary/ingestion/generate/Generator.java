package dev.tributary.ingestion.generate;

import dev.tributary.events.BusinessDayClosed;
import dev.tributary.events.CostClass;
import dev.tributary.events.CreditNoteIssued;
import dev.tributary.events.CustomerMerged;
import dev.tributary.events.CustomerRegistered;
import dev.tributary.events.CustomerSplit;
import dev.tributary.events.Envelope;
import dev.tributary.events.InvoiceIssued;
import dev.tributary.events.InvoiceLine;
import dev.tributary.events.PaymentReceived;
import dev.tributary.events.PaymentReversed;
import dev.tributary.events.PromotionCostIncurred;
import dev.tributary.events.PromotionFinished;
import dev.tributary.events.PromotionPlanned;
import dev.tributary.events.SaleLine;
import dev.tributary.events.SaleRecorded;
import dev.tributary.events.Settlement;
import dev.tributary.ingestion.Closes;
import dev.tributary.schemas.EventCatalog;
import dev.tributary.schemas.EventType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;

/**
 * A small made-up company: customers, some of them known twice and merged, promotions with costs,
 * sales on account and at once, invoices whose lines carry promotion codes, credit notes, payments
 * of every kind, reversals; and all of it arriving as events do, late, twice, corrected, a
 * correction before what it corrects. Same {@link Config}, same events, in the same order.
 *
 * <p>Amounts are whole cents throughout: no floating point.
 */
public final class Generator {

  private static final List<String> REGIONS =
      List.of("north", "northeast", "east", "south", "southwest", "northwest");
  private static final List<String> MEDIA =
      List.of("WeChat", "Radio", "Daily Paper", "TV", "Street Handout", "Bulk Mail");
  private static final List<String> FAMILY_NAMES =
      List.of("Li", "Wang", "Zhang", "Liu", "Chen", "Yang", "Zhao", "Huang", "Zhou", "Wu");
  private static final int PROMOTIONS = 12;
  private static final int PRODUCTS = 24;
  private static final int DUE_DAYS = 30;
  private static final long MICROS_PER_CENT = 10_000L;
  private static final int OPENING_SECOND = 8 * 3600;
  private static final int SECONDS_OPEN = 12 * 3600;

  private record Customer(String id, String name, String region, String phone, int firstDay) {}

  private record Promotion(String id, int firstDay, int lastDay) {}

  private record Product(String id, long priceCents, int costPercent, boolean weighed) {}

  private record Arrival(SpecificRecord event, int day, int second, long order, String phone) {}

  private final Config config;
  private final Random random;
  private final List<Arrival> arrivals = new ArrayList<>();
  private final List<List<Runnable>> agenda = new ArrayList<>();
  private final List<Customer> buyers = new ArrayList<>();
  private final List<Promotion> promotions = new ArrayList<>();
  private final List<Product> products = new ArrayList<>();
  private final Map<String, Map<String, Long>> openCents = new LinkedHashMap<>();
  private long sequence;
  private int sales;
  private int payments;
  private int notes;

  private Generator(Config config) {
    this.config = config;
    this.random = new Random(config.seed());
    for (int day = 0; day < config.days(); day++) {
      agenda.add(new ArrayList<>());
    }
  }

  /** All events, in the order of their arrival. */
  public static List<GeneratedEvent> events(Config config) {
    Generator generator = new Generator(config);
    generator.plan();
    for (int day = 0; day < config.days(); day++) {
      generator.live(day);
    }

    return generator.arrived();
  }

  private void plan() {
    for (int i = 1; i <= PRODUCTS; i++) {
      products.add(
          new Product(
              "product-%s".formatted(padded(i, 2)),
              500 + random.nextInt(49_500),
              40 + random.nextInt(41),
              i % 6 == 0));
    }

    for (int i = 1; i <= config.customers(); i++) {
      planCustomer(i);
    }

    for (int i = 1; i <= PROMOTIONS; i++) {
      planPromotion(i);
    }
  }

  private void planCustomer(int number) {
    boolean fromTheStart = chance(800);
    int day = fromTheStart ? 0 : random.nextInt(config.days());
    Customer customer =
        new Customer(
            "C" + padded(number, 4),
            FAMILY_NAMES.get(random.nextInt(FAMILY_NAMES.size())) + " " + number,
            REGIONS.get(random.nextInt(REGIONS.size())),
            "+86139" + padded(number, 8),
            day);
    on(day, () -> register(customer));
    int secondIds = chance(60) ? (chance(300) ? 2 : 1) : 0;
    for (int i = 1; i <= secondIds; i++) {
      Customer again =
          new Customer(
              "D" + padded(number, 4) + "-" + i,
              customer.name(),
              REGIONS.get(random.nextInt(REGIONS.size())),
              customer.phone(),
              Math.min(config.days() - 1, day + random.nextInt(20)));
      int mergedOn = again.firstDay() + 5 + random.nextInt(40);
      on(again.firstDay(), () -> register(again));
      on(mergedOn, () -> merge(customer, again, mergedOn));
    }
  }

  private void planPromotion(int number) {
    int first = (number - 1) * config.days() / PROMOTIONS + random.nextInt(5);
    int last = first + 9 + random.nextInt(31);
    Promotion promotion = new Promotion("promo-" + padded(number, 2), first, last);
    promotions.add(promotion);
    String region = chance(400) ? REGIONS.get(random.nextInt(REGIONS.size())) : null;
    List<String> media = new ArrayList<>();
    int start = random.nextInt(MEDIA.size());
    for (int i = 0; i <= random.nextInt(3); i++) {
      media.add(MEDIA.get((start + i) % MEDIA.size()));
    }

    int planned = Math.max(0, first - 7);
    long plannedCents = 500_000L + random.nextInt(3_000_000);
    on(
        planned,
        () ->
            emit(
                planned,
                new PromotionPlanned(
                    envelope("promotion:" + promotion.id() + ":planned", planned),
                    promotion.id(),
                    "Promotion " + number,
                    media,
                    region,
                    date(first),
                    date(last),
                    micros(plannedCents),
                    config.currency())));
    int costs = 3 + random.nextInt(4);
    for (int i = 1; i <= costs; i++) {
      int cost = i;
      int day = first + random.nextInt(last - first + 1);
      on(day, () -> cost(promotion, cost, day, region));
    }

    on(
        last,
        () ->
            emit(
                last,
                new PromotionFinished(
                    envelope("promotion:" + promotion.id() + ":finished", last),
                    promotion.id(),
                    date(last))));
  }

  private void live(int day) {
    agenda.get(day).forEach(Runnable::run);
    int count = config.customers() / 10 + random.nextInt(config.customers() / 20 + 2);
    for (int i = 0; i < count && !buyers.isEmpty(); i++) {
      sell(buyers.get(random.nextInt(buyers.size())), day);
    }

    // Now and then somebody is credited without any invoice.
    if (chance(150) && !buyers.isEmpty()) {
      credit(buyers.get(random.nextInt(buyers.size())), null, 500 + random.nextInt(9_500), day);
    }
  }

  private void register(Customer customer) {
    buyers.add(customer);
    emitWithPhone(
        customer.firstDay(),
        new CustomerRegistered(
            envelope("customer:" + customer.id(), customer.firstDay()),
            customer.id(),
            customer.name(),
            customer.region(),
            config.phones().of(customer.phone(), null).orElseThrow()),
        customer.phone());
  }

  private void merge(Customer customer, Customer again, int day) {
    CustomerMerged merged =
        new CustomerMerged(
            envelope("merge:" + again.id(), day), customer.id(), again.id(), "same phone");
    emit(day, merged);
    if (chance(250)) {
      int splitOn = day + 5 + random.nextInt(30);
      on(
          splitOn,
          () ->
              emit(
                  splitOn,
                  new CustomerSplit(
                      envelope("split:" + again.id(), splitOn),
                      merged.getEnvelope().getEventId(),
                      "two people with one phone")));
    }
  }

  private void cost(Promotion promotion, int number, int day, String region) {
    CostClass[] classes = CostClass.values();
    PromotionCostIncurred cost =
        new PromotionCostIncurred(
            envelope("promotion:" + promotion.id() + ":cost:" + number, day),
            promotion.id(),
            classes[random.nextInt(classes.length)],
            date(day),
            micros(20_000 + random.nextInt(800_000)),
            config.currency(),
            region);
    emitCorrectable(
        day,
        cost,
        correction -> {
          PromotionCostIncurred corrected = PromotionCostIncurred.newBuilder(cost).build();
          corrected.setEnvelope(correction);
          corrected.setAmountMicros(cost.getAmountMicros() + micros(1 + random.nextInt(50_000)));
          return corrected;
        });
  }

  private void sell(Customer customer, int day) {
    sales++;
    String saleId = "S" + padded(sales, 6);
    List<Promotion> running =
        promotions.stream()
            .filter(promotion -> promotion.firstDay() <= day && day <= promotion.lastDay())
            .toList();
    boolean onAccount = chance(700);
    List<SaleLine> lines = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 1; i <= count; i++) {
      lines.add(saleLine(i, running));
    }

    Envelope envelope = envelope("sale:" + saleId, day);
    SaleRecorded sale =
        new SaleRecorded(
            envelope,
            saleId,
            customer.id(),
            null,
            customer.region(),
            date(day),
            onAccount ? Settlement.ON_ACCOUNT : Settlement.AT_SALE,
            config.currency(),
            lines);
    emitCorrectable(
        day,
        sale,
        correction -> {
          SaleRecorded corrected = SaleRecorded.newBuilder(sale).build();
          corrected.setEnvelope(correction);
          SaleLine first = corrected.getLines().getFirst();
          first.setNetAmountMicros(first.getNetAmountMicros() + micros(1 + random.nextInt(2_000)));
          if (chance(300)) {
            corrected.setCustomerId(buyers.get(random.nextInt(buyers.size())).id());
          }

          return corrected;
        });
    if (onAccount) {
      int invoicedOn = day + random.nextInt(3);
      on(invoicedOn, () -> invoice(customer, sale, invoicedOn));
    }
  }

  private SaleLine saleLine(int number, List<Promotion> running) {
    Product product = products.get(random.nextInt(products.size()));
    String promotion =
        !running.isEmpty() && chance(550) ? running.get(random.nextInt(running.size())).id() : null;
    // Weighed goods are sold in steps of an eighth.
    long eighths = product.weighed() ? 1 + random.nextInt(80) : 8L * (1 + random.nextInt(12));
    long netCents = Math.max(1, product.priceCents() * eighths / 8);
    long costMicros = micros(netCents) / 100 * product.costPercent();
    return new SaleLine(
        number, product.id(), promotion, eighths * 125_000L, micros(netCents), costMicros);
  }

  private void invoice(Customer customer, SaleRecorded sale, int day) {
    String invoiceId = "I" + sale.getSaleId().substring(1);
    List<InvoiceLine> lines = new ArrayList<>();
    long totalCents = 0;
    for (SaleLine sold : sale.getLines()) {
      // 13 % tax on top, rounded up to the cent.
      long cents = (sold.getNetAmountMicros() / MICROS_PER_CENT * 113 + 99) / 100;
      totalCents += cents;
      lines.add(new InvoiceLine(sold.getLineNo(), sold.getPromotionId(), micros(cents), null));
    }

    InvoiceIssued invoice =
        new InvoiceIssued(
            envelope("invoice:" + invoiceId, day),
            invoiceId,
            customer.id(),
            sale.getSaleId(),
            customer.region(),
            date(day),
            date(day + DUE_DAYS),
            config.currency(),
            lines,
            null,
            null,
            null,
            null);
    openCents.computeIfAbsent(customer.id(), c -> new LinkedHashMap<>()).put(invoiceId, totalCents);
    if (chance(80)) {
      int noteOn = day + 1 + random.nextInt(6);
      long credited = Math.max(1, totalCents * (5 + random.nextInt(60)) / 100);
      on(noteOn, () -> credit(customer, invoiceId, credited, noteOn));
      if (chance(300)) {
        // The note is there before its invoice.
        arrive(invoice, noteOn + 1 + random.nextInt(5), null);
        maybePay(customer, invoiceId, day);
        return;
      }
    }

    emitCorrectable(
        day,
        invoice,
        correction -> {
          InvoiceIssued corrected = InvoiceIssued.newBuilder(invoice).build();
          corrected.setEnvelope(correction);
          InvoiceLine first = corrected.getLines().getFirst();
          first.setAmountMicros(first.getAmountMicros() + micros(1 + random.nextInt(5_000)));
          return corrected;
        });
    maybePay(customer, invoiceId, day);
  }

  private void credit(Customer customer, String invoiceId, long cents, int day) {
    notes++;
    String noteId = "N" + padded(notes, 5);
    emit(
        day,
        new CreditNoteIssued(
            envelope("credit-note:" + noteId, day),
            noteId,
            customer.id(),
            invoiceId,
            date(day),
            micros(cents),
            config.currency(),
            invoiceId == null ? "goodwill" : "goods returned"));
    if (invoiceId != null) {
      settle(customer, invoiceId, cents);
    }
  }

  private void maybePay(Customer customer, String invoiceId, int day) {
    if (chance(120)) {
      return; // never pays
    }

    int paidOn = day + 3 + random.nextInt(50);
    on(paidOn, () -> pay(customer, invoiceId, paidOn));
  }

  private void pay(Customer customer, String invoiceId, int day) {
    Map<String, Long> open = openCents.get(customer.id());
    long due = open.getOrDefault(invoiceId, 0L);
    if (due <= 0) {
      return;
    }

    int kind = random.nextInt(1000);
    long cents;
    if (kind < 250) {
      cents = Math.max(1, due * (20 + random.nextInt(70)) / 100);
      int restOn = day + 5 + random.nextInt(20);
      on(restOn, () -> pay(customer, invoiceId, restOn));
      settle(customer, invoiceId, cents);
    } else if (kind < 330) {
      cents = due + 1 + random.nextInt(20_000);
      settle(customer, invoiceId, due);
    } else if (kind < 480) {
      cents = open.values().stream().mapToLong(Long::longValue).sum();
      open.clear();
    } else {
      cents = due;
      settle(customer, invoiceId, due);
    }

    payments++;
    String paymentId = "P" + padded(payments, 6);
    PaymentReceived payment =
        new PaymentReceived(
            envelope("payment:" + paymentId, day),
            paymentId,
            customer.id(),
            date(day),
            micros(cents),
            config.currency(),
            null,
            null);
    emitCorrectable(
        day,
        payment,
        correction -> {
          PaymentReceived corrected = PaymentReceived.newBuilder(payment).build();
          corrected.setEnvelope(correction);
          corrected.setAmountMicros(payment.getAmountMicros() + micros(1 + random.nextInt(1_000)));
          return corrected;
        });
    if (chance(40)) {
      int reversedOn = day + 2 + random.nextInt(9);
      on(
          reversedOn,
          () ->
              emit(
                  reversedOn,
                  new PaymentReversed(
                      envelope("reversal:" + paymentId, reversedOn),
                      paymentId,
                      customer.id(),
                      date(reversedOn),
                      "cheque bounced")));
    }
  }

  private void settle(Customer customer, String invoiceId, long cents) {
    openCents
        .get(customer.id())
        .computeIfPresent(invoiceId, (id, open) -> open > cents ? open - cents : null);
  }

  private interface Corrector {
    SpecificRecord corrected(Envelope envelope);
  }

  private void emitCorrectable(int day, SpecificRecord event, Corrector corrector) {
    if (!chance(config.corrections())) {
      emit(day, event);
      return;
    }

    Envelope original = EventType.envelopeOf(event);
    Envelope envelope = Envelope.newBuilder(original).build();
    envelope.setEventId(original.getEventId() + ":r1");
    envelope.setCorrects(original.getEventId());
    envelope.setRevision(1);
    envelope.setRecordedAt(original.getRecordedAt().plusSeconds(86_400));
    SpecificRecord corrected = corrector.corrected(envelope);
    if (chance(500)) {
      arrive(corrected, day + 1, null);
      arrive(event, day + 2 + random.nextInt(8), null);
    } else {
      arrive(event, day, null);
      arrive(corrected, day + 1 + random.nextInt(15), null);
    }
  }

  private void emit(int day, SpecificRecord event) {
    emitWithPhone(day, event, null);
  }

  private void emitWithPhone(int day, SpecificRecord event, String phone) {
    int arrivesOn = chance(config.late()) ? day + 1 + random.nextInt(40) : day;
    arrive(event, arrivesOn, phone);
  }

  private void arrive(SpecificRecord event, int day, String phone) {
    arriveOnce(event, day, phone);
    if (chance(config.duplicates())) {
      arriveOnce(event, day + random.nextInt(5), phone);
    }
  }

  private void arriveOnce(SpecificRecord event, int day, String phone) {
    int arrivesOn = Math.min(day, config.days() - 1);
    arrivals.add(
        new Arrival(event, arrivesOn, random.nextInt(SECONDS_OPEN), arrivals.size(), phone));
  }

  private List<GeneratedEvent> arrived() {
    arrivals.sort(
        Comparator.comparingInt(Arrival::day)
            .thenComparingInt(Arrival::second)
            .thenComparingLong(Arrival::order));
    EventCatalog catalog = EventCatalog.load();
    List<GeneratedEvent> events = new ArrayList<>(arrivals.size());
    int next = 0;
    for (int day = 0; day < config.days(); day++) {
      YearMonth month = YearMonth.from(date(day));
      while (next < arrivals.size() && arrivals.get(next).day() == day) {
        Arrival arrival = arrivals.get(next++);
        EventType type = catalog.typeOf(arrival.event());
        events.add(
            new GeneratedEvent(
                arrival.event(),
                type.topic(),
                null,
                type.keyOf(arrival.event()),
                events.size(),
                month,
                arrival.phone()));
      }

      close(day, month, events);
    }

    return events;
  }

  private void close(int day, YearMonth month, List<GeneratedEvent> events) {
    Instant passed = date(day + 1).atStartOfDay(config.zone()).toInstant();
    for (BusinessDayClosed copy :
        Closes.of(config.company(), config.zone(), date(day), passed, config.partitions())) {
      String partition = copy.getPartition();
      int dash = partition.lastIndexOf('-');
      events.add(
          new GeneratedEvent(
              copy,
              partition.substring(0, dash),
              Integer.valueOf(partition.substring(dash + 1)),
              null,
              events.size(),
              month,
              null));
    }
  }

  private Envelope envelope(String id, int day) {
    Instant occurredAt =
        date(day)
            .atStartOfDay(config.zone())
            .toInstant()
            .plusSeconds(OPENING_SECOND + random.nextInt(SECONDS_OPEN));
    return new Envelope(
        config.company() + ":" + id,
        null,
        0,
        "generator",
        sequence++,
        occurredAt,
        occurredAt.plusSeconds(60),
        config.company());
  }

  /** Does something on a day, unless that day is past the end. */
  private void on(int day, Runnable action) {
    if (day < config.days()) {
      agenda.get(day).add(action);
    }
  }

  private boolean chance(int perMille) {
    return random.nextInt(1000) < perMille;
  }

  private LocalDate date(int day) {
    return config.from().plusDays(day);
  }

  private static long micros(long cents) {
    return Math.multiplyExact(cents, MICROS_PER_CENT);
  }

  private static String padded(long number, int width) {
    String digits = Long.toString(number);
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }
}
