package dev.tributary.domain.receivables;

/** The accounts of the receivables ledger; a debit is positive, a credit negative. */
public enum LedgerAccount {
  /** What the customer owes, per invoice and promotion. */
  RECEIVABLE,
  /** Money of a payment that has paid nothing yet. */
  UNAPPLIED_CASH,
  /** What is left of a credit note. */
  FREE_CREDIT,
  /** Money received. */
  CASH,
  /** What was billed. */
  BILLED,
  /** What was credited. */
  CREDITED
}
