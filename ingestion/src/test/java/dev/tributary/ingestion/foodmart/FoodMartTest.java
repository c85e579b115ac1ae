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
import java.time.YearMonth;
import java.util.ArrayList;
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
  void aMediaListIsOneBundleInItsOrder() {
    assertThat(of(PromotionPlanned.class))
        .extracting(PromotionPlanned::getMedia)
        .contains(List.of("Sunday Paper", "Radio"), List.of("Daily Paper", "Radio", "TV"));
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

  private static List<String> lines(String name) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                FoodMartTest.class.getResourceAsStream("/" + name), StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank()).toList();
    }
  }
}
