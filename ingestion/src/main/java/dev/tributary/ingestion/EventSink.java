package dev.tributary.ingestion;

import org.apache.avro.specific.SpecificRecord;

/** Where events go. */
@FunctionalInterface
public interface EventSink {

  /** Takes one event. It may still be on its way when this returns. */
  void send(SpecificRecord event);
}
