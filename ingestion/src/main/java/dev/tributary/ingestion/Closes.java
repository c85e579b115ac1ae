package dev.tributary.ingestion;

import dev.tributary.events.BusinessDayClosed;
import dev.tributary.events.Envelope;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Business day closes: time passes by events, and every partition must hear of it. */
public final class Closes {

  private Closes() {}

  /**
   * The copies of one close, recorded when the day had passed, so that they are the same at every
   * sending.
   *
   * @param partitions topics and their numbers of partitions
   */
  public static List<BusinessDayClosed> of(
      String company, ZoneId zone, LocalDate day, Map<String, Integer> partitions) {
    return of(company, zone, day, endOf(day, zone), partitions);
  }

  private static Instant endOf(LocalDate day, ZoneId zone) {
    return day.plusDays(1).atStartOfDay(zone).toInstant();
  }

  /**
   * The copies of one close, one per partition of every topic.
   *
   * @param zone an IANA time zone, no offset
   * @param recordedAt when it is sent
   * @param partitions topics and their numbers of partitions
   */
  public static List<BusinessDayClosed> of(
      String company,
      ZoneId zone,
      LocalDate day,
      Instant recordedAt,
      Map<String, Integer> partitions) {
    if (zone instanceof ZoneOffset) {
      throw new IllegalArgumentException(
          "%s is no IANA time zone, and the stream refuses a close without one: use UTC or a place"
              .formatted(zone));
    }

    List<String> all = new ArrayList<>();
    partitions.forEach(
        (topic, count) -> {
          for (int i = 0; i < count; i++) {
            all.add(topic + "-" + i);
          }
        });

    Instant passed = endOf(day, zone);
    List<BusinessDayClosed> copies = new ArrayList<>();
    for (String partition : all) {
      copies.add(
          new BusinessDayClosed(
              new Envelope(
                  "close:%s:%s:%s".formatted(company, day, partition),
                  null,
                  0,
                  "closes",
                  Math.max(0, day.toEpochDay()),
                  passed,
                  recordedAt,
                  company),
              zone.getId(),
              day,
              partition,
              List.copyOf(all)));
    }

    return copies;
  }
}
