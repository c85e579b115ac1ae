package dev.tributary.domain.attribution;

import dev.tributary.domain.Money;
import dev.tributary.domain.Place;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Seeded random life of one customer: touches and conversions at the same instants and at the very
 * ends of windows, channels that repeat, documents in parts and in two currencies, refunds that
 * come before, twice or too large, cancellations, and customers who hardly ever convert.
 */
final class RandomAttribution {

  static final AttributionPolicy POLICY =
      new AttributionPolicy(
          ZoneId.of("Asia/Shanghai"),
          List.of(
              AttributionScenario.CONTRACTS,
              AttributionScenario.FIRST_SALE,
              AttributionScenario.REGISTRATIONS,
              Goal.standard("sale", ConversionKind.SALE, 7),
              new Goal(
                  "contract, long ago",
                  ConversionKind.CONTRACT,
                  false,
                  true,
                  60,
                  List.of(1_000, 0, 0),
                  1,
                  List.of(100, 200, 300, 400))),
          AttributionScenario.CHANNELS,
          "other");

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final long SIX_HOURS = 21_600;
  private static final String[] CHANNELS = {
    "search", "outdoor", "referral", "social", "direct", "internal", "other", "unheard of", null
  };
  private static final List<TouchKind> TOUCH_KINDS = List.of(TouchKind.values());
  private static final ConversionKind[] KINDS = {
    ConversionKind.CONTRACT,
    ConversionKind.CONTRACT,
    ConversionKind.SALE,
    ConversionKind.SALE,
    ConversionKind.REGISTRATION,
    // No goal is about it.
    ConversionKind.PAYMENT
  };

  /** From a few busy days to years with pauses. */
  private static final int[] PACES = {1, 4, 12, 40, 120};

  private final Random random;
  private final int length;
  private final int conversionsInTen;
  private final int moments;
  private final SortedMap<Place, AttributionEvent> events = new TreeMap<>();
  private String channel = "search";
  private long recent = 1_000_000;

  private RandomAttribution(long seed, int length) {
    this.random = new Random(seed);
    this.length = length;
    // Small seeds begin with much the same numbers, so what makes a life is taken from the seed.
    this.conversionsInTen = (int) (seed % 4);
    this.moments = Math.max(1, length * PACES[(int) (seed / 4 % PACES.length)] / 20);
    for (int i = 0; i < length; i++) {
      addEvent();
    }
  }

  static SortedMap<Place, AttributionEvent> of(long seed, int length) {
    return new RandomAttribution(seed, length).events;
  }

  private void addEvent() {
    Instant at = START.plusSeconds(random.nextInt(moments) * SIX_HOURS);
    if (random.nextInt(6) == 0) {
      at = at.plusNanos((random.nextInt(3) - 1) * 1_000L + random.nextInt(2) * 12_345_678_000L);
    }
    if (random.nextInt(10) >= conversionsInTen) {
      if (random.nextInt(12) == 0) {
        add(at, random.nextBoolean() ? 15 : 42, new MilestoneReached(milestone()));
      } else {
        add(at, 36 + random.nextInt(4), touch());
      }
    } else {
      addConversion(at);
    }
  }

  private void addConversion(Instant at) {
    LocalDate on = LocalDate.ofInstant(at, ZoneOffset.UTC);
    ConversionKind kind = KINDS[random.nextInt(KINDS.length)];
    DocumentId id = new DocumentId(kind, "K" + random.nextInt(Math.max(2, length / 5)));
    Money amount = amount();
    switch (random.nextInt(8)) {
      case 0 -> add(at, 53, new ConversionCancelled(id, on));
      case 1, 2 -> add(at, 50, new ConversionReduced(id, on, amount));
      case 3 -> add(at, 46, new ConversionRevalued(id, on, amount));
      default ->
          add(
              at,
              kind == ConversionKind.SALE ? 30 : 45,
              new ConversionMade(id, on, kind.carriesValue() ? amount : null));
    }
  }

  private Touch touch() {
    if (random.nextInt(4) > 0) {
      channel = CHANNELS[random.nextInt(CHANNELS.length)];
    }
    TouchKind kind = TOUCH_KINDS.get(random.nextInt(TOUCH_KINDS.size()));
    Call call =
        kind == TouchKind.CALL
            ? new Call(Call.Direction.INBOUND, Call.Result.CONNECTED, random.nextInt(300))
            : null;
    return new Touch(kind, channel, null, null, null, null, call);
  }

  private Milestone milestone() {
    return random.nextBoolean() ? Milestone.LEAD : Milestone.OPPORTUNITY;
  }

  /** Often one that occurred lately, because refunds break at the value they refund. */
  private Money amount() {
    recent =
        switch (random.nextInt(8)) {
          case 0 -> 0;
          case 1, 2 -> recent;
          case 3 -> Math.max(0, recent - 10_000);
          case 4 -> random.nextInt(1_000) * 333L;
          case 5 -> random.nextInt(4) * 10_000L;
          default -> random.nextInt(100_000) * 10_000L;
        };
    return new Money(recent, random.nextInt(8) == 0 ? "JPY" : "EUR");
  }

  private void add(Instant at, int typeRank, AttributionEvent event) {
    int sequence = events.size() + 1;
    // Neither the sequence of the source nor the order of ids is that of adding.
    events.put(new Place(at, typeRank, sequence % 3, "e" + sequence * 7_919 % 100_003), event);
  }
}
