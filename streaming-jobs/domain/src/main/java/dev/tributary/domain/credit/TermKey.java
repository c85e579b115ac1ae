package dev.tributary.domain.credit;

import java.util.Comparator;

/**
 * What holds from a day on, the later replacing the earlier.
 *
 * @param kind what it is
 * @param id LIMIT: the part of the exposure, empty for all of it; COLLATERAL: the collateral;
 *     FINDING: the {@link AssessmentKind}
 */
public record TermKey(Kind kind, String id) implements Comparable<TermKey> {

  /** What holds. */
  public enum Kind {
    /** A limit of the debtor's own. */
    LIMIT,
    /** A collateral's value. */
    COLLATERAL,
    /** An adverse finding; one that is not adverse holds like none. */
    FINDING
  }

  private static final Comparator<TermKey> ORDER =
      Comparator.comparing(TermKey::kind).thenComparing(TermKey::id);

  @Override
  public int compareTo(TermKey other) {
    return ORDER.compare(this, other);
  }
}
