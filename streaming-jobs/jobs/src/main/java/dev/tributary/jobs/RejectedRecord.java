package dev.tributary.jobs;

import java.time.Instant;

/**
 * A record that could not become an event.
 *
 * @param topic where it was rejected, with {@code partition} and {@code offset}
 * @param arrivedAt its Kafka timestamp
 * @param reason wire name of a {@code RejectReason}, or of one that a later version knew
 * @param field at fault; null when it is the whole record
 * @param sourceFile the file it was imported from; null for a record of another producer
 * @param sourceLine its line there, from 1; null for a record of another producer
 * @param payload the bytes as they were read; null when they were not asked for, or there were none
 * @param cut the cut in whose range it was rejected
 */
public record RejectedRecord(
    String topic,
    int partition,
    long offset,
    Instant arrivedAt,
    String reason,
    String field,
    String message,
    String sourceFile,
    Long sourceLine,
    byte[] payload,
    long cut,
    Fate fate) {

  /** What became of it since. */
  public enum Fate {
    /** It was not sent again. */
    OPEN,
    /** It was sent again and rejected again. */
    REJECTED_AGAIN,
    /** It was sent again and read as an event. */
    BROUGHT_BACK
  }

  /** Whether it is a row of an imported file; its bytes are a report about the row, not the row. */
  public boolean isImportedRow() {
    return sourceFile != null;
  }

  /** {@code topic/partition/offset}. */
  public String place() {
    return topic + "/" + partition + "/" + offset;
  }
}
