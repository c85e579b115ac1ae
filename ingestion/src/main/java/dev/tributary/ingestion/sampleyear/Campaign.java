package dev.tributary.ingestion.sampleyear;

import java.util.List;

/**
 * A promotion as it was planted.
 *
 * @param number from 0
 * @param counties where it runs
 * @param first first day
 * @param last last day, inclusive
 * @param lift true lift while it runs, in thousandths of demand
 * @param spill what bordering counties get, in thousandths of demand; 0 without spill-over
 * @param dip what is lost afterwards, in thousandths of demand; 0 without a dip
 * @param dipDays number of days of the dip
 */
record Campaign(
    int number,
    String id,
    List<Integer> counties,
    int first,
    int last,
    String channel,
    int lift,
    int spill,
    int dip,
    int dipDays) {

  boolean runsOn(int day) {
    return first <= day && day <= last;
  }

  boolean dipsOn(int day) {
    return dip > 0 && last < day && day <= last + dipDays;
  }
}
