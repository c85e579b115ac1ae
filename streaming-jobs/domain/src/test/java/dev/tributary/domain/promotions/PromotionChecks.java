package dev.tributary.domain.promotions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.domain.Money;
import dev.tributary.domain.Place;
import dev.tributary.domain.receivables.Debtor;
import dev.tributary.domain.receivables.Entry;
import dev.tributary.domain.receivables.LedgerAccount;
import dev.tributary.domain.receivables.ReceivablesLine;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Promotion results over seeded random events, some of them taken back, against a second writing of
 * the rule that asks each question of all events anew.
 */
public final class PromotionChecks {

  private static final String[] PROMOTIONS = {null, "spring", "summer"};
  private static final String[] REGIONS = {null, "north", "south"};
  private static final List<Entry> ENTRIES = List.of(Entry.values());
  private static final LocalDate START = LocalDate.parse("2026-03-01");

  private PromotionChecks() {}

  /** Fails with the seed of the events that do not hold. */
  public static void run() {
    for (long seed = 1; seed <= 40; seed++) {
      Random random = new Random(seed);
      List<Object> kept = new ArrayList<>();
      PromotionSums sums = new PromotionSums();
      for (int i = 0; i < 150; i++) {
        Object event = anyEvent(random);
        sums.add(event, 1);
        if (random.nextInt(4) == 0) {
          sums.add(event, -1);
        } else {
          kept.add(event);
        }
      }
      assertThat(sums.results()).as("seed %d", seed).isEqualTo(reference(kept));
    }
  }

  /** What a runtime does with a commutative fold, in its simplest form. */
  private static final class PromotionSums {

    private final PromotionFold fold = new PromotionFold(new PromotionPolicy(true));
    private final Map<PromotionAddress, PromotionMeasures> sums = new HashMap<>();
    private final Map<PromotionAddress, Map<String, Integer>> members = new HashMap<>();

    void add(Object input, int sign) {
      PromotionEvent event =
          input instanceof ReceivablesLine line
              ? Receipt.of(new Debtor("acme", "any"), line).orElse(null)
              : (PromotionEvent) input;
      if (event == null) {
        return;
      }
      fold.contributions(
          event,
          (address, measures) -> {
            assertThat(event.promotions()).contains(address.promotion());
            sums.merge(address, sign > 0 ? measures : measures.negate(), PromotionMeasures::plus);
          });
      fold.members(
          event,
          (address, member) ->
              members
                  .computeIfAbsent(address, a -> new HashMap<>())
                  .merge(member, sign, Integer::sum));
    }

    Map<String, Map<String, BigInteger>> results() {
      Map<PromotionAddress, PromotionMeasures> all = new HashMap<>(sums);
      members.forEach(
          (address, counts) ->
              all.merge(
                  address,
                  fold.ofMembers(counts.values().stream().filter(count -> count > 0).count()),
                  PromotionMeasures::plus));
      Map<String, Map<String, BigInteger>> results = new HashMap<>();
      all.forEach(
          (address, m) -> {
            if (!m.isZero()) {
              String key =
                  key(
                      address.promotionId(),
                      address.region(),
                      address.costClass(),
                      address.currency(),
                      address.effectiveOn());
              put(results, key, "cost", m.cost());
              put(results, key, "planned", m.plannedCost());
              put(results, key, "sales", m.sales());
              put(results, key, "goods", m.costOfGoods());
              put(results, key, "units", m.units());
              put(results, key, "collected", m.collected());
              put(results, key, "credited", m.credited());
              put(results, key, "lines", m.saleLines());
              put(results, key, "participants", m.participants());
            }
          });
      results.values().removeIf(Map::isEmpty);
      return results;
    }
  }

  private static Map<String, Map<String, BigInteger>> reference(List<Object> events) {
    Map<String, Map<String, BigInteger>> results = new HashMap<>();
    Map<String, Set<String>> customers = new HashMap<>();
    for (Object event : events) {
      if (event instanceof Planned p) {
        put(
            results,
            key(p.promotionId(), p.region(), null, p.plannedCost().currency(), p.startsOn()),
            "planned",
            p.plannedCost().micros());
      } else if (event instanceof CostIncurred c) {
        put(
            results,
            key(c.promotionId(), c.region(), c.costClass(), c.amount().currency(), c.incurredOn()),
            "cost",
            c.amount().micros());
      } else if (event instanceof SaleRecorded s) {
        for (SaleLine line : s.lines()) {
          String key = key(line.promotionId(), s.region(), null, s.currency(), s.soldOn());
          put(results, key, "sales", line.netAmountMicros());
          put(results, key, "goods", line.costOfGoodsMicros());
          put(results, key, "units", line.unitsMicros());
          put(results, key, "lines", 1);
          if (s.settlement().name().equals("AT_SALE")) {
            put(results, key, "collected", line.netAmountMicros());
          }
          if (line.promotionId() != null) {
            customers
                .computeIfAbsent(line.promotionId(), id -> new HashSet<>())
                .add(s.customerId());
          }
        }
      } else if (event instanceof ReceivablesLine l && l.account().name().equals("RECEIVABLE")) {
        String key = key(l.promotionId(), l.region(), null, l.amount().currency(), l.effectiveOn());
        if (List.of("PAYMENT", "APPLICATION", "RELEASE", "REVERSAL", "REFUND")
            .contains(l.entry().name())) {
          put(results, key, "collected", -l.amount().micros());
        } else if (l.entry().name().equals("CREDIT_NOTE")) {
          put(results, key, "credited", -l.amount().micros());
        }
      }
    }
    customers.forEach(
        (promotion, ids) ->
            put(results, key(promotion, null, null, "", null), "participants", ids.size()));
    results.values().removeIf(Map::isEmpty);
    return results;
  }

  private static void put(
      Map<String, Map<String, BigInteger>> results, String key, String measure, long value) {
    Map<String, BigInteger> measures = results.computeIfAbsent(key, k -> new HashMap<>());
    measures.merge(measure, BigInteger.valueOf(value), BigInteger::add);
    measures.values().removeIf(sum -> sum.signum() == 0);
  }

  private static String key(Object... columns) {
    return Arrays.toString(columns);
  }

  private static Object anyEvent(Random random) {
    LocalDate on = START.plusDays(random.nextInt(3));
    String region = REGIONS[random.nextInt(REGIONS.length)];
    String currency = random.nextInt(5) == 0 ? "USD" : "EUR";
    String promotion = PROMOTIONS[1 + random.nextInt(2)];
    Money amount = new Money(random.nextInt(50) * 10_000L, currency);
    return switch (random.nextInt(6)) {
      case 0 -> new Planned("acme", promotion, region, on, amount);
      case 1 ->
          new CostIncurred(
              "acme", promotion, random.nextBoolean() ? "MEDIA" : "GOODS", on, amount, region);
      case 2 -> line(random, on, region, amount);
      default -> sale(random, on, region, currency);
    };
  }

  private static ReceivablesLine line(Random random, LocalDate on, String region, Money amount) {
    Entry entry = ENTRIES.get(random.nextInt(ENTRIES.size()));
    return new ReceivablesLine(
        random.nextInt(4) == 0 ? LedgerAccount.CASH : LedgerAccount.RECEIVABLE,
        entry,
        "document",
        "item",
        PROMOTIONS[random.nextInt(PROMOTIONS.length)],
        region,
        random.nextBoolean() ? amount : amount.negate(),
        on,
        on.plusDays(30),
        entry.ruleId(),
        new Place(on.atStartOfDay(ZoneOffset.UTC).toInstant(), 0, 0, "evidence"));
  }

  private static SaleRecorded sale(Random random, LocalDate on, String region, String currency) {
    List<SaleLine> lines = new ArrayList<>();
    for (int i = random.nextInt(3); i < 3; i++) {
      lines.add(
          new SaleLine(
              PROMOTIONS[random.nextInt(PROMOTIONS.length)],
              random.nextInt(5) * 1_000_000L,
              random.nextInt(100) * 10_000L,
              random.nextInt(60) * 100L));
    }
    return new SaleRecorded(
        "acme",
        "customer-" + random.nextInt(6),
        region,
        on,
        random.nextBoolean() ? Settlement.AT_SALE : Settlement.ON_ACCOUNT,
        currency,
        lines);
  }
}
