package dev.tributary.ingestion.sampleyear;

import java.io.IOException;
import java.time.LocalDate;
import org.apache.avro.specific.SpecificRecord;

/** Where the events of a sample year arrive, in the order of their arrival. */
public interface Destination {

  /**
   * Takes an event.
   *
   * @param arrivedOn day of arrival
   */
  void receive(SpecificRecord event, LocalDate arrivedOn) throws IOException;

  /** All that arrives on a day has arrived. */
  void close(LocalDate day) throws IOException;
}
