package dev.tributary.ingestion.generate;

import dev.tributary.ingestion.PhonePseudonym;
import dev.tributary.schemas.EventCatalog;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What to generate. Shares are out of a thousand.
 *
 * @param seed same seed and same other values: same events
 * @param customers number of customers, before those who get a second id
 * @param days number of business days
 * @param from first day
 * @param company company of every event
 * @param currency ISO 4217
 * @param zone zone of the company's days
 * @param duplicates share of events that arrive again
 * @param late share of events that arrive days after they happened
 * @param corrections share of sales, invoices, payments and costs that are corrected
 * @param partitions topics and their partitions, for the copies of day closes
 * @param phones what makes pseudonyms of the made-up phone numbers
 */
public record Config(
    long seed,
    int customers,
    int days,
    LocalDate from,
    String company,
    String currency,
    ZoneId zone,
    int duplicates,
    int late,
    int corrections,
    Map<String, Integer> partitions,
    PhonePseudonym phones) {

  /** First day unless said otherwise: a fixed one, since the clock must not change the data. */
  public static final LocalDate FIRST_DAY = LocalDate.of(2025, 1, 1);

  /** Checks the values. */
  public Config {
    if (customers < 1 || days < 1) {
      throw new IllegalArgumentException("At least one customer and one day are needed");
    }
  }

  /**
   * Company "meridian": 200 customers, 180 days of 2025, 5 % duplicates, 6 % late, 3 % corrected, 4
   * partitions per topic, pseudonyms under a key that is no secret.
   */
  public static Config ofSeed(long seed) {
    return new Config(
        seed,
        200,
        180,
        FIRST_DAY,
        "meridian",
        "CNY",
        ZoneId.of("Asia/Shanghai"),
        50,
        60,
        30,
        evenPartitions(4),
        PhonePseudonym.withKey(new byte[PhonePseudonym.KEY_BYTES]));
  }

  /** This, with another size. */
  public Config withSize(int newCustomers, int newDays) {
    return new Config(
        seed,
        newCustomers,
        newDays,
        from,
        company,
        currency,
        zone,
        duplicates,
        late,
        corrections,
        partitions,
        phones);
  }

  /** This, for another company and first day. */
  public Config withCompany(String newCompany, LocalDate newFrom) {
    return new Config(
        seed,
        customers,
        days,
        newFrom,
        newCompany,
        currency,
        zone,
        duplicates,
        late,
        corrections,
        partitions,
        phones);
  }

  /** This, with other shares, each out of a thousand. */
  public Config withDisorder(int newDuplicates, int newLate, int newCorrections) {
    return new Config(
        seed,
        customers,
        days,
        from,
        company,
        currency,
        zone,
        newDuplicates,
        newLate,
        newCorrections,
        partitions,
        phones);
  }

  /** This, for topics of {@code newPartitions} partitions each. */
  public Config withPartitions(int newPartitions) {
    return withPartitions(evenPartitions(newPartitions));
  }

  /** This, for topics as they are. */
  public Config withPartitions(Map<String, Integer> newPartitions) {
    return new Config(
        seed,
        customers,
        days,
        from,
        company,
        currency,
        zone,
        duplicates,
        late,
        corrections,
        newPartitions,
        phones);
  }

  /** This, with pseudonyms under another key. */
  public Config withPhones(PhonePseudonym newPhones) {
    return new Config(
        seed,
        customers,
        days,
        from,
        company,
        currency,
        zone,
        duplicates,
        late,
        corrections,
        partitions,
        newPhones);
  }

  private static Map<String, Integer> evenPartitions(int count) {
    Map<String, Integer> even = new LinkedHashMap<>();
    EventCatalog.load().topics().forEach(topic -> even.put(topic, count));
    return even;
  }
}
