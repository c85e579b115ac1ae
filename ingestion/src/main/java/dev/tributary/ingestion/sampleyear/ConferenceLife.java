package dev.tributary.ingestion.sampleyear;

import dev.tributary.events.ConferenceMilestone;
import dev.tributary.events.ConferenceMilestoneReached;
import dev.tributary.events.ConferenceOrigin;
import dev.tributary.events.ConferencePlanned;

/** One conference from its plan to its summary; a tenth of the milestones come late. */
final class ConferenceLife {

  private static final int NINE = 9 * 3600;
  private static final int LECTURE = 14 * 3600;

  private final World world;
  private final Outbox outbox;
  private final Conference conference;
  private final Draws draws;

  ConferenceLife(World world, Outbox outbox, Conference conference) {
    this.world = world;
    this.outbox = outbox;
    this.conference = conference;
    this.draws = world.draws(conference.id() + "/life");
  }

  /** Tells of everything at once. */
  void live() {
    int day = conference.day();
    plan(day - 12);
    reach(day - 11, NINE, ConferenceMilestone.APPROVED);
    reach(punctually(day - 8), NINE, ConferenceMilestone.LIST_COLLECTED);
    reach(punctually(day - 7), NINE + 3600, ConferenceMilestone.SCREENING_DONE);
    int readiness = punctually(day - 3);
    reach(readiness, NINE, ConferenceMilestone.READINESS_MEETING_HELD);
    reach(readiness, NINE + 3600, ConferenceMilestone.CONFIRMING_CALLS_STARTED);
    reach(punctually(day - 2), NINE, ConferenceMilestone.LAYOUT_SENT);
    reach(day - 1, draws.chance(100) ? NINE + 12 * 3600 : NINE, ConferenceMilestone.SET_UP);
    int delay = draws.chance(100) ? draws.between(16, 40) : draws.between(0, 14);
    reach(day, LECTURE + 60 * delay, ConferenceMilestone.STARTED);
    reach(day, LECTURE + 3 * 3600, ConferenceMilestone.ENDED);
    reach(day + draws.between(1, 5), NINE, ConferenceMilestone.SUMMARISED);
  }

  private int punctually(int day) {
    return draws.chance(100) ? day + 1 : day;
  }

  private void plan(int day) {
    ConferenceOrigin[] origins = ConferenceOrigin.values();
    ConferenceOrigin origin = origins[draws.below(origins.length - 1)];
    int capacity = draws.between(60, 110);
    int crew = draws.between(3, 4);
    int sellers = draws.between(3, 5);
    int speakers = draws.between(1, 2);
    outbox.post(
        day,
        NINE,
        conference.id() + ":planned",
        envelope ->
            new ConferencePlanned(
                envelope,
                conference.id(),
                null,
                Organisation.projectId(conference.project()),
                world.geography().county(conference.county()),
                origin,
                world.days().at(conference.day(), LECTURE),
                capacity,
                capacity * 2,
                1,
                1,
                crew,
                sellers,
                speakers,
                World.micros(100L * 1_000 * capacity),
                SampleYear.CURRENCY));
  }

  private void reach(int day, int second, ConferenceMilestone milestone) {
    outbox.post(
        day,
        second,
        "%s:%s".formatted(conference.id(), milestone),
        envelope ->
            new ConferenceMilestoneReached(
                envelope,
                conference.id(),
                milestone,
                world.organisation().manager(conference.project()).id()));
  }
}
