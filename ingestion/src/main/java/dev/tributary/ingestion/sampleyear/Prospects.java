package dev.tributary.ingestion.sampleyear;

import java.util.List;
import java.util.Optional;

/** Plans of those customers who look at a sales project; each a function of the number alone. */
final class Prospects {

  private static final int SHARE = 150;
  private static final int SIGN = 350;
  private static final int EARLIEST = 12;
  private static final int ROOM_AT_THE_END = 8;
  private static final int TRIES = 60;

  private record Referrer(int number, Person owner) {}

  private final World world;

  Prospects(World world) {
    this.world = world;
  }

  /** The plan of a customer; empty for those who are no prospects. */
  Optional<ProspectPlan> of(int number) {
    Draws draws = world.draws("prospect:" + number);
    if (!draws.chance(SHARE)) {
      return Optional.empty();
    }

    int project = draws.below(Organisation.PROJECTS);
    int site = project * Organisation.SITES_PER_PROJECT + draws.below(2);
    int firstDay = draws.between(EARLIEST, world.days().count() - ROOM_AT_THE_END);
    return Optional.of(planned(number, project, site, firstDay, Scenario.of(draws), draws));
  }

  private ProspectPlan planned(
      int number, int project, int site, int firstDay, Scenario scenario, Draws draws) {
    Organisation organisation = world.organisation();
    List<Person> present = organisation.stayers(site, firstDay);
    Person receiver = draws.pick(present);
    Draft draft = new Draft(number, project, site, firstDay, draws);
    return switch (scenario) {
      case WALK_IN -> draft.simple(Scenario.WALK_IN, receiver, "OWN-1");
      case COMPANY_LEAD -> draft.simple(scenario, receiver, "OWN-12");
      case LUNCH -> {
        Person onDuty = Organisation.onLunchDuty(organisation.rota(site, firstDay));
        yield present.contains(onDuty)
            ? draft.simple(scenario, onDuty, "OWN-12")
            : draft.simple(Scenario.WALK_IN, receiver, "OWN-1");
      }
      case UNREGISTERED -> {
        if (draws.chance(333)) {
          yield draft.plan(scenario, receiver, null, -1, 0, List.of(), "OWN-4");
        }

        int again = firstDay + draws.between(2, 6);
        Person second = draws.pick(organisation.stayers(site, again));
        yield draft.plan(scenario, receiver, second, again, 0, List.of(second), "OWN-4");
      }
      case NAMED -> {
        Person named = draws.pick(present);
        yield number == 1
            ? draft.simple(Scenario.WALK_IN, receiver, "OWN-1")
            : draft.plan(
                scenario,
                receiver,
                named,
                -1,
                1 + draws.below(number - 1),
                List.of(named),
                "OWN-6");
      }
      case RECORDED ->
          referrer(number, project, firstDay, draws)
              .map(
                  by ->
                      draft.plan(
                          scenario,
                          receiver,
                          by.owner(),
                          -1,
                          by.number(),
                          List.of(by.owner()),
                          "OWN-5"))
              .orElseGet(() -> draft.simple(Scenario.WALK_IN, receiver, "OWN-1"));
      case RELATIVE -> {
        Person relative = draws.pick(organisation.colleagues(project, 0, List.of(receiver)));
        yield draft.plan(scenario, receiver, relative, -1, 0, List.of(relative), "OWN-8");
      }
      case DELEGATED -> {
        Person busy = draws.pick(present.stream().filter(p -> !p.equals(receiver)).toList());
        yield draft.plan(scenario, receiver, busy, -1, 0, List.of(busy), "OWN-7");
      }
      case RECALLED, SKIPPED, DENIED, LAPSED ->
          telephone(scenario, draft, receiver, project, draws);
      case TWO_SITES -> {
        int otherSite = site % 2 == 0 ? site + 1 : site - 1;
        Person second = draws.pick(organisation.stayers(otherSite, firstDay));
        yield draft.plan(
            scenario, receiver, second, firstDay, 0, List.of(receiver, second), "OWN-14");
      }
      case OWNER_LEFT -> ownerLeft(draft, site, firstDay, receiver, draws);
      case RULING -> {
        Person winner = draws.pick(organisation.colleagues(project, firstDay, List.of(receiver)));
        yield draft.plan(scenario, receiver, winner, firstDay + 3, 0, List.of(winner), "OWN-13");
      }
    };
  }

  private ProspectPlan telephone(
      Scenario scenario, Draft draft, Person receiver, int project, Draws draws) {
    Person caller = draws.pick(world.organisation().colleagues(project, 0, List.of(receiver)));
    int called = draft.firstDay - 9;
    if (called < world.organisation().opens(project)) {
      // Before the opening nobody has a claim (OWN-10).
      return draft.plan(Scenario.LAPSED, receiver, caller, called, 0, List.of(receiver), "OWN-1");
    }

    boolean kept = scenario == Scenario.RECALLED || scenario == Scenario.SKIPPED;
    return draft.plan(
        scenario,
        receiver,
        caller,
        called,
        0,
        List.of(kept ? caller : receiver),
        kept ? "SPL-6" : "OWN-1");
  }

  private ProspectPlan ownerLeft(
      Draft draft, int site, int firstDay, Person receiver, Draws draws) {
    List<Person> leaving = world.organisation().leavers(site, firstDay);
    if (leaving.isEmpty()) {
      return draft.simple(Scenario.WALK_IN, receiver, "OWN-1");
    }

    Person leaver = draws.pick(leaving);
    int given = leaver.leaves() + draws.between(1, 10);
    Person heir =
        draws.pick(world.organisation().colleagues(leaver.project(), given, List.of(leaver)));
    boolean isGiven = draws.chance(500) && world.days().holds(given);
    return draft.plan(
        Scenario.OWNER_LEFT,
        leaver,
        heir,
        isGiven ? given : -1,
        0,
        isGiven ? List.of(heir) : List.of(),
        "OWN-11");
  }

  /** A customer of the same project whose owner is beyond doubt when the newcomer arrives. */
  private Optional<Referrer> referrer(int number, int project, int firstDay, Draws draws) {
    for (int i = 0; i < TRIES && number > 1; i++) {
      ProspectPlan candidate = of(1 + draws.below(number - 1)).orElse(null);
      if (candidate != null
          && candidate.project() == project
          && candidate.firstDay() < firstDay - 4
          && candidate.scenario().isPlain()
          && !(candidate.signs() && candidate.dealRule().changesOwner())) {
        return Optional.of(new Referrer(candidate.number(), candidate.owners().getFirst()));
      }
    }

    return Optional.empty();
  }

  /** The part of a plan that every scenario has. */
  private static final class Draft {
    private final int number;
    private final int project;
    private final int site;
    private final int firstDay;
    private final Draws draws;

    private Draft(int number, int project, int site, int firstDay, Draws draws) {
      this.number = number;
      this.project = project;
      this.site = site;
      this.firstDay = firstDay;
      this.draws = draws;
    }

    private ProspectPlan simple(Scenario scenario, Person receiver, String rule) {
      return plan(scenario, receiver, null, -1, 0, List.of(receiver), rule);
    }

    private ProspectPlan plan(
        Scenario scenario,
        Person receiver,
        Person other,
        int secondDay,
        int referrer,
        List<Person> owners,
        String rule) {
      DealRule dealRule = DealRule.of(scenario, draws);
      boolean signs = draws.chance(SIGN) && !owners.isEmpty() && scenario != Scenario.OWNER_LEFT;
      return new ProspectPlan(
          number, project, site, firstDay, scenario, receiver, other, secondDay, referrer, owners,
          rule, dealRule, signs);
    }
  }
}
