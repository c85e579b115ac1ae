package dev.tributary.runtime.ledger;

import dev.tributary.domain.Place;

/**
 * One event in a subject's history.
 *
 * @param count how often it was added less how often it was taken back; at every barrier 1, or more
 *     where the event may repeat; other values only between barriers
 */
record Entry<E>(Place place, String hash, int count, E event) {}
