package dev.tributary.domain.credit;

/** What an alert is about, with the rule of the catalogue that asks for it. */
public enum AlertKind {
  /** The exposure is above the limit. */
  OVER_LIMIT("CRD-8"),
  /** The exposure is near the limit, and not above it. */
  NEAR_LIMIT("CRD-8"),
  /** Something open is overdue for long. */
  OVERDUE("ARX-2"),
  /** A currency of the exposure or of a limit has no declared rate, so it is not compared. */
  NO_RATE("CRD-8");

  private final String ruleId;

  AlertKind(String ruleId) {
    this.ruleId = ruleId;
  }

  public String ruleId() {
    return ruleId;
  }
}
