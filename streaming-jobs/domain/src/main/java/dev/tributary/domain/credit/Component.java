package dev.tributary.domain.credit;

/** The parts of an exposure, which have nothing in common; together they are all of it (CRD-8). */
public enum Component {
  /** Open, and its due day has not passed. */
  NOT_DUE,
  /** Open, and its due day has passed. */
  OVERDUE,
  /** Shipped, not returned, and not on an invoice yet. */
  SHIPPED_NOT_INVOICED,
  /** Money that has paid nothing yet; negative. */
  UNAPPLIED_CASH,
  /** Credit that has lowered nothing yet; negative. */
  FREE_CREDIT
}
