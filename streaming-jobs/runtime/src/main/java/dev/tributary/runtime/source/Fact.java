package dev.tributary.runtime.source;

import dev.tributary.schemas.WireFormat;
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
