package dev.tributary.ingestion.sampleyear;

import static dev.tributary.ingestion.sampleyear.Chance.expectEven;
import static dev.tributary.ingestion.sampleyear.Chance.expectMean;
import static dev.tributary.ingestion.sampleyear.Chance.expectShare;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.events.RegionLevel;
import dev.tributary.events.StaffPost;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What is planned for a year of scale 1, without living through it, against the figures of
 * docs/sample-year.md, which stand here a second time.
 */
class SampleYearPlanTest {

  private static final long SEED = Long.getLong("tributary.seed", 20250101);
  private static final SampleYear YEAR = SampleYear.of(SEED, 1);
  private static final World WORLD = World.of(YEAR);
  private static final Days DAYS = WORLD.days();
  private static final Geography GEOGRAPHY = WORLD.geography();

  private static final double[] MONTH = {
    0.90, 0.80, 1.00, 1.00, 1.05, 1.10, 0.95, 0.95, 1.05, 1.10, 1.15, 1.20
  };
  private static final double[] FROM_MONDAY = {0.90, 0.90, 0.95, 1.00, 1.10, 1.20, 1.05};

  @Test
  void aCompanyOfScaleOneIsAsLargeAsStated() {
    assertThat(YEAR.customers()).isEqualTo(20_000);
    assertThat(YEAR.dealers()).isEqualTo(200);
    assertThat(WORLD.campaigns().all()).hasSize(60);
    assertThat(Conference.all(WORLD)).hasSize(40);
    assertThat(WORLD.products()).hasSize(24).extracting(Product::category).hasSize(24);
    assertThat(WORLD.products().stream().map(Product::category).distinct()).hasSize(4);
    assertThat(WORLD.products())
        .allMatch(product -> product.wholesaleCents() * 10 == product.listCents() * 8)
        .allMatch(product -> product.dealerCents() * 10 == product.listCents() * 7);
    assertThat(count(RegionLevel.COUNTRY)).isEqualTo(1);
    assertThat(count(RegionLevel.PROVINCE)).isEqualTo(5);
    assertThat(count(RegionLevel.PREFECTURE)).isEqualTo(10);
    assertThat(count(RegionLevel.COUNTY)).isEqualTo(24);
    assertThat(GEOGRAPHY.regions()).hasSize(40);
  }

  @Test
  void sixtyPeopleWorkInThreeProjectsAndSomeJoinAndLeave() {
    Organisation organisation = WORLD.organisation();
    Map<StaffPost, Integer> posts = new EnumMap<>(StaffPost.class);
    organisation.staff().forEach(person -> posts.merge(person.post(), 1, Integer::sum));

    assertThat(organisation.staff()).hasSize(60);
    assertThat(posts)
        .isEqualTo(
            Map.of(
                StaffPost.SALESPERSON, 36,
                StaffPost.SALES_MANAGER, 3,
                StaffPost.SITE_SUPERVISOR, 6,
                StaffPost.CALL_AGENT, 9,
                StaffPost.ACCOUNT_MANAGER, 6));
    assertThat(organisation.staff().stream().filter(person -> person.joins() > 0)).hasSize(8);
    assertThat(organisation.staff().stream().filter(person -> DAYS.holds(person.leaves())))
        .hasSize(8)
        .allMatch(person -> person.leaves() > DAYS.count() / 2);
    assertThat(IntStream.range(0, 3).map(organisation::opens)).containsExactly(0, 0, 60);
    for (int day = 0; day < DAYS.count(); day++) {
      for (int site = 0; site < 6; site++) {
        assertThat(organisation.rota(site, day)).as("site %s, day %s", site, day).isNotEmpty();
      }
    }
  }

  @Test
  void customersBuyOweAndAreKnownTwiceAsOftenAsStated() {
    int never = 0;
    int heavy = 0;
    int onAccount = 0;
    int twice = 0;
    Map<Manner, Integer> manners = new EnumMap<>(Manner.class);
    for (int number = 1; number <= YEAR.customers(); number++) {
      Customer customer = new Customer(WORLD, number, Integer.MAX_VALUE, id -> null);
      double perYear = customer.rate() * 365;
      assertThat(perYear)
          .satisfiesAnyOf(
              rate -> assertThat(rate).isZero(),
              rate -> assertThat(rate).isBetween(6.0, 18.0),
              rate -> assertThat(rate).isBetween(35.0, 65.0));
      never += perYear == 0 ? 1 : 0;
      heavy += perYear > 18 ? 1 : 0;
      onAccount += customer.onAccount() ? 1 : 0;
      twice += customer.alias().isPresent() ? 1 : 0;
      manners.merge(Manner.of(WORLD.draws("debtor:" + customer.id())), 1, Integer::sum);
    }

    int all = YEAR.customers();
    expectShare("never buy", never, all, 0.20);
    expectShare("heavy users", heavy, all, 0.15);
    expectShare("buyers on account", onAccount, all - never, 1 / 3.0);
    expectShare("known by a second id", twice, all, 0.06);
    expectShare("punctual", manners.get(Manner.PUNCTUAL), all, 0.60);
    expectShare("late", manners.get(Manner.LATE), all, 0.24);
    expectShare("in parts", manners.get(Manner.IN_PARTS), all, 0.08);
    expectShare("too much", manners.get(Manner.TOO_MUCH), all, 0.03);
    expectShare("never pay", manners.get(Manner.NEVER), all, 0.05);
  }

  @Test
  void prospectsFollowTheScenariosInTheSharesStated() {
    Prospects prospects = new Prospects(WORLD);
    Map<Scenario, Integer> found = new EnumMap<>(Scenario.class);
    int all = 0;
    int mightSign = 0;
    int sign = 0;
    for (int number = 1; number <= YEAR.customers(); number++) {
      Optional<ProspectPlan> plan = prospects.of(number);
      if (plan.isPresent()) {
        all++;
        found.merge(plan.get().scenario(), 1, Integer::sum);
        if (plan.get().scenario() != Scenario.OWNER_LEFT && !plan.get().owners().isEmpty()) {
          mightSign++;
          sign += plan.get().signs() ? 1 : 0;
        }
      }
    }

    expectShare("prospects", all, YEAR.customers(), 0.15);
    expectShare("not registered", found.get(Scenario.UNREGISTERED), all, 0.06);
    expectShare("relative", found.get(Scenario.RELATIVE), all, 0.04);
    expectShare("delegated", found.get(Scenario.DELEGATED), all, 0.04);
    expectShare("company lead", found.get(Scenario.COMPANY_LEAD), all, 0.02);
    expectShare("two sites", found.get(Scenario.TWO_SITES), all, 0.02);
    expectShare("ruling", found.get(Scenario.RULING), all, 0.02);
    expectShare("referred, named", found.get(Scenario.NAMED), all, 0.08);
    expectShare(
        "telephone",
        sum(found, Scenario.RECALLED, Scenario.SKIPPED, Scenario.DENIED, Scenario.LAPSED),
        all,
        0.12);
    // What cannot be played becomes a walk-in, so these four are one share.
    expectShare(
        "walk-in and what becomes it",
        sum(found, Scenario.WALK_IN, Scenario.RECORDED, Scenario.LUNCH, Scenario.OWNER_LEFT),
        all,
        0.46 + 0.08 + 0.04 + 0.02);
    expectShare("sign", sign, mightSign, 0.35);
  }

  @Test
  void promotionsAreDrawnAsStated() {
    List<Campaign> drawn = new ArrayList<>();
    int clashes = 0;
    for (int i = 0; i < 20; i++) {
      List<Campaign> year = new Campaigns(SEED + i, DAYS, GEOGRAPHY).all();
      clashes += clashes(year);
      drawn.addAll(year);
    }

    List<Campaign> lifted = drawn.stream().filter(campaign -> campaign.lift() > 0).toList();
    List<Campaign> spilling = lifted.stream().filter(campaign -> campaign.spill() > 0).toList();
    List<Campaign> dipping = lifted.stream().filter(campaign -> campaign.dip() > 0).toList();
    expectShare("without any lift", drawn.size() - lifted.size(), drawn.size(), 0.15);
    expectShare("spilling over", spilling.size(), lifted.size(), 0.30);
    expectShare("followed by a dip", dipping.size(), lifted.size(), 0.50);
    expectShare(
        "in two counties",
        drawn.stream().filter(campaign -> campaign.counties().size() == 2).count(),
        drawn.size(),
        0.30);
    expectEven("lift", lifted.stream().map(Campaign::lift).toList(), 50, 600);
    expectEven(
        "days",
        drawn.stream().map(campaign -> campaign.last() - campaign.first() + 1).toList(),
        14,
        28);
    expectEven("days of the dip", dipping.stream().map(Campaign::dipDays).toList(), 7, 14);
    // Whole thousandths of demand: rounded down by less than one.
    assertThat(spilling)
        .allMatch(campaign -> campaign.spill() >= campaign.lift() * 100 / 1000)
        .allMatch(campaign -> campaign.spill() <= campaign.lift() * 300 / 1000);
    assertThat(dipping)
        .allMatch(campaign -> campaign.dip() >= campaign.lift() * 200 / 1000)
        .allMatch(campaign -> campaign.dip() <= campaign.lift() * 500 / 1000);
    // Only the tenth that is placed regardless clashes, and not all of it.
    assertThat(clashes).isBetween(1, drawn.size() / 10);
  }

  /** Promotions that run or dip where and when an earlier one does. */
  private static int clashes(List<Campaign> year) {
    int clashes = 0;
    for (int i = 0; i < year.size(); i++) {
      Campaign one = year.get(i);
      clashes +=
          year.subList(0, i).stream()
                  .anyMatch(
                      other ->
                          one.first() <= other.last() + other.dipDays()
                              && other.first() <= one.last() + one.dipDays()
                              && one.counties().stream().anyMatch(other.counties()::contains))
              ? 1
              : 0;
    }

    return clashes;
  }

  /**
   * What is left of demand when season, weekday, trend and the sudden shocks are taken out is the
   * same on all days of a week: so each of them is in it just as stated.
   */
  @Test
  void seasonWeekdayTrendAndSuddenShocksAreJustAsStated() {
    for (int county = 0; county < Geography.COUNTIES; county++) {
      for (int day = 0; day < DAYS.count(); day++) {
        assertThat(weather(WORLD.climate(), county, day))
            .as("county %s, day %s", county, day)
            .isCloseTo(weather(WORLD.climate(), county, day / 7 * 7), within(1e-9));
      }
    }
  }

  @Test
  void shocksAreSharedByAProvinceAndRememberedAsStated() {
    double shared = 0.06 * 0.06 / (1 - 0.6 * 0.6);
    Map<String, List<Double>> found = new HashMap<>();
    for (int seed = 0; seed < 60; seed++) {
      Climate climate = new Climate(SEED + seed, DAYS, GEOGRAPHY);
      Map<String, List<Double>> products = new HashMap<>();
      // From the twentieth week on nothing is left of the first.
      for (int day = 20 * 7; day < 52 * 7; day += 7) {
        for (int county = 0; county < Geography.COUNTIES; county++) {
          double here = weather(climate, county, day);
          int next = (county + 1) % Geography.COUNTIES;
          boolean neighbour = GEOGRAPHY.provinceOf(county) == GEOGRAPHY.provinceOf(next);
          add(products, "level", here);
          add(products, "spread", here * here);
          add(products, neighbour ? "province" : "abroad", here * weather(climate, next, day));
          add(products, "last week", here * weather(climate, county, day - 7));
        }
      }

      products.forEach((kind, all) -> add(found, kind, Chance.mean(all)));
    }

    expectMean("level", found.get("level"), 0);
    expectMean("spread of a county", found.get("spread"), shared + 0.03 * 0.03);
    expectMean("shared by counties of a province", found.get("province"), shared);
    expectMean("shared by counties of two provinces", found.get("abroad"), 0);
    expectMean("remembered from last week", found.get("last week"), 0.6 * shared);
  }

  /** The logarithm of what is left of a day's factor without all that is stated to be in it. */
  private static double weather(Climate climate, int county, int day) {
    LocalDate date = LocalDate.of(2025, 1, 1).plusDays(day);
    double stated =
        MONTH[date.getMonthValue() - 1]
            * FROM_MONDAY[date.getDayOfWeek().getValue() - 1]
            * (1 + 0.10 * day / 365);
    int province = GEOGRAPHY.provinceOf(county) + 1;
    double sudden = 1;
    if (province == 2 && day >= 100 && day < 121) {
      sudden = 0.75;
    } else if (province == 4 && day >= 220 && day < 234) {
      sudden = 1.20;
    }

    return Math.log(climate.factor(county, day) / stated / sudden);
  }

  private static void add(Map<String, List<Double>> lists, String kind, double number) {
    lists.computeIfAbsent(kind, k -> new ArrayList<>()).add(number);
  }

  private static int sum(Map<Scenario, Integer> found, Scenario... scenarios) {
    int sum = 0;
    for (Scenario scenario : scenarios) {
      sum += found.getOrDefault(scenario, 0);
    }

    return sum;
  }

  private static long count(RegionLevel level) {
    return GEOGRAPHY.regions().stream().filter(region -> region.level() == level).count();
  }
}
