package dev.tributary.runtime.lake;

import java.util.Optional;
import org.apache.iceberg.Snapshot;

/** What the sink writes into the summaries of its snapshots, and reads back to know where it is. */
final class Stamp {

  /** The cut whose rows the snapshot added. */
  static final String CUT = "tributary.cut";

  /** The epoch of that cut. */
  static final String EPOCH = "tributary.epoch";

  /** The job that owned the live chain when the snapshot was made. */
  static final String CLAIM = "tributary.claim";

  /** On {@code ops.cuts}: the ordinal of the live cut that the snapshot published. */
  static final String ORDINAL = "tributary.ordinal";

  /** On {@code ops.cuts}: the fingerprint of the policies and fold versions of the cut. */
  static final String FINGERPRINT = "tributary.fingerprint";

  private Stamp() {}

  /**
   * Ownership of the live chain. The newest claim among a table's ancestors holds, whatever its
   * epoch: a rebuild that goes live can be older than the job it replaces.
   *
   * @param owner the submission, so that two jobs given the same epoch by mistake are told apart
   */
  record Claim(long epoch, String owner) {

    static Claim parse(String text) {
      int slash = text.indexOf('/');
      return new Claim(Long.parseLong(text.substring(0, slash)), text.substring(slash + 1));
    }

    @Override
    public String toString() {
      return epoch + "/" + owner;
    }
  }

  static Optional<Claim> claimOf(Snapshot snapshot) {
    return Optional.ofNullable(snapshot.summary().get(CLAIM)).map(Claim::parse);
  }

  static Optional<Claim> newestClaim(Iterable<Snapshot> ancestors) {
    for (Snapshot snapshot : ancestors) {
      Optional<Claim> claim = claimOf(snapshot);
      if (claim.isPresent()) {
        return claim;
      }
    }
    return Optional.empty();
  }
}
