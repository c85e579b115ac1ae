package dev.tributary.runtime.source;

/**
 * One record as it was read.
 *
 * @param timestamp the record's Kafka timestamp, milliseconds
 * @param replayOf the rejected record that was sent again as this one, see {@link ReplayOf}; null
 *     for any other
 */
public record KafkaRecord(
    String topic, int partition, long offset, long timestamp, byte[] value, ReplayOf replayOf) {}
