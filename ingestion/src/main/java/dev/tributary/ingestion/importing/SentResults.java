package dev.tributary.ingestion.importing;

import dev.tributary.events.RowRejected;
import dev.tributary.ingestion.KafkaEventSender;
import dev.tributary.ingestion.importing.Importer.Books;
import java.time.LocalDate;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Sends whatever becomes of each row to Kafka, rejections too. */
public class SentResults implements Importer.Results {

  private final KafkaEventSender sender;

  public SentResults(KafkaEventSender sender) {
    this.sender = sender;
  }

  @Override
  public final void accepted(SpecificRecord event) {
    sender.send(event);
  }

  @Override
  public void rejected(RowRejected rejection) {
    sender.send(rejection);
  }

  @Override
  public final void closed(Books books, LocalDate day) {
    sender.closeDays(books.company(), books.zone(), List.of(day));
  }
}
