package dev.tributary.ingestion.sampleyear;

/** How a prospect comes to have an owner; shares of docs/sample-year.md, out of a thousand. */
enum Scenario {
  WALK_IN(460),
  UNREGISTERED(60),
  NAMED(80),
  RECORDED(80),
  RELATIVE(40),
  DELEGATED(40),
  RECALLED(30),
  SKIPPED(30),
  DENIED(30),
  LAPSED(30),
  LUNCH(40),
  COMPANY_LEAD(20),
  TWO_SITES(20),
  OWNER_LEFT(20),
  RULING(20);

  private final int share;

  Scenario(int share) {
    this.share = share;
  }

  static Scenario of(Draws draws) {
    int lot = draws.below(1000);
    for (Scenario scenario : values()) {
      lot -= scenario.share;
      if (lot < 0) {
        return scenario;
      }
    }

    throw new IllegalStateException("The shares of scenarios do not sum to a thousand");
  }

  /** Whether the owner is one person from the first visit to the end, without a doubt. */
  boolean isPlain() {
    return switch (this) {
      case WALK_IN, NAMED, RECORDED, RELATIVE, LUNCH, COMPANY_LEAD -> true;
      case UNREGISTERED,
          DELEGATED,
          RECALLED,
          SKIPPED,
          DENIED,
          LAPSED,
          TWO_SITES,
          OWNER_LEFT,
          RULING ->
          false;
    };
  }
}
