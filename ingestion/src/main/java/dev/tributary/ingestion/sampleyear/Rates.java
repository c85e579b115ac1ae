package dev.tributary.ingestion.sampleyear;

/**
 * How often events go astray on their way, out of a thousand.
 *
 * @param late first delivery after the event's day was closed
 * @param outOfOrder first delivery one to six hours later, on its day
 * @param duplicates delivered again
 * @param corrected sales, invoices, payments and promotion costs with a wrong first version
 * @param dayOnly sales, invoices and payments of which only the day is known
 */
public record Rates(int late, int outOfOrder, int duplicates, int corrected, int dayOnly) {

  /** The rates that docs/sample-year.md states. */
  public static final Rates STATED = new Rates(40, 50, 20, 15, 30);

  /** Everything arrives once, in time and right. */
  public static final Rates NONE = new Rates(0, 0, 0, 0, 0);
}
