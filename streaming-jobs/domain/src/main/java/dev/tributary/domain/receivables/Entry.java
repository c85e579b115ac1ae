package dev.tributary.domain.receivables;

/** What a line of the receivables ledger does, with the rule of the catalogue that asks for it. */
public enum Entry {
  /** An invoice opens an item. */
  INVOICE("ARX-2"),
  /** A credit note lowers its invoice, or is left over. */
  CREDIT_NOTE("ARX-2"),
  /** A payment pays what is open, or is left over. */
  PAYMENT("ARX-8"),
  /** Money left over from an earlier payment pays an invoice that came later. */
  APPLICATION("ARX-8"),
  /** A bounced payment gives back what it holds. */
  REVERSAL("ARX-8");

  private final String ruleId;

  Entry(String ruleId) {
    this.ruleId = ruleId;
  }

  public String ruleId() {
    return ruleId;
  }
}
