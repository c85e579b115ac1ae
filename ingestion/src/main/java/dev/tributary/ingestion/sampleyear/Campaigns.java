package dev.tributary.ingestion.sampleyear;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The sixty promotions of a company and what they do to demand, county by county and day by day.
 */
final class Campaigns {

  /** How a promotion touches a county on a day. */
  enum Kind {
    CAUSED,
    SPILLED,
    LOST
  }

  /**
   * An effect on demand.
   *
   * @param size share of demand that is added, or, for {@link Kind#LOST}, taken away; above 0
   */
  record Effect(Campaign campaign, Kind kind, double size) {}

  static final int COUNT = 60;
  private static final List<String> CHANNELS =
      List.of("outdoor", "radio", "newspaper", "social", "search", "e-mail", "tv", "print");
  private static final int TRIES = 40;

  private final List<Campaign> campaigns = new ArrayList<>();
  private final List<List<List<Effect>>> effects = new ArrayList<>();
  private final List<List<List<Campaign>>> running = new ArrayList<>();

  Campaigns(long seed, Days days, Geography geography) {
    for (int i = 0; i < COUNT; i++) {
      campaigns.add(placed(i, new Draws(seed, "promotion:" + i), days, geography));
    }

    for (int county = 0; county < Geography.COUNTIES; county++) {
      List<List<Effect>> byDay = new ArrayList<>();
      List<List<Campaign>> runningByDay = new ArrayList<>();
      for (int day = 0; day < days.count(); day++) {
        byDay.add(effectsOn(county, day, geography));
        runningByDay.add(runningOn(county, day));
      }

      effects.add(byDay);
      running.add(runningByDay);
    }
  }

  List<Campaign> all() {
    return campaigns;
  }

  /** What promotions do to demand in a county on a day. */
  List<Effect> effects(int county, int day) {
    return effects.get(county).get(day);
  }

  /** The promotions that run in a county on a day. */
  List<Campaign> running(int county, int day) {
    return running.get(county).get(day);
  }

  private Campaign placed(int number, Draws draws, Days days, Geography geography) {
    int lift = draws.chance(150) ? 0 : draws.between(50, 600);
    int spill = draws.chance(300) ? lift * draws.between(100, 300) / 1000 : 0;
    int dip = draws.chance(500) ? lift * draws.between(200, 500) / 1000 : 0;
    int dipDays = draws.between(7, 14);
    int length = Math.min(draws.between(14, 28), days.count() / 3);
    boolean regardless = draws.chance(100);
    String channel = draws.pick(CHANNELS);
    Campaign candidate = null;
    for (int i = 0; i < TRIES; i++) {
      int county = draws.below(Geography.COUNTIES);
      Set<Integer> counties = new TreeSet<>(Set.of(county));
      if (draws.chance(300)) {
        counties.add(draws.pick(geography.neighbours(county)));
      }

      int first = draws.between(3, days.count() - length - 1);
      candidate =
          new Campaign(
              number,
              "promotion-%s%s".formatted((number + 1) / 10, (number + 1) % 10),
              List.copyOf(counties),
              first,
              first + length - 1,
              channel,
              lift,
              spill,
              dip,
              dipDays);
      if (regardless || !clashes(candidate)) {
        return candidate;
      }
    }

    return candidate;
  }

  private boolean clashes(Campaign candidate) {
    for (Campaign other : campaigns) {
      boolean sameTime =
          candidate.first() <= other.last() + other.dipDays()
              && other.first() <= candidate.last() + candidate.dipDays();
      if (sameTime && other.counties().stream().anyMatch(candidate.counties()::contains)) {
        return true;
      }
    }

    return false;
  }

  private List<Effect> effectsOn(int county, int day, Geography geography) {
    List<Effect> found = new ArrayList<>();
    for (Campaign campaign : campaigns) {
      if (campaign.counties().contains(county)) {
        if (campaign.runsOn(day) && campaign.lift() > 0) {
          found.add(new Effect(campaign, Kind.CAUSED, campaign.lift() / 1000.0));
        } else if (campaign.dipsOn(day)) {
          found.add(new Effect(campaign, Kind.LOST, campaign.dip() / 1000.0));
        }
      } else if (campaign.spill() > 0
          && campaign.runsOn(day)
          && geography.neighbours(county).stream().anyMatch(campaign.counties()::contains)) {
        found.add(new Effect(campaign, Kind.SPILLED, campaign.spill() / 1000.0));
      }
    }

    return List.copyOf(found);
  }

  private List<Campaign> runningOn(int county, int day) {
    return campaigns.stream()
        .filter(campaign -> campaign.runsOn(day) && campaign.counties().contains(county))
        .toList();
  }
}
