package dev.tributary.domain.receivables;

/** The accounts of the receivables ledger; a debit is positive, a credit negative. */
public enum LedgerAccount {
  /** What the customer owes, per invoice and promotion. */
  RECEIVABLE,
  /** Money of a payment that has paid nothing yet. */
  UNAPPLIED_CASH,
  /** What is left of a credit note or of an adjustment in the customer's favour. */
  FREE_CREDIT,
  /** Money received, less what bounced and what was paid back. */
  CASH,
  /** What was billed. */
  BILLED,
  /** What was credited. */
  CREDITED,
  /** What was open or paid of cancelled invoices. */
  CANCELLED,
  /** What was given up. */
  WRITTEN_OFF,
  /** What was adjusted by hand: in the customer's favour positive. */
  ADJUSTED
}
