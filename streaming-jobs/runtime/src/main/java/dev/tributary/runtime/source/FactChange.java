package dev.tributary.runtime.source;

/**
 * An event that counts from now on, or no longer does.
 *
 * @param sign +1 adds the event, −1 takes it back
 */
public record FactChange(int sign, Fact fact) {}
