package dev.tributary.runtime.source;

/**
 * A version of an event that another version replaced.
 *
 * @param change +1; −1 takes back what an earlier row said
 */
public record SupersededVersion(
    String topic,
    int partition,
    long offset,
    String eventId,
    String originId,
    String type,
    int revision,
    String hash,
    int change) {}
