package dev.tributary.ingestion.sampleyear;

import dev.tributary.events.BusinessDayClosed;
import dev.tributary.ingestion.Closes;
import dev.tributary.ingestion.PhonePseudonym;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * What to make up. Same values, same bytes.
 *
 * @param seed any number
 * @param scale 1 for 20,000 customers and 200 dealers; above 0, at most 100
 * @param from first day
 * @param days number of days, at least {@value #FEWEST_DAYS}
 * @param company company of every event
 * @param rates disorder on the way
 * @param phones what makes pseudonyms of the made-up phone numbers
 */
public record SampleYear(
    long seed,
    double scale,
    LocalDate from,
    int days,
    String company,
    Rates rates,
    PhonePseudonym phones) {

  /** Below this, no promotion could run and be followed. */
  public static final int FEWEST_DAYS = 28;

  /** Of its business days. */
  public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  static final String CURRENCY = "CNY";
  private static final int FIRST_YEAR = 1992;
  private static final int CUSTOMERS = 20_000;
  private static final int DEALERS = 200;

  /** Checks the values. */
  public SampleYear {
    if (!(scale > 0 && scale <= 100)) {
      throw new IllegalArgumentException(
          "The scale is %s; choose one above 0 and up to 100".formatted(scale));
    }

    if (from.getYear() < FIRST_YEAR) {
      throw new IllegalArgumentException(
          "The first day is %s; choose one from %s on, when clocks no longer changed"
              .formatted(from, FIRST_YEAR));
    }

    if (days < FEWEST_DAYS) {
      throw new IllegalArgumentException(
          "%s days are too few; choose at least %s".formatted(days, FEWEST_DAYS));
    }
  }

  /** The year 2025 of company "meridian" under a phone key that is no secret. */
  public static SampleYear of(long seed, double scale) {
    return new SampleYear(
        seed,
        scale,
        LocalDate.of(2025, 1, 1),
        365,
        "meridian",
        Rates.STATED,
        PhonePseudonym.withKey(new byte[PhonePseudonym.KEY_BYTES]));
  }

  /** This, for other days. */
  public SampleYear during(LocalDate newFrom, int newDays) {
    return new SampleYear(seed, scale, newFrom, newDays, company, rates, phones);
  }

  /** This, for another company. */
  public SampleYear withCompany(String newCompany) {
    return new SampleYear(seed, scale, from, days, newCompany, rates, phones);
  }

  /** This, with pseudonyms under another key. */
  public SampleYear withPhones(PhonePseudonym newPhones) {
    return new SampleYear(seed, scale, from, days, company, rates, newPhones);
  }

  /**
   * The copies of a day's close.
   *
   * @param partitions topics and their numbers of partitions
   */
  public List<BusinessDayClosed> closes(LocalDate day, Map<String, Integer> partitions) {
    return Closes.of(company, ZONE, day, partitions);
  }

  /** The first day that is no part of it. */
  public LocalDate end() {
    return from.plusDays(days);
  }

  int customers() {
    return Math.max(1, (int) (CUSTOMERS * scale));
  }

  int dealers() {
    return Math.max(1, (int) (DEALERS * scale));
  }
}
