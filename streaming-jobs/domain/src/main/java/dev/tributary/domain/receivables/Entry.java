package dev.tributary.domain.receivables;

/** What a line of the receivables ledger does, with the rule of the catalogue that asks for it. */
public enum Entry {
  /** An invoice opens items. */
  INVOICE("ARX-2"),
  /** A cancelled invoice is owed no longer. */
  CANCELLATION("ARX-2"),
  /** A credit note lowers its invoice, or is left over. */
  CREDIT_NOTE("ARX-2"),
  /** What is owed is given up. */
  WRITE_OFF("ARX-3"),
  /** The balance is changed by hand. */
  ADJUSTMENT("ARX-3"),
  /** A payment pays what is open, or is left over. */
  PAYMENT("ARX-8"),
  /** Money that waited for an invoice pays it. */
  APPLICATION("ARX-8"),
  /** Money that had paid a cancelled invoice lies unapplied again. */
  RELEASE("ARX-8"),
  /** A bounced payment gives back what it holds. */
  REVERSAL("ARX-8"),
  /** Money is paid back to the customer. */
  REFUND("ARX-8");

  private final String ruleId;

  Entry(String ruleId) {
    this.ruleId = ruleId;
  }

  public String ruleId() {
    return ruleId;
  }
}
