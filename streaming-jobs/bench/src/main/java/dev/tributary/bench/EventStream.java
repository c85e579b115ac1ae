package dev.tributary.bench;

import dev.tributary.events.CostClass;
import dev.tributary.events.Envelope;
import dev.tributary.events.InvoiceIssued;
import dev.tributary.events.InvoiceLine;
import dev.tributary.events.PaymentReceived;
import dev.tributary.events.PromotionCostIncurred;
import dev.tributary.events.PromotionPlanned;
import dev.tributary.events.SaleLine;
import dev.tributary.events.SaleRecorded;
import dev.tributary.events.Settlement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.avro.specific.SpecificRecord;

/**
 * The events of a benchmark. Each is a function of the seed and its place, so that a duplicate is
 * made again instead of remembered.
 *
 * <p>Two retailers sell over the counter, a wholesaler on account to dealers who are invoiced and
 * pay; all three run promotions. Every fifth record repeats one of the last 50,000 events, and one
 * event in twenty happened up to three days before those around it.
 */
final class EventStream {

  /** Sells on account; what it collects comes from its dealers' payments. */
  static final String WHOLESALER = "meridian";

  /** Every so many records one is a repetition: 20 %. */
  private static final int REPETITION_EVERY = 5;

  private static final long REPEATED_AMONG = 50_000;
  private static final List<String> RETAILERS = List.of("harbor", "juniper");
  private static final int PROMOTIONS_PER_COMPANY = 60;
  private static final int PLANS = 3 * PROMOTIONS_PER_COMPANY;
  private static final List<String> REGIONS =
      List.of("East", "West", "North", "South", "Centre", "Coast", "Islands", "Online");
  private static final Instant BEGIN = Instant.parse("2025-01-01T00:00:00Z");
  private static final long SECONDS_PER_DAY = 86_400;

  /** The trade of a day is the same in a short stream as in a long one. */
  private static final long EVENTS_PER_DAY = 20_000;

  private static final long MICROS = 1_000_000;

  private final long seed;
  private final long records;
  private final long events;
  private final int shoppers;
  private final int dealers;

  EventStream(long seed, long records) {
    this.seed = seed;
    this.records = records;
    this.events = records - records / REPETITION_EVERY;
    this.shoppers = (int) Math.max(1_000, records / 25);
    this.dealers = (int) Math.max(200, records / 500);
  }

  /** How many records there are, repetitions included. */
  long records() {
    return records;
  }

  /** How many different events there are. */
  long events() {
    return events;
  }

  /** The record at a place, from 0. */
  SpecificRecord at(long place) {
    long block = place / REPETITION_EVERY;
    if (place % REPETITION_EVERY < REPETITION_EVERY - 1) {
      return event(place - block);
    }

    long soFar = (block + 1) * (REPETITION_EVERY - 1);
    return event(soFar - 1 - random(~place).nextLong(Math.min(soFar, REPEATED_AMONG)));
  }

  private SplittableRandom random(long number) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number * 0xD1B54A32D192ED03L);
  }

  private SpecificRecord event(long number) {
    SplittableRandom random = random(number);
    if (number < PLANS) {
      return plan((int) number, random);
    }

    Instant at = instant(number, random);
    int kind = random.nextInt(1000);
    if (kind < 45) {
      return cost(number, at, random);
    } else if (kind < 180) {
      return payment(number, at, random);
    } else if (kind < 330) {
      return invoice(number, at, random);
    } else if (kind < 510) {
      return sale(number, at, WHOLESALER, random);
    }
    return sale(number, at, RETAILERS.get(random.nextInt(RETAILERS.size())), random);
  }

  private Instant instant(long number, SplittableRandom random) {
    long seconds = number * SECONDS_PER_DAY / EVENTS_PER_DAY;
    long early = random.nextInt(20) == 0 ? random.nextLong(3 * SECONDS_PER_DAY) : 0;
    return BEGIN.plusSeconds(Math.max(0, seconds - early));
  }

  private SpecificRecord plan(int number, SplittableRandom random) {
    String company = company(number % 3);
    LocalDate starts = day(BEGIN).plusDays(random.nextInt(90));
    return PromotionPlanned.newBuilder()
        .setEnvelope(envelope("plan:" + number, number, BEGIN, company))
        .setPromotionId(promotion(number / 3))
        .setName("Promotion " + number)
        .setMedia(List.of("Radio", "Paper"))
        .setRegion(null)
        .setStartsOn(starts)
        .setEndsOn(starts.plusDays(30))
        .setPlannedCostMicros(amount(random, 10_000, 90_000))
        .setCurrency(currency(company))
        .build();
  }

  private SpecificRecord cost(long number, Instant at, SplittableRandom random) {
    String company = company(random.nextInt(3));
    CostClass[] classes = CostClass.values();
    return PromotionCostIncurred.newBuilder()
        .setEnvelope(envelope("cost:" + number, number, at, company))
        .setPromotionId(anyPromotion(random))
        .setCostClass(classes[random.nextInt(classes.length)])
        .setIncurredOn(day(at))
        .setAmountMicros(amount(random, 20, 800))
        .setCurrency(currency(company))
        .setRegion(region(random))
        .build();
  }

  private SpecificRecord payment(long number, Instant at, SplittableRandom random) {
    return PaymentReceived.newBuilder()
        .setEnvelope(envelope("payment:" + number, number, at, WHOLESALER))
        .setPaymentId("pay-" + number)
        .setCustomerId(dealer(random))
        .setReceivedOn(day(at))
        .setAmountMicros(amount(random, 100, 1_100))
        .setCurrency(currency(WHOLESALER))
        .build();
  }

  private SpecificRecord invoice(long number, Instant at, SplittableRandom random) {
    int size = 1 + random.nextInt(3);
    List<InvoiceLine> lines = new ArrayList<>(size);
    for (int line = 1; line <= size; line++) {
      lines.add(
          InvoiceLine.newBuilder()
              .setLineNo(line)
              .setPromotionId(promotionOrNone(random))
              .setAmountMicros(amount(random, 50, 500))
              .build());
    }
    return InvoiceIssued.newBuilder()
        .setEnvelope(envelope("invoice:" + number, number, at, WHOLESALER))
        .setInvoiceId("inv-" + number)
        .setCustomerId(dealer(random))
        .setRegion(region(random))
        .setIssuedOn(day(at))
        .setDueOn(day(at).plusDays(30))
        .setCurrency(currency(WHOLESALER))
        .setLines(lines)
        .build();
  }

  private SpecificRecord sale(long number, Instant at, String company, SplittableRandom random) {
    boolean onAccount = company.equals(WHOLESALER);
    int size = 1 + random.nextInt(3);
    List<SaleLine> lines = new ArrayList<>(size);
    for (int line = 1; line <= size; line++) {
      long net = amount(random, 5, 250);
      lines.add(
          SaleLine.newBuilder()
              .setLineNo(line)
              .setProductId("product-" + random.nextInt(2_000))
              .setPromotionId(promotionOrNone(random))
              .setUnitsMicros((1 + random.nextInt(5)) * MICROS)
              .setNetAmountMicros(net)
              .setCostOfGoodsMicros(net * 6 / 10)
              .build());
    }
    return SaleRecorded.newBuilder()
        .setEnvelope(envelope("sale:" + number, number, at, company))
        .setSaleId("s-" + number)
        .setCustomerId(onAccount ? dealer(random) : "shopper-" + random.nextInt(shoppers))
        .setStoreId(onAccount ? null : "store-" + random.nextInt(40))
        .setRegion(region(random))
        .setSoldOn(day(at))
        .setSettlement(onAccount ? Settlement.ON_ACCOUNT : Settlement.AT_SALE)
        .setCurrency(currency(company))
        .setLines(lines)
        .build();
  }

  private static Envelope envelope(String id, long number, Instant at, String company) {
    return Envelope.newBuilder()
        .setEventId(id)
        .setCorrects(null)
        .setRevision(0)
        .setSource("bench")
        .setSourceSequence(number)
        .setOccurredAt(at)
        .setRecordedAt(at.plusSeconds(1))
        .setCompany(company)
        .build();
  }

  private static String company(int number) {
    return number < RETAILERS.size() ? RETAILERS.get(number) : WHOLESALER;
  }

  private static String currency(String company) {
    return company.equals(WHOLESALER) ? "USD" : "CNY";
  }

  private static String promotion(int number) {
    return "promotion-" + number;
  }

  private static String anyPromotion(SplittableRandom random) {
    return promotion(random.nextInt(PROMOTIONS_PER_COMPANY));
  }

  private static String promotionOrNone(SplittableRandom random) {
    return random.nextInt(10) < 6 ? anyPromotion(random) : null;
  }

  private String dealer(SplittableRandom random) {
    return "dealer-" + random.nextInt(dealers);
  }

  private static String region(SplittableRandom random) {
    return REGIONS.get(random.nextInt(REGIONS.size()));
  }

  private static LocalDate day(Instant at) {
    return at.atOffset(ZoneOffset.UTC).toLocalDate();
  }

  /** An amount in whole cents, as millionths. */
  private static long amount(SplittableRandom random, int from, int to) {
    return random.nextLong(from * 100L, to * 100L) * (MICROS / 100);
  }
}
