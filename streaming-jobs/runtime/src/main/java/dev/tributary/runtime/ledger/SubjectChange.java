package dev.tributary.runtime.ledger;

/**
 * What a cut changed of a subject's published lines, and what set it off.
 *
 * @param trigger event id of the earliest change in history order; null when only a day was closed
 * @param triggers how many events changed
 */
public record SubjectChange(
    String fold,
    String subject,
    long reversed,
    long posted,
    String trigger,
    String triggerType,
    long triggers) {}
