package dev.tributary.runtime.source;

/**
 * What became of a partition's records since the last cut; signed, because a later version of an
 * event moves an earlier one from accepted to superseded.
 *
 * @param firstOffset lowest offset this row is about
 * @param nextOffset offset after the highest
 */
public record Accounting(
    String topic,
    int partition,
    long firstOffset,
    long nextOffset,
    long read,
    long accepted,
    long duplicate,
    long superseded,
    long rejected) {

  /** One record, counted once in the given way. */
  static Accounting one(String topic, int partition, long offset, Outcome outcome, int sign) {
    return new Accounting(
        topic,
        partition,
        offset,
        offset + 1,
        outcome == Outcome.READ ? sign : 0,
        outcome == Outcome.ACCEPTED ? sign : 0,
        outcome == Outcome.DUPLICATE ? sign : 0,
        outcome == Outcome.SUPERSEDED ? sign : 0,
        outcome == Outcome.REJECTED ? sign : 0);
  }

  Accounting plus(Accounting other) {
    return new Accounting(
        topic,
        partition,
        Math.min(firstOffset, other.firstOffset),
        Math.max(nextOffset, other.nextOffset),
        read + other.read,
        accepted + other.accepted,
        duplicate + other.duplicate,
        superseded + other.superseded,
        rejected + other.rejected);
  }

  /** The ways a record is counted. Every record is read once and has one of the other outcomes. */
  enum Outcome {
    READ,
    ACCEPTED,
    DUPLICATE,
    SUPERSEDED,
    REJECTED
  }
}
