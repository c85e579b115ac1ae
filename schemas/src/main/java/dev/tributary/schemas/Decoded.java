package dev.tributary.schemas;

import org.apache.avro.specific.SpecificRecord;

/** What became of a record's bytes. */
public sealed interface Decoded {

  /**
   * The bytes are an event.
   *
   * @param type kind of event
   * @param schemaId id of the schema that it was written with
   * @param record the event, projected to the current reader schema
   */
  record Event(EventType type, int schemaId, SpecificRecord record) implements Decoded {}

  /**
   * The bytes are no event that can be used.
   *
   * @param reason why
   * @param field the field at fault, {@code lines[0].amount_micros}; null when it is the whole
   *     record
   * @param message what is wrong, and what to do about it
   */
  record Bad(RejectReason reason, String field, String message) implements Decoded {}
}
