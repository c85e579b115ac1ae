package dev.tributary.ingestion.sampleyear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.events.BusinessDayClosed;
import dev.tributary.events.RowRejected;
import dev.tributary.ingestion.PhonePseudonym;
import dev.tributary.ingestion.importing.ImportHistory;
import dev.tributary.ingestion.importing.Importer;
import dev.tributary.schemas.EventCatalog;
import dev.tributary.schemas.EventType;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleYearTest {

  private static final long SEED = 20250101;
  private static final double SCALE = 0.05;
  private static final SampleYear YEAR = SampleYear.of(SEED, SCALE);
  private static final LocalDate LAST_DAY = YEAR.from().plusDays(YEAR.days() - 1L);

  @TempDir private static Path folder;
  private static Written year;
  private static List<JsonNode> rows;
  private static List<JsonNode> history;
  private static JsonNode truth;

  @TempDir private Path own;

  @BeforeAll
  static void generate() throws Exception {
    year = Written.to(folder, YEAR);
    rows = year.rows();
    history = inForce();
    truth = year.truth();
  }

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() throws Exception {
    SampleYear small = SampleYear.of(SEED, 0.005).during(YEAR.from(), 60);

    Written first = Written.to(own.resolve("first"), small);
    Written second = Written.to(own.resolve("second"), small);
    Written other =
        Written.to(own.resolve("other"), SampleYear.of(SEED + 1, 0.005).during(YEAR.from(), 60));

    assertThat(second.lines()).isEqualTo(first.lines()).isNotEqualTo(other.lines());
    assertThat(second.truth()).isEqualTo(first.truth()).isNotEqualTo(other.truth());
  }

  @Test
  void whatTwoScalesHoldIsTheSameInBoth() throws Exception {
    Map<String, List<String>> large = bySource(year.lines());
    Map<String, List<String>> small =
        bySource(Written.to(own, SampleYear.of(SEED, SCALE / 5)).lines());
    small.keySet().removeIf(source -> source.contains(" at scale "));

    assertThat(small.keySet()).hasSizeGreaterThan(200 + 40);
    small.forEach(
        (source, lines) ->
            assertThat(large.get(source)).as("seed %s, %s", SEED, source).isEqualTo(lines));
  }

  @Test
  void everyLineIsImportedAsTheEventItWasAndNoneRejected() throws Exception {
    List<RowRejected> rejections = new ArrayList<>();
    List<Object> read = new ArrayList<>();
    Importer.run(
        year.files(),
        new Importer.Settings(
            null, SampleYear.ZONE, null, null, 0, null, Instant.parse("2026-06-01T00:00:00Z")),
        PhonePseudonym.withKey(new byte[PhonePseudonym.KEY_BYTES]),
        ImportHistory.none(),
        new Importer.Results() {
          @Override
          public void accepted(SpecificRecord event) {
            read.add(event);
          }

          @Override
          public void rejected(RowRejected rejection) {
            rejections.add(rejection);
          }

          @Override
          public void closed(Importer.Books books, LocalDate day) {
            read.add(day);
          }
        },
        rows -> {});

    assertThat(rejections).as("seed %s", SEED).isEmpty();
    List<Object> made = new ArrayList<>();
    Arrivals.of(YEAR, Map.of("sales", 1)).values().stream()
        .flatMap(List::stream)
        .forEach(e -> made.add(e instanceof BusinessDayClosed close ? close.getClosedOn() : e));
    assertThat(read).as("seed %s", SEED).isEqualTo(made);
    assertThat(read).hasSize(Math.toIntExact(year.tally().deliveries()) + YEAR.days());
  }

  @Test
  void volumesAreAsTheTruthSaysAndEnoughForAMillionAtScaleOne() {
    Map<String, Set<String>> found = new TreeMap<>();
    events()
        .forEach(row -> found.computeIfAbsent(type(row), t -> new HashSet<>()).add(origin(row)));

    assertThat(found.keySet()).hasSizeGreaterThan(60);
    found.forEach(
        (type, origins) ->
            assertThat(truth.get("volumes").get(type).asLong()).as(type).isEqualTo(origins.size()));
    long growing =
        events()
            .filter(row -> text(row, "source").matches("sample-year/(customer|dealer):.*"))
            .map(SampleYearTest::origin)
            .distinct()
            .count();
    assertThat(growing / SCALE).as("seed %s", SEED).isGreaterThan(1_000_000);
    assertThat(found.get("RegionDefined")).hasSize(40);
    assertThat(found.get("StaffJoined")).hasSize(60);
    assertThat(found.get("PromotionPlanned")).hasSize(60);
    assertThat(found.get("ConferencePlanned")).hasSize(40);
    assertThat(found.get("ProjectOpened")).hasSize(3);
    assertThat(found.get("SiteOpened")).hasSize(6);
  }

  @Test
  void disorderIsAsStated() {
    Set<String> corrected = new HashSet<>();
    events()
        .filter(row -> row.has("corrects"))
        .forEach(row -> corrected.add(text(row, "corrects")));
    Set<String> seen = new HashSet<>();
    int first = 0;
    int late = 0;
    int outOfOrder = 0;
    int duplicates = 0;
    int deliveries = 0;
    int correctable = 0;
    int ofDays = 0;
    int dayOnly = 0;
    LocalDate today = YEAR.from();
    for (JsonNode row : rows) {
      if (type(row).equals("BusinessDayClosed")) {
        assertThat(text(row, "closed_on")).isEqualTo(today.toString());
        today = today.plusDays(1);
        continue;
      }

      deliveries++;
      if (!seen.add(text(row, "event_id"))) {
        duplicates++;
        continue;
      }

      Instant occurred = instant(row, "occurred_at");
      Instant recorded = instant(row, "recorded_at");
      assertThat(day(recorded)).isEqualTo(today);
      boolean midnight = occurred.equals(day(occurred).atStartOfDay(SampleYear.ZONE).toInstant());
      if (!row.has("corrects")) {
        boolean byHand =
            Set.of("SaleRecorded", "InvoiceIssued", "PaymentReceived").contains(type(row));
        correctable += byHand || type(row).equals("PromotionCostIncurred") ? 1 : 0;
        ofDays += byHand ? 1 : 0;
        dayOnly += midnight ? 1 : 0;
      }

      if (!corrected.contains(text(row, "event_id")) && !row.has("corrects")) {
        first++;
        if (day(occurred).isBefore(today)) {
          late++;
        } else if (!midnight && Duration.between(occurred, recorded).toMinutes() > 50) {
          outOfOrder++;
        }
      }
    }

    expectRate("late", late, first, 40);
    expectRate("out of order", outOfOrder, first, 50);
    expectRate("duplicate", duplicates, deliveries, 20);
    expectRate("corrected", corrected.size(), correctable, 15);
    expectRate("day only", dayOnly, ofDays, 30);
    assertThat(today).isEqualTo(LAST_DAY.plusDays(1));
  }

  @Test
  void firstDeliveriesArriveInTheOrderInWhichTheyWereRecorded() {
    Set<String> seen = new HashSet<>();
    List<Instant> recorded = new ArrayList<>();
    events()
        .filter(row -> seen.add(text(row, "event_id")))
        .forEach(row -> recorded.add(instant(row, "recorded_at")));

    assertThat(recorded).isSorted();
  }

  @Test
  void whatIsOwedFollowsFromTheEvents() {
    Map<String, OpenItems> debtors = new HashMap<>();
    byCustomer()
        .forEach(
            (id, told) -> {
              OpenItems items = new OpenItems();
              told.forEach(items::happened);
              debtors.put(id, items);
            });

    int checked = 0;
    BigDecimal overdue = BigDecimal.ZERO;
    for (JsonNode account : accounts()) {
      String id = text(account, "customer_id");
      OpenItems items = debtors.getOrDefault(id, new OpenItems());
      assertThat(items.outstanding())
          .as("seed %s, outstanding of %s", SEED, id)
          .isEqualByComparingTo(money(account, "outstanding"));
      assertThat(items.overdue(LAST_DAY))
          .as("seed %s, overdue of %s", SEED, id)
          .isEqualByComparingTo(money(account, "overdue"));
      assertThat(items.unapplied())
          .as("seed %s, unapplied of %s", SEED, id)
          .isEqualByComparingTo(money(account, "unapplied"));
      overdue = overdue.add(money(account, "overdue"));
      checked++;
    }

    assertThat(checked).isGreaterThan(200);
    assertThat(overdue).isPositive();
  }

  @Test
  void whatWasOwedAtEachMonthsEndFollowsFromTheEvents() {
    Map<String, List<JsonNode>> told = byCustomer();
    int overdue = 0;
    for (JsonNode account : accounts()) {
      String id = text(account, "customer_id");
      Map<String, String> found = new TreeMap<>();
      Map<String, String> planted = new TreeMap<>();
      OpenItems items = new OpenItems();
      LocalDate end = endOfMonth(YEAR.from());
      for (JsonNode row : told.getOrDefault(id, List.of())) {
        for (; day(instant(row, "occurred_at")).isAfter(end); end = endOfMonth(end.plusDays(1))) {
          note(found, end, items);
        }

        items.happened(row);
      }

      for (; !end.isAfter(LAST_DAY); end = endOfMonth(end.plusDays(1))) {
        note(found, end, items);
      }

      for (Map.Entry<String, JsonNode> month : account.get("month_ends").properties()) {
        planted.put(
            month.getKey(),
            owed(money(month.getValue(), "outstanding"), money(month.getValue(), "overdue")));
        overdue += money(month.getValue(), "overdue").signum();
      }

      assertThat(planted).as("seed %s, month ends of %s", SEED, id).isEqualTo(found);
    }

    assertThat(overdue).isGreaterThan(300);
  }

  private static void note(Map<String, String> found, LocalDate end, OpenItems items) {
    if (items.outstanding().signum() > 0) {
      found.put(end.toString(), owed(items.outstanding(), items.overdue(end)));
    }
  }

  private static String owed(BigDecimal outstanding, BigDecimal overdue) {
    return "%s, of it overdue %s".formatted(outstanding.setScale(2), overdue.setScale(2));
  }

  private static LocalDate endOfMonth(LocalDate day) {
    return day.withDayOfMonth(day.lengthOfMonth());
  }

  @Test
  void cancelledBouncedAndReturnedAreAsStated() {
    long single = ofType("InvoiceIssued").stream().filter(row -> !row.has("instalments")).count();
    long atOnce =
        ofType("SaleRecorded").stream()
            .filter(row -> text(row, "settlement").equals("AT_SALE"))
            .count();
    long paidOut =
        ofType("CustomerRefunded").stream()
            .filter(row -> text(row, "reason").equals("goods returned"))
            .count();

    // Few of each at this scale: chance alone moves them by a fifth.
    assertThat(ofType("InvoiceCancelled").size() * 1000.0 / single).isBetween(5.0, 11.0);
    assertThat(ofType("PaymentReversed").size() * 1000.0 / ofType("PaymentReceived").size())
        .isBetween(15.0, 25.0);
    assertThat(paidOut * 1000.0 / atOnce).isBetween(24.0, 36.0);
  }

  @Test
  void onlyIdsOfOnePersonStayMerged() {
    Map<String, JsonNode> persons = new HashMap<>();
    truth
        .get("customers")
        .forEach(person -> person.get("ids").forEach(id -> persons.put(id.asText(), person)));
    Set<String> split = new HashSet<>();
    ofType("CustomerSplit").forEach(row -> split.add(text(row, "merge_event_id")));
    int wrong = 0;
    int right = 0;
    for (JsonNode merge : ofType("CustomerMerged")) {
      boolean same =
          persons.get(text(merge, "customer_id")).equals(persons.get(text(merge, "duplicate_id")));
      right += same ? 1 : 0;
      wrong += same ? 0 : 1;
      assertThat(same && split.contains(text(merge, "event_id"))).as("%s", merge).isFalse();
    }

    double customers = 20_000 * SCALE;
    assertThat(right)
        .as("seed %s", SEED)
        .isBetween((int) (customers * 0.04), (int) (customers * 0.07));
    assertThat(wrong).isBetween(1, (int) (customers * 0.02));
    assertThat(split).hasSizeBetween(1, wrong);
  }

  @Test
  void moneyIsConservedInEveryAccount() {
    for (JsonNode account : accounts()) {
      BigDecimal net =
          money(account, "invoiced")
              .subtract(money(account, "cancelled"))
              .subtract(money(account, "credited"))
              .subtract(money(account, "written_off"))
              .subtract(money(account, "adjusted"))
              .subtract(money(account, "paid"))
              .add(money(account, "reversed"))
              .add(money(account, "refunded"));

      assertThat(money(account, "outstanding").subtract(money(account, "unapplied")))
          .as("seed %s, %s", SEED, account)
          .isEqualByComparingTo(net);
    }
  }

  @Test
  void collectionIsPlannedFromWhatDebtorsPay() {
    LocalDate busy = YEAR.from().plusMonths(3);
    BigDecimal paid = BigDecimal.ZERO;
    for (JsonNode row : ofType("PaymentReceived")) {
      if (!LocalDate.parse(text(row, "received_on")).isBefore(busy)) {
        paid = paid.add(money(row, "amount"));
      }
    }

    Map<String, BigDecimal> parts = new HashMap<>();
    Map<String, BigDecimal> wholes = new HashMap<>();
    BigDecimal planned = BigDecimal.ZERO;
    BigDecimal inflow = BigDecimal.ZERO;
    for (JsonNode row : ofType("TargetSet")) {
      if (text(row, "metric").equals("CASH_INFLOW")) {
        inflow = inflow.add(money(row, "value"));
      } else if (text(row, "metric").equals("COLLECTION")) {
        wholes.put(text(row, "target_id"), money(row, "value"));
        if (row.has("parent_target_id")) {
          parts.merge(text(row, "parent_target_id"), money(row, "value"), BigDecimal::add);
        } else if (!LocalDate.parse(text(row, "starts_on")).isBefore(busy)) {
          planned = planned.add(money(row, "value"));
        }
      }
    }

    assertThat(paid.doubleValue() / planned.doubleValue())
        .as("seed %s: paid %s of %s planned from %s", SEED, paid, planned, busy)
        .isBetween(0.75, 1.25);
    assertThat(inflow).isPositive();
    assertThat(parts).hasSize(12 * (1 + 5));
    parts.forEach(
        (whole, sum) ->
            assertThat(wholes.get(whole).subtract(sum))
                .as("what is not shared out of %s", whole)
                .isBetween(BigDecimal.ZERO, BigDecimal.ONE));
  }

  @Test
  void codedSalesAndCostsOfPromotionsFollowFromTheEvents() {
    Map<String, BigDecimal> coded = new HashMap<>();
    Map<String, BigDecimal> costs = new HashMap<>();
    for (JsonNode row : history) {
      if (type(row).equals("SaleRecorded")) {
        for (JsonNode line : row.get("lines")) {
          if (line.has("promotion_id")) {
            coded.merge(text(line, "promotion_id"), money(line, "net_amount"), BigDecimal::add);
          }
        }
      } else if (type(row).equals("PromotionCostIncurred")) {
        costs.merge(text(row, "promotion_id"), money(row, "amount"), BigDecimal::add);
      }
    }

    assertThat(truth.get("promotions")).hasSize(60);
    for (JsonNode promotion : truth.get("promotions")) {
      String id = text(promotion, "promotion_id");
      assertThat(coded.getOrDefault(id, BigDecimal.ZERO))
          .as(id)
          .isEqualByComparingTo(money(promotion, "coded_sales"));
      assertThat(costs.get(id)).as(id).isEqualByComparingTo(money(promotion, "cost"));
      if (promotion.get("lift_permille").asInt() == 0) {
        assertThat(promotion.get("caused").get("baskets").asInt()).as(id).isZero();
      }
    }
  }

  @Test
  void stockOfDealersIsWhatCameInLessWhatWentOut() {
    Map<String, BigDecimal> stock = new HashMap<>();
    for (JsonNode row : history) {
      int sign =
          switch (type(row)) {
            case "GoodsShipped" -> 1;
            case "TerminalSaleRecorded", "GoodsReturned" -> -1;
            default -> 0;
          };
      if (sign != 0 && row.has("dealer_id")) {
        for (JsonNode line : row.get("lines")) {
          BigDecimal units = money(line, "units").multiply(BigDecimal.valueOf(sign));
          stock.merge(text(row, "dealer_id"), units, BigDecimal::add);
        }
      }
    }

    assertThat(truth.get("dealers")).hasSize(10);
    for (JsonNode dealer : truth.get("dealers")) {
      assertThat(stock.get(text(dealer, "dealer_id")))
          .as("seed %s, %s", SEED, dealer)
          .isEqualByComparingTo(money(dealer, "stock_units"));
    }
  }

  @Test
  void creditAndCommissionOfEveryDealAreWholeAndItsContractStandsInTheEvents() {
    Set<String> contracts = new HashSet<>();
    ofType("ContractSigned").forEach(row -> contracts.add(text(row, "contract_id")));
    Set<String> planted = new HashSet<>();
    for (JsonNode prospect : prospects()) {
      JsonNode deal = prospect.get("deal");
      if (deal != null) {
        planted.add(text(deal, "contract_id"));
        for (String book : List.of("credit_permille", "commission_permille")) {
          int sum = 0;
          for (JsonNode share : deal.get(book)) {
            sum += share.asInt();
          }

          assertThat(sum).as("seed %s, %s", SEED, prospect).isEqualTo(1000);
        }
      }
    }

    assertThat(planted).isEqualTo(contracts).hasSizeGreaterThan(20);
  }

  @Test
  void theEvidenceOfEveryScenarioStandsInTheEvents() {
    Map<String, List<JsonNode>> told = byCustomer();
    Set<String> scenarios = new HashSet<>();
    for (JsonNode prospect : prospects()) {
      String id = text(prospect, "customer_id");
      String owner = prospect.get("owners").isEmpty() ? "" : prospect.get("owners").get(0).asText();
      List<JsonNode> rows = told.get(id);
      List<JsonNode> visits =
          rows.stream().filter(row -> type(row).equals("VisitRecorded")).toList();
      JsonNode first = visits.getFirst();
      long claimDays =
          rows.stream()
              .filter(row -> type(row).equals("CallRecorded") && row.has("project_id"))
              .filter(row -> text(row, "purpose").equals("FOLLOW_UP"))
              .map(row -> day(instant(row, "occurred_at")))
              .distinct()
              .count();
      String scenario = text(prospect, "scenario");
      scenarios.add(scenario);
      boolean stands =
          switch (scenario) {
            case "WALK_IN" -> text(first, "staff_id").equals(owner);
            case "UNREGISTERED" ->
                !first.has("registration_id")
                    && (owner.isEmpty() || text(visits.get(1), "staff_id").equals(owner));
            case "NAMED" ->
                first.has("referrer_customer_id") && names(first, "named_staff_id", owner);
            case "RECORDED" ->
                rows.stream()
                    .filter(row -> type(row).equals("ReferralRecorded"))
                    .anyMatch(row -> before(row, first) && ownerOf(row).equals(owner));
            case "RELATIVE" ->
                names(first, "relation_staff_id", owner)
                    && rows.stream()
                        .filter(row -> type(row).equals("RelationDeclared"))
                        .anyMatch(row -> before(row, first) && names(row, "staff_id", owner));
            case "DELEGATED" ->
                names(first, "delegated_by", owner) && !first.has("registration_id");
            case "RECALLED" -> claimDays == 7 && names(first, "recalled_staff_id", owner);
            case "SKIPPED" -> claimDays == 7 && !first.get("first_visit_asked").asBoolean();
            case "DENIED" -> claimDays == 7 && text(first, "staff_id").equals(owner);
            case "LAPSED" -> claimDays == 6 && text(first, "staff_id").equals(owner);
            case "LUNCH" -> names(first, "role", "LUNCH_DUTY") && names(first, "staff_id", owner);
            case "COMPANY_LEAD" -> first.get("company_referred").asBoolean();
            case "TWO_SITES" ->
                !text(first, "site_id").equals(text(visits.get(1), "site_id"))
                    && prospect.get("owners").size() == 2;
            case "OWNER_LEFT" ->
                owner.isEmpty()
                    || rows.stream()
                        .anyMatch(
                            row ->
                                type(row).equals("CustomerAssigned")
                                    && names(row, "staff_id", owner));
            case "RULING" ->
                rows.stream()
                    .anyMatch(
                        row -> type(row).equals("OwnershipRuled") && names(row, "owner_id", owner));
            default -> false;
          };
      assertThat(stands).as("seed %s, %s: %s", SEED, prospect, rows).isTrue();
    }

    assertThat(scenarios).hasSizeGreaterThan(12);
  }

  @Test
  void theEvidenceOfEveryDealStandsInTheEvents() {
    Map<String, List<JsonNode>> told = byCustomer();
    int checked = 0;
    for (JsonNode prospect : prospects()) {
      JsonNode deal = prospect.get("deal");
      if (deal == null) {
        continue;
      }

      String owner = prospect.get("owners").get(0).asText();
      List<JsonNode> rows = told.get(text(prospect, "customer_id"));
      JsonNode contract = only(rows, "ContractSigned", "");
      JsonNode large = only(rows, "DepositPaid", "LARGE_DEPOSIT");
      expectWithinAReceptionOf(contract, rows);
      expectWithinAReceptionOf(large, rows);
      boolean byOwner = names(contract, "staff_id", owner);
      boolean stands =
          switch (text(deal, "rule")) {
            case "SPL-1", "SPL-6", "SPL-8" -> byOwner;
            case "SPL-2" -> names(only(rows, "ComplaintOpened", ""), "about_staff_id", owner);
            case "SPL-2b" -> names(only(rows, "TransferApproved", ""), "from_staff_id", owner);
            case "SPL-3" -> !byOwner && !large.get("staff_id").asText().equals(owner);
            case "SPL-4" -> !byOwner && !names(large, "staff_id", owner);
            case "SPL-5" -> !byOwner && names(large, "staff_id", owner);
            case "SPL-7" -> before(only(rows, "CustomerRecordOpened", ""), large);
            case "SPL-9" -> names(only(rows, "PenaltyVerified", ""), "rule_id", "PEN-4");
            case "SPL-10" -> names(only(rows, "PenaltyVerified", ""), "rule_id", "PEN-1");
            default -> false;
          };
      assertThat(stands).as("seed %s, %s: %s", SEED, prospect, rows).isTrue();
      checked++;
    }

    assertThat(checked).isGreaterThan(20);
  }

  private static void expectWithinAReceptionOf(JsonNode event, List<JsonNode> rows) {
    assertThat(rows)
        .as("seed %s", SEED)
        .anyMatch(
            row ->
                type(row).equals("VisitRecorded")
                    && row.get("staff_id").equals(event.get("staff_id"))
                    && before(row, event)
                    && instant(event, "occurred_at").isBefore(instant(row, "ended_at")));
  }

  private static JsonNode only(List<JsonNode> rows, String type, String kind) {
    return rows.stream()
        .filter(row -> type(row).equals(type))
        .filter(row -> kind.isEmpty() || names(row, "kind", kind))
        .filter(row -> !type.equals("ComplaintOpened") || row.get("wants_change").asBoolean())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + type + " among " + rows));
  }

  private static String ownerOf(JsonNode referral) {
    return prospects().stream()
        .filter(prospect -> names(referral, "referrer_customer_id", text(prospect, "customer_id")))
        .map(prospect -> prospect.get("owners").get(0).asText())
        .findFirst()
        .orElseThrow();
  }

  private static boolean before(JsonNode earlier, JsonNode later) {
    return instant(earlier, "occurred_at").isBefore(instant(later, "occurred_at"));
  }

  private static boolean names(JsonNode row, String field, String value) {
    return row.has(field) && text(row, field).equals(value);
  }

  @Test
  void tooFewDaysAndAScaleOutOfBoundsAreRefused() {
    assertThatThrownBy(() -> YEAR.during(YEAR.from(), 27)).hasMessageContaining("at least 28");
    assertThatThrownBy(() -> SampleYear.of(SEED, 0)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> SampleYear.of(SEED, Double.NaN)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> YEAR.during(LocalDate.of(1990, 1, 1), 60))
        .hasMessageContaining("1992");
  }

  @Test
  void theShortestYearIsAYear() throws Exception {
    SampleYear shortest =
        SampleYear.of(SEED, 0.02).during(LocalDate.of(2024, 2, 15), SampleYear.FEWEST_DAYS);

    assertThat(Written.to(own, shortest).lines()).hasSizeGreaterThan(1_000);
  }

  private static java.util.stream.Stream<JsonNode> events() {
    return rows.stream().filter(row -> !type(row).equals("BusinessDayClosed"));
  }

  /** The version in force of every event, in the order in which they happened. */
  private static List<JsonNode> inForce() {
    Map<String, JsonNode> versions = new HashMap<>();
    events()
        .forEach(
            row ->
                versions.merge(
                    origin(row),
                    row,
                    (a, b) -> b.get("revision").asInt() > a.get("revision").asInt() ? b : a));
    EventCatalog catalog = EventCatalog.load();
    return versions.values().stream()
        .sorted(
            Comparator.comparing((JsonNode row) -> instant(row, "occurred_at"))
                .thenComparing(
                    row -> catalog.type(type(row)), Comparator.comparingInt(EventType::rank))
                .thenComparing(row -> text(row, "source"))
                .thenComparingLong(row -> row.get("source_sequence").asLong()))
        .toList();
  }

  private static List<JsonNode> ofType(String type) {
    return history.stream().filter(row -> type(row).equals(type)).toList();
  }

  private static Map<String, List<JsonNode>> byCustomer() {
    Map<String, List<JsonNode>> told = new HashMap<>();
    for (JsonNode row : history) {
      if (row.has("customer_id")) {
        told.computeIfAbsent(text(row, "customer_id"), id -> new ArrayList<>()).add(row);
      }
    }

    return told;
  }

  /** The prospects of the truth, each with its customer's id. */
  private static List<JsonNode> prospects() {
    List<JsonNode> prospects = new ArrayList<>();
    for (JsonNode person : truth.get("customers")) {
      if (person.has("prospect")) {
        ObjectNode prospect = (ObjectNode) person.get("prospect");
        prospects.add(prospect.set("customer_id", person.get("ids").get(0)));
      }
    }

    return prospects;
  }

  private static List<JsonNode> accounts() {
    List<JsonNode> accounts = new ArrayList<>();
    truth.get("dealers").forEach(accounts::add);
    truth.get("customers").forEach(person -> person.get("accounts").forEach(accounts::add));
    return accounts;
  }

  private static Map<String, List<String>> bySource(List<String> lines) {
    Map<String, List<String>> found = new TreeMap<>();
    for (String line : lines) {
      JsonNode row = Written.json(line);
      if (row.has("source")) {
        found.computeIfAbsent(text(row, "source"), source -> new ArrayList<>()).add(line);
      }
    }

    return found;
  }

  private static void expectRate(String kind, int found, int of, int perMille) {
    assertThat(found * 1000.0 / of)
        .as("seed %s: %s of %s are %s", SEED, found, of, kind)
        .isCloseTo(perMille, within(perMille * 0.12));
  }

  private static String type(JsonNode row) {
    return text(row, "type");
  }

  private static String origin(JsonNode row) {
    return text(row, row.has("corrects") ? "corrects" : "event_id");
  }

  private static String text(JsonNode row, String name) {
    return row.get(name).asText();
  }

  private static BigDecimal money(JsonNode row, String name) {
    return new BigDecimal(text(row, name));
  }

  private static Instant instant(JsonNode row, String name) {
    return Instant.parse(text(row, name));
  }

  private static LocalDate day(Instant instant) {
    return instant.atZone(SampleYear.ZONE).toLocalDate();
  }
}
