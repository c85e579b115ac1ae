package dev.tributary.ingestion.sampleyear;

import static dev.tributary.ingestion.sampleyear.Chance.expectEven;
import static dev.tributary.ingestion.sampleyear.Chance.expectShare;
import static dev.tributary.ingestion.sampleyear.Chance.expectSum;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.events.BalanceAdjusted;
import dev.tributary.events.CreditNoteIssued;
import dev.tributary.events.CustomerRegistered;
import dev.tributary.events.DealerAppointed;
import dev.tributary.events.DisputeOpened;
import dev.tributary.events.GoodsReturned;
import dev.tributary.events.InvoiceCancelled;
import dev.tributary.events.InvoiceIssued;
import dev.tributary.events.PaymentAllocation;
import dev.tributary.events.PaymentReceived;
import dev.tributary.events.PaymentReversed;
import dev.tributary.events.ReceivableWrittenOff;
import dev.tributary.events.RegionDefined;
import dev.tributary.events.SaleLine;
import dev.tributary.events.SaleRecorded;
import dev.tributary.ingestion.PhonePseudonym;
import java.io.IOException;
import java.io.StringWriter;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whether season, trend, shocks, promotions and manners of paying are really in the events, as
 * docs/sample-year.md and truth.json say. Of each customer, day and promotion the chance of a
 * basket is known, so the number of baskets anywhere is expected with a known deviation. A check
 * names what it would expect without the effect, and fails if chance could not tell the two apart.
 */
class SampleYearProcessTest {

  private static final long SEED = Long.getLong("tributary.seed", 20250101);

  /** As large as spill-over and dips need to stand out from chance. */
  private static final double SCALE = 0.2;

  /** Without disorder, which is checked elsewhere, every event arrives once and right. */
  private static final SampleYear YEAR =
      new SampleYear(
          SEED,
          SCALE,
          LocalDate.of(2025, 1, 1),
          365,
          "meridian",
          Rates.NONE,
          PhonePseudonym.withKey(new byte[PhonePseudonym.KEY_BYTES]));

  private static final World WORLD = World.of(YEAR);
  private static final LocalDate LAST_DAY = YEAR.end().minusDays(1);

  private static final double[] MONTH = {
    0.90, 0.80, 1.00, 1.00, 1.05, 1.10, 0.95, 0.95, 1.05, 1.10, 1.15, 1.20
  };
  private static final double[] FROM_MONDAY = {0.90, 0.90, 0.95, 1.00, 1.10, 1.20, 1.05};

  /** Enough for a difference to be told from chance. */
  private static final double TELLING = 3;

  /**
   * A county on a day.
   *
   * @param baskets that were sold
   * @param plain expected without promotions
   * @param expected expected with them
   * @param variance of the number of baskets
   */
  private record Cell(
      String county, int day, int baskets, double plain, double expected, double variance) {

    LocalDate date() {
      return YEAR.from().plusDays(day);
    }
  }

  /**
   * A promotion of the truth.
   *
   * @param baskets counted, by kind
   */
  private record Promotion(
      String id,
      Set<String> counties,
      LocalDate first,
      LocalDate last,
      int dipDays,
      double lift,
      double spill,
      double dip,
      Map<String, Long> baskets) {

    static Promotion of(JsonNode planted) {
      Set<String> counties = new HashSet<>();
      planted.get("regions").forEach(region -> counties.add(region.asText()));
      Map<String, Long> baskets = new HashMap<>();
      for (String kind : List.of("caused", "spilled", "lost")) {
        baskets.put(kind, planted.get(kind).get("baskets").asLong());
      }

      return new Promotion(
          planted.get("promotion_id").asText(),
          counties,
          LocalDate.parse(planted.get("starts_on").asText()),
          LocalDate.parse(planted.get("ends_on").asText()),
          planted.get("dip_days").asInt(),
          planted.get("lift_permille").asInt() / 1000.0,
          planted.get("spill_permille").asInt() / 1000.0,
          planted.get("dip_permille").asInt() / 1000.0,
          baskets);
    }

    boolean runsOn(LocalDate day) {
      return !day.isBefore(first) && !day.isAfter(last);
    }

    double caused(String county, LocalDate day) {
      return counties.contains(county) && runsOn(day) ? lift : 0;
    }

    double spilled(String county, LocalDate day) {
      boolean borders = NEIGHBOURS.get(county).stream().anyMatch(counties::contains);
      return borders && !counties.contains(county) && runsOn(day) ? spill : 0;
    }

    double lost(String county, LocalDate day) {
      boolean after = day.isAfter(last) && !day.isAfter(last.plusDays(dipDays));
      return after && counties.contains(county) ? dip : 0;
    }
  }

  private static final List<Promotion> PROMOTIONS = new ArrayList<>();
  private static final List<Cell> CELLS = new ArrayList<>();
  private static final Map<String, Set<String>> NEIGHBOURS = new HashMap<>();
  private static final Map<String, List<SpecificRecord>> EVENTS = new HashMap<>();
  private static JsonNode truth;

  @BeforeAll
  static void generate() throws IOException {
    StringWriter planted = new StringWriter();
    SampleYearGenerator.generate(
        YEAR,
        planted,
        new Destination() {
          @Override
          public void receive(SpecificRecord event, LocalDate arrivedOn) {
            EVENTS
                .computeIfAbsent(event.getSchema().getName(), type -> new ArrayList<>())
                .add(event);
          }

          @Override
          public void close(LocalDate day) {}
        });
    truth = new ObjectMapper().readTree(planted.toString());
    truth.get("promotions").forEach(promotion -> PROMOTIONS.add(Promotion.of(promotion)));
    all(RegionDefined.class)
        .forEach(region -> NEIGHBOURS.put(region.getRegion(), Set.copyOf(region.getAdjacent())));
    Map<String, Integer> baskets = new HashMap<>();
    shoppersSales()
        .forEach(sale -> baskets.merge(sale.getRegion() + sale.getSoldOn(), 1, Integer::sum));
    List<List<Customer>> residents = residents();
    for (int county = 0; county < Geography.COUNTIES; county++) {
      for (int day = 0; day < YEAR.days(); day++) {
        CELLS.add(cell(county, day, residents.get(county), baskets));
      }
    }
  }

  private static Cell cell(
      int county, int day, List<Customer> residents, Map<String, Integer> baskets) {
    String region = WORLD.geography().county(county);
    LocalDate date = YEAR.from().plusDays(day);
    double effect = 0;
    for (Promotion promotion : PROMOTIONS) {
      effect += promotion.caused(region, date) + promotion.spilled(region, date);
      effect -= promotion.lost(region, date);
    }

    double plain = 0;
    double expected = 0;
    double variance = 0;
    double factor = WORLD.climate().factor(county, day);
    for (Customer customer : residents) {
      if (customer.registered() <= day) {
        double chance = customer.rate() * factor;
        double moved = Math.max(0, chance * (1 + effect));
        plain += chance;
        expected += moved;
        variance += moved * (1 - moved);
      }
    }

    return new Cell(region, day, baskets.getOrDefault(region + date, 0), plain, expected, variance);
  }

  private static List<List<Customer>> residents() {
    Prospects prospects = new Prospects(WORLD);
    List<List<Customer>> residents = new ArrayList<>();
    for (int county = 0; county < Geography.COUNTIES; county++) {
      residents.add(new ArrayList<>());
    }

    for (int number = 1; number <= YEAR.customers(); number++) {
      int latest = prospects.of(number).map(plan -> plan.firstDay() - 10).orElse(Integer.MAX_VALUE);
      Customer customer = new Customer(WORLD, number, latest, id -> null);
      residents.get(customer.county()).add(customer);
    }

    return residents;
  }

  @Test
  void thePeopleAndDealersOfTheScaleAreThere() {
    assertThat(
            all(CustomerRegistered.class).stream()
                .map(CustomerRegistered::getCustomerId)
                .filter(id -> id.matches("C\\d{6}")))
        .hasSize(4_000)
        .doesNotHaveDuplicates();
    assertThat(all(DealerAppointed.class).stream().map(DealerAppointed::getDealerId).distinct())
        .hasSize(40);
    assertThat(truth.get("customers").size()).isGreaterThan(4_000);
  }

  @Test
  void everyMonthSellsAsItsSeasonSays() {
    for (int month = 1; month <= 12; month++) {
      int number = month;
      expectBaskets("month " + month, cell -> cell.date().getMonthValue() == number);
    }

    expectTelling(
        "the season",
        cell -> cell.date().getMonthValue() == 2,
        cell -> cell.expected() / MONTH[cell.date().getMonthValue() - 1]);
    expectTelling(
        "the season",
        cell -> cell.date().getMonthValue() == 12,
        cell -> cell.expected() / MONTH[cell.date().getMonthValue() - 1]);
  }

  @Test
  void everyWeekdaySellsAsStated() {
    for (int weekday = 1; weekday <= 7; weekday++) {
      int number = weekday;
      expectBaskets("weekday " + weekday, cell -> cell.date().getDayOfWeek().getValue() == number);
    }

    expectTelling(
        "the weekday",
        cell -> cell.date().getDayOfWeek().getValue() == 6,
        cell -> cell.expected() / FROM_MONDAY[cell.date().getDayOfWeek().getValue() - 1]);
  }

  @Test
  void demandGrowsByATenthInTheYear() {
    Predicate<Cell> lastQuarter = cell -> cell.date().getMonthValue() > 9;

    expectBaskets("first quarter", cell -> cell.date().getMonthValue() <= 3);
    expectBaskets("last quarter", lastQuarter);
    expectTelling(
        "the trend", lastQuarter, cell -> cell.expected() / (1 + 0.10 * cell.day() / 365));
  }

  @Test
  void provincesFeelTheSuddenShocksOfTheTruth() {
    assertThat(truth.get("shocks")).hasSize(2);
    for (JsonNode shock : truth.get("shocks")) {
      int first = shock.get("first_day").asInt();
      Predicate<Cell> hit =
          cell ->
              cell.county().startsWith(shock.get("province").asText())
                  && cell.day() >= first
                  && cell.day() < first + shock.get("days").asInt();

      expectBaskets("shock " + shock, hit);
      expectTelling(
          "shock " + shock, hit, cell -> cell.expected() / shock.get("factor").asDouble());
    }
  }

  @Test
  void promotionsLiftDemandInTheirCountiesAsTheTruthSays() {
    expectEffect("lift", Promotion::caused, "caused", 1);
  }

  @Test
  void promotionsSpillOverToTheCountiesThatBorderOnThem() {
    expectEffect("spill-over", Promotion::spilled, "spilled", 1);
  }

  @Test
  void promotionsAreFollowedByTheDipsOfTheTruth() {
    expectEffect("dip", Promotion::lost, "lost", -1);
  }

  @Test
  void whereAPromotionHasNoLiftNothingIsCaused() {
    List<Promotion> without =
        PROMOTIONS.stream().filter(promotion -> promotion.lift() == 0).toList();

    assertThat(PROMOTIONS).hasSize(60);
    assertThat(without)
        .isNotEmpty()
        .allMatch(promotion -> promotion.baskets().values().stream().allMatch(count -> count == 0));
  }

  /** How a promotion of the truth changes demand in a county on a day; 0 when it does not. */
  private interface Effect {
    double on(Promotion promotion, String county, LocalDate day);
  }

  /**
   * Where and when promotions have an effect, the baskets of the events are as many as it makes of
   * them, and those that the truth counts are as many as the effect stands for.
   */
  private static void expectEffect(String what, Effect effect, String counted, int sign) {
    Map<Cell, Double> share = new HashMap<>();
    for (Cell cell : CELLS) {
      double size = 0;
      for (Promotion promotion : PROMOTIONS) {
        size += effect.on(promotion, cell.county(), cell.date());
      }

      if (size > 0) {
        share.put(cell, size);
      }
    }

    expectBaskets(what, share::containsKey);
    expectTelling(
        what, share::containsKey, cell -> cell.expected() - sign * cell.plain() * share.get(cell));
    double moved = 0;
    for (Map.Entry<Cell, Double> cell : share.entrySet()) {
      moved += cell.getKey().plain() * cell.getValue();
    }

    long baskets = PROMOTIONS.stream().mapToLong(p -> p.baskets().get(counted)).sum();
    expectSum("baskets " + counted, (double) baskets, moved, moved);
  }

  private static void expectBaskets(String what, Predicate<Cell> where) {
    List<Cell> cells = CELLS.stream().filter(where).toList();
    expectSum(
        "seed %s, baskets: %s".formatted(SEED, what),
        cells.stream().mapToInt(Cell::baskets).sum(),
        cells.stream().mapToDouble(Cell::expected).sum(),
        cells.stream().mapToDouble(Cell::variance).sum());
  }

  /** Without the effect so many fewer or more would be expected that chance does not hide it. */
  private static void expectTelling(
      String what, Predicate<Cell> where, Function<Cell, Double> without) {
    List<Cell> cells = CELLS.stream().filter(where).toList();
    double expected = cells.stream().mapToDouble(Cell::expected).sum();
    double otherwise = cells.stream().mapToDouble(without::apply).sum();
    double deviation = Math.sqrt(cells.stream().mapToDouble(Cell::variance).sum());
    assertThat(Math.abs(expected - otherwise))
        .as("%s: %s baskets expected, %s without it", what, expected, otherwise)
        .isGreaterThan(TELLING * deviation);
  }

  @Test
  void sixInTenLinesSoldWhileAPromotionRunsCarryItsCode() {
    long lines = 0;
    long coded = 0;
    for (SaleRecorded sale : shoppersSales().toList()) {
      Set<String> running = new HashSet<>();
      for (Promotion promotion : PROMOTIONS) {
        if (promotion.counties().contains(sale.getRegion()) && promotion.runsOn(sale.getSoldOn())) {
          running.add(promotion.id());
        }
      }

      for (SaleLine line : sale.getLines()) {
        lines += running.isEmpty() ? 0 : 1;
        coded += line.getPromotionId() == null ? 0 : 1;
        assertThat(line.getPromotionId() == null || running.contains(line.getPromotionId()))
            .as("%s", sale)
            .isTrue();
      }
    }

    expectShare("lines with a code", coded, lines, 0.6);
  }

  @Test
  void threeInAHundredSalesComeBack() {
    LocalDate seen = LAST_DAY.minusDays(10);
    Set<String> returned = new HashSet<>();
    all(GoodsReturned.class).forEach(goods -> returned.add(goods.getSaleId()));
    List<SaleRecorded> sales =
        shoppersSales().filter(sale -> sale.getSoldOn().isBefore(seen)).toList();

    expectShare(
        "sales that come back",
        sales.stream().filter(sale -> returned.contains(sale.getSaleId())).count(),
        sales.size(),
        0.03);
  }

  @Test
  void eightInAThousandInvoicesAreCancelledAndTwoInAHundredPaymentsBounce() {
    Set<String> cancelled = new HashSet<>();
    all(InvoiceCancelled.class).forEach(invoice -> cancelled.add(invoice.getInvoiceId()));
    List<InvoiceIssued> invoices =
        all(InvoiceIssued.class).stream()
            .filter(invoice -> invoice.getInstalments() == null)
            .filter(invoice -> invoice.getIssuedOn().isBefore(LAST_DAY.minusDays(8)))
            .toList();
    expectShare(
        "invoices cancelled",
        invoices.stream().filter(invoice -> cancelled.contains(invoice.getInvoiceId())).count(),
        invoices.size(),
        0.008);

    Set<String> bounced = new HashSet<>();
    all(PaymentReversed.class).forEach(payment -> bounced.add(payment.getPaymentId()));
    List<PaymentReceived> payments =
        all(PaymentReceived.class).stream()
            .filter(payment -> payment.getReceivedOn().isBefore(LAST_DAY.minusDays(5)))
            .toList();
    expectShare(
        "payments that bounce",
        payments.stream().filter(payment -> bounced.contains(payment.getPaymentId())).count(),
        payments.size(),
        0.02);
  }

  @Test
  void everyDebtorPaysInTheMannerThatTheTruthGivesThem() {
    Map<Manner, List<Integer>> days = new EnumMap<>(Manner.class);
    List<Integer> restDays = new ArrayList<>();
    int tooMuch = 0;
    Map<String, InvoiceIssued> invoices = plainInvoices();
    Map<String, Manner> manners = manners();
    for (PaymentReceived payment : all(PaymentReceived.class)) {
      InvoiceIssued invoice = invoiceOf(payment, invoices);
      if (invoice != null) {
        Manner manner = manners.get(payment.getCustomerId());
        int late = (int) ChronoUnit.DAYS.between(invoice.getDueOn(), payment.getReceivedOn());
        long first = amount(invoice) / 10_000 * 2 / 5 * 10_000;
        boolean rest = manner == Manner.IN_PARTS && payment.getAmountMicros() != first;
        (rest ? restDays : days.computeIfAbsent(manner, m -> new ArrayList<>())).add(late);
        tooMuch += payment.getAmountMicros() > amount(invoice) ? 1 : 0;
      }
    }

    expectEven("days of the punctual", days.get(Manner.PUNCTUAL), -10, 0);
    expectEven("days of the late", days.get(Manner.LATE), 3, 60);
    expectEven("days of the rest", restDays, 20, 50);
    expectEven("days of those who pay too much", days.get(Manner.TOO_MUCH), -5, 0);
    assertThat(days.get(Manner.IN_PARTS)).isNotEmpty().containsOnly(0);
    assertThat(days).doesNotContainKey(Manner.NEVER);
    expectShare("payments that are too much", tooMuch, days.get(Manner.TOO_MUCH).size(), 0.25);
    assertThat(invoices.values().stream().map(i -> manners.get(i.getCustomerId())))
        .contains(Manner.NEVER);
  }

  @Test
  void halfOfWhatIsNeverPaidIsWrittenOffAfterFourMonths() {
    Map<String, LocalDate> writtenOff = new HashMap<>();
    all(ReceivableWrittenOff.class)
        .forEach(off -> writtenOff.put(off.getInvoiceId(), off.getWrittenOffOn()));
    Map<String, Manner> manners = manners();
    List<InvoiceIssued> unpaid =
        plainInvoices().values().stream()
            .filter(invoice -> manners.get(invoice.getCustomerId()) == Manner.NEVER)
            .filter(invoice -> !invoice.getDueOn().plusDays(120).isAfter(LAST_DAY))
            .toList();
    List<InvoiceIssued> given =
        unpaid.stream().filter(invoice -> writtenOff.containsKey(invoice.getInvoiceId())).toList();

    expectShare("invoices written off", given.size(), unpaid.size(), 0.5);
    assertThat(given)
        .allMatch(
            invoice ->
                writtenOff.get(invoice.getInvoiceId()).equals(invoice.getDueOn().plusDays(120)));
  }

  @Test
  void salesAreDueAfterThirtyDaysAndShipmentsAfterFortyFive() {
    for (InvoiceIssued invoice : plainInvoices().values()) {
      assertThat(ChronoUnit.DAYS.between(invoice.getIssuedOn(), invoice.getDueOn()))
          .as("%s", invoice)
          .isEqualTo(invoice.getSaleId() != null ? 30 : 45);
    }
  }

  /**
   * Invoices that were due long ago, in one part, and whose history is not disturbed: not
   * cancelled, credited, disputed or adjusted, of a debtor no payment of whom bounced.
   */
  private static Map<String, InvoiceIssued> plainInvoices() {
    Set<String> disturbed = new HashSet<>();
    all(InvoiceCancelled.class).forEach(event -> disturbed.add(event.getInvoiceId()));
    all(CreditNoteIssued.class).forEach(event -> disturbed.add(event.getInvoiceId()));
    all(DisputeOpened.class).forEach(event -> disturbed.add(event.getInvoiceId()));
    all(BalanceAdjusted.class).forEach(event -> disturbed.add(event.getInvoiceId()));
    Set<String> bouncing = new HashSet<>();
    all(PaymentReversed.class).forEach(event -> bouncing.add(event.getCustomerId()));
    Map<String, InvoiceIssued> plain = new HashMap<>();
    for (InvoiceIssued invoice : all(InvoiceIssued.class)) {
      if (invoice.getInstalments() == null
          && invoice.getContractId() == null
          && !disturbed.contains(invoice.getInvoiceId())
          && !bouncing.contains(invoice.getCustomerId())
          && invoice.getDueOn().isBefore(LAST_DAY.minusDays(60))) {
        plain.put(invoice.getInvoiceId(), invoice);
      }
    }

    return plain;
  }

  /** The plain invoice that a payment names; null when it names none. */
  private static InvoiceIssued invoiceOf(
      PaymentReceived payment, Map<String, InvoiceIssued> invoices) {
    List<PaymentAllocation> allocations = payment.getAllocations();
    return allocations == null ? null : invoices.get(allocations.getFirst().getInvoiceId());
  }

  private static long amount(InvoiceIssued invoice) {
    return invoice.getLines().stream().mapToLong(line -> line.getAmountMicros()).sum();
  }

  private static Map<String, Manner> manners() {
    Map<String, Manner> manners = new HashMap<>();
    List<JsonNode> accounts = new ArrayList<>();
    truth.get("dealers").forEach(accounts::add);
    truth.get("customers").forEach(person -> person.get("accounts").forEach(accounts::add));
    for (JsonNode account : accounts) {
      manners.put(
          account.get("customer_id").asText(), Manner.valueOf(account.get("manner").asText()));
    }

    return manners;
  }

  /** Sales but those of strangers, who buy three times whatever the weather. */
  private static Stream<SaleRecorded> shoppersSales() {
    return all(SaleRecorded.class).stream().filter(sale -> !sale.getCustomerId().endsWith("-H"));
  }

  private static <T extends SpecificRecord> List<T> all(Class<T> type) {
    return EVENTS.getOrDefault(type.getSimpleName(), List.of()).stream().map(type::cast).toList();
  }
}
