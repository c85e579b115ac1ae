package dev.tributary.ingestion.foodmart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.events.PromotionCostIncurred;
import dev.tributary.events.PromotionPlanned;
import dev.tributary.events.SaleLine;
import dev.tributary.events.SaleRecorded;
import dev.tributary.schemas.EventType;
import dev.tributary.schemas.WireFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class FoodMartTest {

  private static final FoodMart FOOD_MART = FoodMart.load();
  private static final List<SpecificRecord> EVENTS = allEvents();

  /** Lines, units, sales, cost. */
  private record Totals(long lines, BigDecimal units, BigDecimal sales, BigDecimal cost) {

    private static final Totals NONE =
        new Totals(0, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    Totals plus(Totals other) {
      return new Totals(
          lines + other.lines,
          units.add(other.units),
          sales.add(other.sales),
          cost.add(other.cost));
    }

    Totals plain() {
      return new Totals(
          lines, units.stripTrailingZeros(), sales.stripTrailingZeros(), cost.stripTrailingZeros());
    }
  }

  /** What tells sales apart, as far as the data set says. */
  private record NaturalKey(
      String product, LocalDate day, String customer, String promotion, String store) {}

  @Test
  void linesUnitsSalesAndCostPerPromotionEqualThoseOfTheFile() throws IOException {
    Map<String, Totals> expected = new TreeMap<>();
    Pattern line =
        Pattern.compile(
            ".*\"promotion_id\":(\\d+),.*\"store_sales\":([\\d.]+),\"store_cost\":([\\d.]+),\"unit_sales\":([\\d.]+).*");
    for (String text : lines("sales_fact_1997.json")) {
      Matcher row = line.matcher(text);
      assertThat(row.matches()).as(text).isTrue();
      expected.merge(
          row.group(1).equals("0") ? "none" : row.group(1),
          new Totals(
              1,
              new BigDecimal(row.group(4)),
              new BigDecimal(row.group(2)),
              new BigDecimal(row.group(3))),
          Totals::plus);
    }

    Map<String, Totals> actual = new TreeMap<>();
    for (SaleRecorded sale : of(SaleRecorded.class)) {
      for (SaleLine sold : sale.getLines()) {
        actual.merge(
            sold.getPromotionId() == null ? "none" : sold.getPromotionId(),
            new Totals(
                1,
                BigDecimal.valueOf(sold.getUnitsMicros(), 6),
                BigDecimal.valueOf(sold.getNetAmountMicros(), 6),
                BigDecimal.valueOf(sold.getCostOfGoodsMicros(), 6)),
            Totals::plus);
      }
    }

    expected.replaceAll((promotion, totals) -> totals.plain());
    actual.replaceAll((promotion, totals) -> totals.plain());
    assertThat(actual).isEqualTo(expected);
    assertThat(actual.values().stream().reduce(Totals.NONE, Totals::plus).lines())
        .isEqualTo(86_837);
    assertThat(actual.get("none").lines()).isEqualTo(63_656);
  }

  @Test
  void everyEventIsValidAndHasAnIdOfItsOwn() {
    WireFormat wire = new WireFormat();
    Set<String> ids = new HashSet<>();
    for (SpecificRecord event : EVENTS) {
      assertThat(wire.violation(event)).isEmpty();
      assertThat(ids.add(EventType.envelopeOf(event).getEventId())).isTrue();
    }
  }

  @Test
  void whatStandsTwiceIsTwoSalesEachUnderAnIdOfItsOwn() {
    Map<NaturalKey, List<String>> ids = new HashMap<>();
    for (SaleRecorded sale : of(SaleRecorded.class)) {
      SaleLine line = sale.getLines().getFirst();
      NaturalKey key =
          new NaturalKey(
              line.getProductId(),
              sale.getSoldOn(),
              sale.getCustomerId(),
              line.getPromotionId(),
              sale.getStoreId());
      ids.computeIfAbsent(key, k -> new ArrayList<>()).add(sale.getEnvelope().getEventId());
    }

    List<List<String>> repeated = ids.values().stream().filter(each -> each.size() > 1).toList();
    assertThat(repeated).hasSize(8);
    assertThat(repeated).allSatisfy(each -> assertThat(each).hasSize(2).doesNotHaveDuplicates());
    assertThat(ids).hasSize(86_837 - 8);
  }

  @Test
  void aMediaListIsOneBundleInItsOrder() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    Pattern promotion =
        Pattern.compile(
            ".*\"promotion_id\":(\\d+),.*\"media_type\":\"([^\"]*)\",.*\"start_date\":\"1997-.*");
    for (String text : lines("promotion.json")) {
      Matcher row = promotion.matcher(text);
      if (row.matches()) {
        expected.put(row.group(1), row.group(2));
      }
    }

    Map<String, String> actual = new TreeMap<>();
    for (PromotionPlanned planned : of(PromotionPlanned.class)) {
      actual.put(planned.getPromotionId(), String.join(", ", planned.getMedia()));
    }

    assertThat(actual).isEqualTo(expected);
    assertThat(of(PromotionPlanned.class))
        .extracting(PromotionPlanned::getMedia)
        .contains(List.of("Sunday Paper", "Radio"), List.of("Daily Paper", "Radio", "TV"));
  }

  @Test
  void aPromotionNamesADistrictAndNoRegionSoItAndItsCostAreBoundToNone() throws IOException {
    assertThat(of(PromotionPlanned.class))
        .extracting(PromotionPlanned::getRegion)
        .containsOnlyNulls();
    assertThat(of(PromotionCostIncurred.class))
        .extracting(PromotionCostIncurred::getRegion)
        .containsOnlyNulls();

    Map<String, String> districtOfRegion =
        pairs("region.json", "\"region_id\":(\\d+),.*\"sales_district_id\":(\\d+)");
    Map<String, String> regionOfStore =
        pairs("store.json", "\"store_id\":(\\d+),.*\"region_id\":(\\d+)");
    Map<String, String> districtOfPromotion =
        pairs("promotion.json", "\"promotion_id\":(\\d+),\"promotion_district_id\":(\\d+)");
    for (SaleRecorded sale : of(SaleRecorded.class)) {
      String promotion = sale.getLines().getFirst().getPromotionId();
      if (promotion != null) {
        String region = regionOfStore.get(sale.getStoreId());
        assertThat(districtOfPromotion.get(promotion))
            .as("promotion %s in store %s", promotion, sale.getStoreId())
            .isNotEqualTo(region)
            .isEqualTo(districtOfRegion.get(region));
      }
    }
  }

  @Test
  void everyPromotionOfASaleIsPlannedAndCostsMoney() {
    Set<String> planned = new HashSet<>();
    of(PromotionPlanned.class).forEach(promotion -> planned.add(promotion.getPromotionId()));
    Set<String> costed = new HashSet<>();
    of(PromotionCostIncurred.class).forEach(cost -> costed.add(cost.getPromotionId()));

    assertThat(planned).isEqualTo(costed).doesNotContain("0");
    for (SaleRecorded sale : of(SaleRecorded.class)) {
      String promotion = sale.getLines().getFirst().getPromotionId();
      assertThat(promotion == null || planned.contains(promotion)).as(promotion).isTrue();
    }
  }

  @Test
  void theRegionOfASaleIsThatOfItsStore() {
    assertThat(of(SaleRecorded.class))
        .extracting(SaleRecorded::getRegion)
        .containsOnly("North West", "South West", "Central West");
  }

  @Test
  void theYearHasTwelveMonthsAndTheirDays() {
    assertThat(FOOD_MART.months()).hasSize(12).startsWith(YearMonth.of(1997, 1));
    assertThat(FOOD_MART.days(YearMonth.of(1997, 2))).hasSize(28);
  }

  private static <T> List<T> of(Class<T> type) {
    return EVENTS.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static List<SpecificRecord> allEvents() {
    List<SpecificRecord> events = new ArrayList<>();
    FOOD_MART.months().forEach(month -> events.addAll(FOOD_MART.events(month)));
    return events;
  }

  /** Two columns of a file, the second by the first. */
  private static Map<String, String> pairs(String name, String columns) throws IOException {
    Pattern pattern = Pattern.compile(columns);
    Map<String, String> pairs = new HashMap<>();
    for (String text : lines(name)) {
      Matcher row = pattern.matcher(text);
      assertThat(row.find()).as(text).isTrue();
      pairs.put(row.group(1), row.group(2));
    }
    return pairs;
  }

  private static List<String> lines(String name) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                FoodMartTest.class.getResourceAsStream("/" + name), StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank()).toList();
    }
  }
}
