package dev.tributary.runtime.source;

import dev.tributary.schemas.RejectReason;

/**
 * A record that is no event, with its bytes, so that it can be replayed after a fix.
 *
 * @param field at fault; null when it is the whole record
 * @param sourceFile of an imported row; null for a record of another producer
 * @param sourceLine of an imported row, from 1; null for a record of another producer
 */
public record Rejected(
    KafkaRecord record,
    RejectReason reason,
    String field,
    String message,
    String sourceFile,
    Long sourceLine) {}
