package dev.tributary.runtime.lake;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
   * Ownership of the live chain. The highest number holds, whatever its epoch: a rebuild that goes
   * live can be older than the job it replaces.
   *
   * @param number one more than that of the claim it follows
   * @param owner the submission, so that two jobs given the same epoch by mistake are told apart
   */
  record Claim(long number, long epoch, String owner) {

    private static final Pattern TEXT = Pattern.compile("(\\d+)/(\\d+)/(.*)");

    static Claim parse(String text) {
      Matcher matcher = TEXT.matcher(text);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "\"" + text + "\" is not a claim as in 3/7/a-job: number, epoch and owner");
      }
      return new Claim(
          Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), matcher.group(3));
    }

    boolean isOf(long anEpoch, String anOwner) {
      return epoch == anEpoch && owner.equals(anOwner);
    }

    @Override
    public String toString() {
      return number + "/" + epoch + "/" + owner;
    }
  }

  static Optional<Claim> claimOf(Snapshot snapshot) {
    return Optional.ofNullable(snapshot.summary().get(CLAIM)).map(Claim::parse);
  }

  /** The newest snapshot that carries a claim. */
  static Optional<Snapshot> newestClaimed(Iterable<Snapshot> ancestors) {
    for (Snapshot snapshot : ancestors) {
      if (snapshot.summary().containsKey(CLAIM)) {
        return Optional.of(snapshot);
      }
    }
    return Optional.empty();
  }
}
