package dev.tributary.runtime.ledger;

import dev.tributary.domain.Place;

/**
 * One event in a subject's history.
 *
 * @param count how often it was added less how often it was taken back; 1 at every barrier, other
 *     values only between barriers
 */
record Entry<E>(Place place, String hash, int count, E event) {}
