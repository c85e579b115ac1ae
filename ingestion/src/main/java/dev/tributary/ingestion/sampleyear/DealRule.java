package dev.tributary.ingestion.sampleyear;

/** How a deal is shared (rules SPL-1 to SPL-10). */
enum DealRule {
  SPL_1,
  SPL_2,
  SPL_2B,
  SPL_3,
  SPL_4,
  SPL_5,
  SPL_6,
  SPL_7,
  SPL_8,
  SPL_9,
  SPL_10;

  /** The rule of a deal whose customer came by {@code scenario}. */
  static DealRule of(Scenario scenario, Draws draws) {
    int lot = draws.below(100);
    if (scenario == Scenario.TWO_SITES) {
      return SPL_8;
    }

    if (scenario == Scenario.DENIED) {
      return SPL_6;
    }

    if (!scenario.isPlain() || lot < 60) {
      return SPL_1;
    }

    if (lot < 65) {
      return SPL_2;
    }

    if (lot < 70) {
      return SPL_2B;
    }

    if (lot < 76) {
      return SPL_3;
    }

    if (lot < 84) {
      return SPL_4;
    }

    if (lot < 90) {
      return SPL_5;
    }

    if (lot < 94) {
      return SPL_7;
    }

    return lot < 96 ? SPL_9 : SPL_10;
  }

  /** Whether the customer passes to somebody else before the deal. */
  boolean changesOwner() {
    return this == SPL_2 || this == SPL_2B;
  }

  /** As the rule catalogue writes it. */
  String ruleId() {
    return this == SPL_2B ? "SPL-2b" : name().replace('_', '-');
  }
}
