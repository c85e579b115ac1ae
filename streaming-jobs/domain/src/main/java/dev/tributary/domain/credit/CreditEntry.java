package dev.tributary.domain.credit;

/** What a line of the credit ledger says. */
public enum CreditEntry {
  /** What is at risk, per component, item and due day (CRD-8). */
  EXPOSURE,
  /** A limit in force (CRD-6). */
  LIMIT,
  /** Value of a collateral in force (CRD-8). */
  COLLATERAL,
  /** What fell due of an item (CRD-2). */
  FELL_DUE,
  /** What was paid of it up to the end of its due day (CRD-2). */
  PAID_IN_TIME,
  /** A step of the grade: less one at the old, one more at the new (CRD-1..5). */
  GRADE,
  /** An alert is raised or cleared (CRD-8, ARX-2). */
  ALERT,
  /** A half-yearly review is due or done (CUS-6). */
  REVIEW,
  /** Goods shipped to a debtor who has been overdue for long (ARX-4). */
  LEVERAGE
}
