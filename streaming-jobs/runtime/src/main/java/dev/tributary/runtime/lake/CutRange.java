package dev.tributary.runtime.lake;

/**
 * Cuts that a reading stands on.
 *
 * @param from exclusive
 * @param to inclusive
 */
public record CutRange(long from, long to) {

  /** Whether a row with this stamp is part of the reading. */
  public boolean contains(long cut) {
    return from < cut && cut <= to;
  }
}
