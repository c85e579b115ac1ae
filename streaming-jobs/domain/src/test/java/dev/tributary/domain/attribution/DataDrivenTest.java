package dev.tributary.domain.attribution;

import static dev.tributary.domain.ExactSplit.money;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.domain.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Boundaries of the data-driven models, as stories. */
class DataDrivenTest {

  private static final LocalDate MONTH = LocalDate.parse("2026-03-01");
  private static final List<String> NINE =
      List.of("A", "A>B", "A>B>C", "B", "B>A", "B>C>A", "C", "C>A", "C>B>A");

  /** Paths as "A>B", with conversions, losses and a value for each conversion. */
  static SortedMap<PathAddress, PathMeasures> paths(
      List<String> paths, long conversions, long lost, String value) {
    SortedMap<PathAddress, PathMeasures> counted = new TreeMap<>();
    for (String path : paths) {
      PathMeasures journeys =
          new PathMeasures(conversions, lost, conversions * money(value).micros());
      counted.merge(address(path), journeys, PathMeasures::plus);
    }
    return counted;
  }

  private static PathAddress address(String path) {
    List<String> channels = path.isEmpty() ? List.of() : List.of(path.split(">", -1));
    return new PathAddress("contract", MONTH, "EUR", channels);
  }

  @SafeVarargs
  private static SortedMap<PathAddress, PathMeasures> together(
      SortedMap<PathAddress, PathMeasures>... parts) {
    SortedMap<PathAddress, PathMeasures> sum = new TreeMap<>();
    for (SortedMap<PathAddress, PathMeasures> part : parts) {
      part.forEach((address, journeys) -> sum.merge(address, journeys, PathMeasures::plus));
    }
    return sum;
  }

  private static Money sum(Map<String, Money> credit) {
    return credit.values().stream().reduce(Money.zero("EUR"), Money::plus);
  }

  @Test
  void theNinePathsOfTheRule() {
    SortedMap<PathAddress, PathMeasures> nine = paths(NINE, 1, 0, "3 EUR");

    ChannelWeights effects = MarkovRemoval.ofOrder(nine, 1).weights();
    assertThat(effects.effects())
        .containsEntry("A", 666_666_666_666_667L)
        .containsEntry("B", 533_333_333_333_333L)
        .containsEntry("C", 491_228_070_175_439L);
    double all = (double) effects.effects().values().stream().mapToLong(Long::longValue).sum();
    assertThat(effects.effects().values())
        .extracting(effect -> Math.round((double) (2_700 * effect) / all))
        .as("each by itself, in cents")
        .containsExactly(1_064L, 851L, 784L);
    assertThat(effects.credit(nine, "EUR"))
        .as("all together: the cent that is missing goes to the largest remainder")
        .containsEntry("A", money("10.64 EUR"))
        .containsEntry("B", money("8.52 EUR"))
        .containsEntry("C", money("7.84 EUR"));
    assertThat(sum(effects.credit(nine, "EUR"))).isEqualTo(money("27 EUR"));
    assertThat(ShapleyRates.of(nine).credit(nine, "EUR"))
        .containsEntry("A", money("9 EUR"))
        .containsEntry("B", money("9 EUR"))
        .containsEntry("C", money("9 EUR"));
  }

  @Test
  void everyRuleSumsToTwentySevenOverTheNinePaths() {
    for (Model model : Model.values()) {
      long sum = 0;
      for (String path : NINE) {
        AttributionScenario story = new AttributionScenario();
        List<String> channels = List.of(path.split(">", -1));
        for (int i = 0; i < channels.size(); i++) {
          story.touched("touch " + i, "2026-03-0" + (i + 1), channels.get(i));
        }
        story.signed("K1", "2026-03-04", "3 EUR");
        for (AttributionLine line : story.lines()) {
          sum += line.revenue().of(model);
        }
      }
      assertThat(sum).as("%s", model).isEqualTo(27_000_000);
    }
  }

  @Test
  void repeatedTouchesSayNothingToAChainOfOrderOne() {
    Random random = new Random(27);
    for (int i = 0; i < 50; i++) {
      SortedMap<PathAddress, PathMeasures> paths =
          DataDrivenChecks.randomPaths(random, 2 + random.nextInt(5), 40);
      assertThat(MarkovRemoval.ofOrder(DataDrivenChecks.collapsed(paths), 1))
          .isEqualTo(MarkovRemoval.ofOrder(paths, 1));
    }
    assertThat(DataDrivenChecks.collapsed(paths(List.of("A>A>B>A", "A>B>B>B>A"), 1, 2, "3 EUR")))
        .isEqualTo(paths(List.of("A>B>A", "A>B>A"), 1, 2, "3 EUR"));
  }

  @Test
  void theOrderOfArrivalPlaysNoPart() {
    SortedMap<PathAddress, PathMeasures> nine = paths(NINE, 1, 2, "3 EUR");
    List<Map.Entry<PathAddress, PathMeasures>> entries = new ArrayList<>(nine.entrySet());
    Collections.shuffle(entries, new Random(1));
    SortedMap<PathAddress, PathMeasures> again = new TreeMap<>();
    for (Map.Entry<PathAddress, PathMeasures> entry : entries) {
      again.merge(entry.getKey(), entry.getValue(), PathMeasures::plus);
    }

    assertThat(MarkovRemoval.ofBestOrder(again)).isEqualTo(MarkovRemoval.ofBestOrder(nine));
    assertThat(ShapleyRates.of(again)).isEqualTo(ShapleyRates.of(nine));
  }

  @Test
  void aConversionThatNothingTouchedIsUnattributed() {
    SortedMap<PathAddress, PathMeasures> paths =
        together(paths(NINE, 1, 0, "3 EUR"), paths(List.of(""), 1, 0, "5 EUR"));

    assertThat(MarkovRemoval.ofOrder(paths, 1).weights().credit(paths, "EUR"))
        .containsEntry("", money("5 EUR"))
        .containsEntry("A", money("10.64 EUR"));
    assertThat(ShapleyRates.of(paths).credit(paths, "EUR"))
        .containsEntry("", money("5 EUR"))
        .containsEntry("A", money("9 EUR"));
  }

  @Test
  void whereNothingConvertsNothingIsWorthAnything() {
    SortedMap<PathAddress, PathMeasures> lost = paths(NINE, 0, 2, "0 EUR");

    assertThat(MarkovRemoval.ofOrder(lost, 1).weights().effects().values()).containsOnly(0L);
    assertThat(ShapleyRates.of(lost).effects().values()).containsOnly(0L);
    assertThat(sum(ShapleyRates.of(lost).credit(lost, "EUR"))).isEqualTo(money("0 EUR"));
    assertThat(MarkovRemoval.ofBestOrder(new TreeMap<>()).weights().effects()).isEmpty();
    assertThat(ShapleyRates.of(new TreeMap<>()).effects()).isEmpty();
  }

  @Test
  void aChannelThatLowersTheRateEarnsNothing() {
    SortedMap<PathAddress, PathMeasures> paths =
        together(
            paths(List.of("A"), 5, 5, "1 EUR"),
            paths(List.of("B"), 0, 10, "0 EUR"),
            paths(List.of("A>B"), 1, 19, "1 EUR"));

    assertThat(ShapleyRates.of(paths).effects().get("B")).isNegative();
    assertThat(ShapleyRates.of(paths).credit(paths, "EUR"))
        .containsEntry("A", money("6 EUR"))
        .containsEntry("B", money("0 EUR"));
  }

  @Test
  void ofManyChannelsTheRareOnesAreTakenTogether() {
    SortedMap<PathAddress, PathMeasures> paths = new TreeMap<>();
    for (int i = 0; i < 14; i++) {
      String channel = "C" + (char) ('a' + i);
      paths.putAll(paths(List.of(channel), 20 - i, 20 + i, "1 EUR"));
    }
    paths.putAll(paths(List.of("Cl>Cm>Cn"), 6, 0, "1 EUR"));

    SortedMap<String, Long> values = ShapleyRates.of(paths).effects();
    assertThat(values).hasSize(14);
    assertThat(values.get("Ca")).isGreaterThan(values.get("Cb"));
    assertThat(values.get("Ci") * 11)
        .as("12 and 11 conversions, of those taken together")
        .isCloseTo(values.get("Cj") * 12, within(20L));
    assertThat(values.values().stream().mapToLong(Long::longValue).sum())
        .as("the rate of all journeys")
        .isCloseTo(Math.round(1e15 * (189 + 6) / (14 * 40 + 6)), within(20L));
  }

  @Test
  void theOrderIsTheOneThatSaysMoreThanItAsksFor() {
    SortedMap<PathAddress, PathMeasures> whatCameBeforeDecides =
        together(
            paths(List.of("A>B>C"), 100, 0, "1 EUR"),
            paths(List.of("D>B>E"), 0, 100, "0 EUR"),
            paths(List.of("A", "D"), 50, 50, "1 EUR"));
    SortedMap<PathAddress, PathMeasures> seldom =
        together(
            paths(List.of("A>B>C"), 2, 0, "1 EUR"),
            paths(List.of("D>B>E"), 0, 2, "0 EUR"),
            paths(List.of("A", "D"), 1, 1, "1 EUR"));

    assertThat(MarkovRemoval.ofBestOrder(whatCameBeforeDecides).order()).isEqualTo(2);
    assertThat(MarkovRemoval.ofBestOrder(seldom).order()).isEqualTo(1);
    assertThat(MarkovRemoval.ofBestOrder(paths(NINE, 1, 0, "3 EUR")).order()).isEqualTo(1);
  }

  @Test
  void everythingEqualsTheSecondWriting() {
    DataDrivenChecks.random(60);
  }
}
