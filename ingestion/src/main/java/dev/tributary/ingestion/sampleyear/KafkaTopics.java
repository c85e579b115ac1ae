package dev.tributary.ingestion.sampleyear;

import dev.tributary.ingestion.KafkaEventSender;
import java.time.LocalDate;
import org.apache.avro.specific.SpecificRecord;

/** The topics of a broker; every day is closed on all their partitions. */
public final class KafkaTopics implements Destination {

  private final KafkaEventSender sender;
  private final SampleYear year;

  /** Sends by {@code sender}, which stays open. */
  public KafkaTopics(KafkaEventSender sender, SampleYear year) {
    this.sender = sender;
    this.year = year;
  }

  @Override
  public void receive(SpecificRecord event, LocalDate arrivedOn) {
    sender.send(event);
  }

  @Override
  public void close(LocalDate day) {
    sender.sendAll(year.closes(day, sender.partitions()));
  }
}
