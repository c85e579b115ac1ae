package dev.tributary.ingestion.sampleyear;

import java.util.ArrayList;
import java.util.List;

/**
 * A conference.
 *
 * @param number from 0
 * @param day day it takes place
 */
record Conference(int number, String id, int county, int project, int day) {

  static final int COUNT = 40;
  private static final int LEAD = 12;

  /** All conferences of a year, spread over its days. */
  static List<Conference> all(World world) {
    List<Conference> conferences = new ArrayList<>();
    int room = Math.max(1, world.days().count() - LEAD - 4);
    for (int i = 0; i < COUNT; i++) {
      Draws draws = world.draws("conference:" + i);
      conferences.add(
          new Conference(
              i,
              "conference-%s%s".formatted((i + 1) / 10, (i + 1) % 10),
              draws.below(Geography.COUNTIES),
              draws.below(Organisation.PROJECTS),
              LEAD + i * room / COUNT));
    }

    return conferences;
  }
}
