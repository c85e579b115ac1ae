package dev.tributary.runtime.source;

/**
 * One record as it was read.
 *
 * @param timestamp the record's Kafka timestamp, milliseconds
 * @param replayed true when it was read back from the raw layer, where it is already accounted for
 * @param superseded of a replayed record: the raw layer already counts it as superseded
 * @param replayOf the rejected record that was sent again as this one, see {@link ReplayOf}; null
 *     for any other
 */
public record KafkaRecord(
    String topic,
    int partition,
    long offset,
    long timestamp,
    byte[] value,
    boolean replayed,
    boolean superseded,
    ReplayOf replayOf) {}
