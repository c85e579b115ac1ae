package dev.tributary.ingestion.sampleyear;

import dev.tributary.events.StaffPost;

/**
 * Somebody on the staff.
 *
 * @param project number of the sales project; -1 outside projects
 * @param site number of the site, 0 to 5; -1 outside sites
 * @param joins first day; 0 for those who were there before
 * @param leaves first day on which they are gone; beyond the last day for those who stay
 */
record Person(String id, StaffPost post, int project, int site, int joins, int leaves) {

  boolean worksOn(int day) {
    return joins <= day && day < leaves;
  }
}
