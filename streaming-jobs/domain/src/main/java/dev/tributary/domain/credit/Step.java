package dev.tributary.domain.credit;

/** What happens to an alert or a review. */
public enum Step {
  /** An alert's episode begins. */
  RAISED,
  /** It ends. */
  CLEARED,
  /** A review becomes due. */
  DUE,
  /** It is done. */
  DONE
}
