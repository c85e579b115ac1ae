package dev.tributary.runtime.source;

import dev.tributary.events.Envelope;
import dev.tributary.schemas.ContentHash;
import dev.tributary.schemas.Decoded;
import dev.tributary.schemas.EventType;
import dev.tributary.schemas.WireFormat;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.avro.specific.SpecificRecord;

/**
 * An event as it travels through the job: what order, identity and routing need, and its bytes.
 *
 * @param type simple name of the event type
 * @param typeRank place of the type among events of one instant
 * @param originId the first version's event id; all versions of one event share it
 * @param hash of the content, see {@code ContentHash}
 * @param occurredAt microseconds since the epoch
 * @param recordedAt microseconds since the epoch
 * @param payload the framed bytes as they were read
 * @param replayed true when it was read back from the raw layer, where it is already accounted for
 * @param superseded of a replayed event: the raw layer already counts it as superseded
 */
public record Fact(
    String type,
    int typeRank,
    String eventId,
    String originId,
    int revision,
    String hash,
    long occurredAt,
    long recordedAt,
    String company,
    String source,
    long sourceSequence,
    int schemaId,
    byte[] payload,
    String topic,
    int partition,
    long offset,
    long timestamp,
    boolean replayed,
    boolean superseded) {

  /** An event that Kafka gave. */
  public static Fact of(KafkaRecord record, Decoded.Event event) {
    return of(record, event, false, false);
  }

  /** An event that the raw layer holds. */
  public static Fact replayed(KafkaRecord record, Decoded.Event event, boolean superseded) {
    return of(record, event, true, superseded);
  }

  private static Fact of(
      KafkaRecord record, Decoded.Event event, boolean replayed, boolean superseded) {
    Envelope envelope = EventType.envelopeOf(event.record());
    return new Fact(
        event.type().name(),
        event.type().rank(),
        envelope.getEventId(),
        envelope.getCorrects() == null ? envelope.getEventId() : envelope.getCorrects(),
        envelope.getRevision(),
        ContentHash.of(event.record()),
        micros(envelope.getOccurredAt()),
        micros(envelope.getRecordedAt()),
        envelope.getCompany(),
        envelope.getSource(),
        envelope.getSourceSequence(),
        event.schemaId(),
        record.value(),
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        replayed,
        superseded);
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  /** Whether this version replaces the other version of the same event. */
  public boolean supersedes(int otherRevision, String otherHash) {
    return revision != otherRevision ? revision > otherRevision : hash.compareTo(otherHash) > 0;
  }

  /**
   * The event itself.
   *
   * @throws IllegalStateException naming its place in Kafka, when the bytes are no event any more
   */
  public SpecificRecord record(WireFormat wireFormat) {
    try {
      return wireFormat.accepted(payload);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          "%s-%s offset %s was an event when it was read and is none now"
              .formatted(topic, partition, offset),
          e);
    }
  }
}
