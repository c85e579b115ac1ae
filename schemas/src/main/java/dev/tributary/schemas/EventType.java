package dev.tributary.schemas;

import dev.tributary.events.Envelope;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * One kind of event.
 *
 * @param name simple name of the record, {@code SaleRecorded}
 * @param topic Kafka topic, or {@code *} for an event that is sent to every topic
 * @param rank place among events of one instant: lower ranks come first
 * @param schema the current reader schema
 * @param keyField field whose value is the Kafka key, so that one subject stays in one partition
 */
public record EventType(String name, String topic, int rank, Schema schema, String keyField) {

  /** The topic of events that are sent to every topic. */
  public static final String EVERY_TOPIC = "*";

  /** Whether events of this type may stand on {@code topic}. */
  public boolean isOn(String topic) {
    return this.topic.equals(topic) || this.topic.equals(EVERY_TOPIC);
  }

  /** The name that registries know this type's schema by, on {@code topic}. */
  public String subject(String topic) {
    return topic + "-" + schema.getFullName();
  }

  /** The Kafka key of {@code record}, which is of this type. */
  public String keyOf(SpecificRecord record) {
    return (String) record.get(schema.getField(keyField).pos());
  }

  /** The envelope of any event: it is the first field of every one. */
  public static Envelope envelopeOf(SpecificRecord record) {
    return (Envelope) record.get(0);
  }
}
