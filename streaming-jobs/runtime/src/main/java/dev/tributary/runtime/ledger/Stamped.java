package dev.tributary.runtime.ledger;

/**
 * A value with the cut that publishes it at the earliest.
 *
 * @param epoch the submission of the job
 */
public record Stamped<T>(T value, long epoch, long cut) {}
