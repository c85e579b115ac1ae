package dev.tributary.ingestion.sampleyear;

import dev.tributary.ingestion.Closes;
import dev.tributary.ingestion.KafkaEventSender;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.avro.specific.SpecificRecord;

/** The topics of a broker; every day is closed on all their partitions. */
public final class KafkaTopics implements Destination {

  private final KafkaEventSender sender;
  private final String company;

  /** Sends by {@code sender}, which stays open. */
  public KafkaTopics(KafkaEventSender sender, String company) {
    this.sender = sender;
    this.company = company;
  }

  @Override
  public void receive(SpecificRecord event, LocalDate arrivedOn) {
    sender.send(event);
  }

  @Override
  public void close(LocalDate day) {
    // Recorded when the day had passed, not now: the same year is the same at every sending.
    Instant passed = day.plusDays(1).atStartOfDay(SampleYear.ZONE).toInstant();
    sender.sendAll(Closes.of(company, SampleYear.ZONE, day, passed, sender.partitions()));
  }
}
