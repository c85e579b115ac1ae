package dev.tributary.domain.attribution;

/** What a customer reaches on the way to a conversion, and the W-shape gives credit for. */
public enum Milestone {
  /** The customer became known. */
  LEAD,
  /** The customer was offered something. */
  OPPORTUNITY
}
