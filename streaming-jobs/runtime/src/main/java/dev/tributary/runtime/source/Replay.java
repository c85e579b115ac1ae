package dev.tributary.runtime.source;

import dev.tributary.schemas.RejectReason;

/**
 * A rejected record that was sent again, at its new offset.
 *
 * @param reason why it was rejected again; null when it was read as an event
 */
public record Replay(KafkaRecord record, RejectReason reason) {}
