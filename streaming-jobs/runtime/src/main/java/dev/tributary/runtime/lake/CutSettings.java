package dev.tributary.runtime.lake;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;

/**
 * What one submission of the job knows about the cuts it will publish.
 *
 * @param epoch the submission's number, above every epoch in {@code ops} ({@link
 *     CutReader#nextEpoch()})
 * @param fingerprint of everything that changes results: policies and fold versions
 * @param startedFrom for a rebuild or a what-if: the live cut whose {@code raw} rows are replayed
 *     and whose offsets it reads on from; 0 when there is none
 * @param rowsToReplay for a rebuild or a what-if: how many {@code raw} rows that cut has, each to
 *     be reported by {@link CutFact.RowsReplayed}
 * @param patience for how long a catalog that does not answer is asked again before the job fails
 *     over
 * @param policy what the policy says, by dotted name: kept with every cut, for those who check it
 */
public record CutSettings(
    long epoch,
    CutMode mode,
    String fingerprint,
    long startedFrom,
    long rowsToReplay,
    Duration patience,
    Map<String, String> policy)
    implements Serializable {

  /** Cuts of one epoch are {@code epoch * CUTS_PER_EPOCH + checkpoint}. */
  public static final long CUTS_PER_EPOCH = 1_000_000_000L;

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  public CutSettings {
    policy = Map.copyOf(policy);
    if (epoch < 1 || epoch >= Long.MAX_VALUE / CUTS_PER_EPOCH) {
      throw new IllegalArgumentException("epoch " + epoch + " is not between 1 and 9223372035");
    }
    if (mode == CutMode.LIVE && startedFrom != 0) {
      throw new IllegalArgumentException("a live job starts from its state, not from a cut");
    }
  }

  /** A job that people read. */
  public static CutSettings live(long epoch, String fingerprint) {
    return new CutSettings(epoch, CutMode.LIVE, fingerprint, 0, 0, PATIENCE, Map.of());
  }

  /** A job that recomputes the ledger beside the live one and then replaces it. */
  public static CutSettings rebuild(
      long epoch, String fingerprint, long startedFrom, long rowsToReplay) {
    return new CutSettings(
        epoch, CutMode.REBUILD, fingerprint, startedFrom, rowsToReplay, PATIENCE, Map.of());
  }

  /** A job that recomputes the ledger under another policy, for comparison only. */
  public static CutSettings whatIf(
      long epoch, String fingerprint, long startedFrom, long rowsToReplay) {
    return new CutSettings(
        epoch, CutMode.WHAT_IF, fingerprint, startedFrom, rowsToReplay, PATIENCE, Map.of());
  }

  /** The same with another patience. */
  public CutSettings withPatience(Duration other) {
    return new CutSettings(epoch, mode, fingerprint, startedFrom, rowsToReplay, other, policy);
  }

  /** The same under a policy of these values. */
  public CutSettings withPolicy(Map<String, String> values) {
    return new CutSettings(epoch, mode, fingerprint, startedFrom, rowsToReplay, patience, values);
  }

  /** The cut of a checkpoint in an epoch. */
  public static long cutOf(long epoch, long checkpoint) {
    return epoch * CUTS_PER_EPOCH + checkpoint;
  }

  /** The cut of a checkpoint of this submission: what rows flushed at its barrier are stamped. */
  public long cutOf(long checkpoint) {
    return cutOf(epoch, checkpoint);
  }

  /** The epoch that a cut belongs to. */
  public static long epochOf(long cut) {
    return cut / CUTS_PER_EPOCH;
  }
}
