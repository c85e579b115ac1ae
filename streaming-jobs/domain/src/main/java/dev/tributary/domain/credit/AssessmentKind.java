package dev.tributary.domain.credit;

/** What is assessed about a debtor, with the rule of the catalogue that lowers the grade for it. */
public enum AssessmentKind {
  /** Whether it can pay. */
  REPAY_ABILITY("CRD-3"),
  /** What it owes to other suppliers. */
  DEBTS_TO_OTHERS("CRD-4"),
  /** Whether it sells rival goods. */
  RIVAL_GOODS("CRD-5"),
  /** Whether it runs risky projects beside. */
  RISKY_PROJECTS("CRD-3"),
  /** Anything else. */
  OTHER("CRD-1");

  private final String ruleId;

  AssessmentKind(String ruleId) {
    this.ruleId = ruleId;
  }

  public String ruleId() {
    return ruleId;
  }
}
