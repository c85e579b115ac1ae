package dev.tributary.ingestion.sampleyear;

/** How a debtor pays. */
enum Manner {
  PUNCTUAL,
  LATE,
  IN_PARTS,
  TOO_MUCH,
  NEVER;

  static Manner of(Draws draws) {
    int lot = draws.below(1000);
    if (lot < 600) {
      return PUNCTUAL;
    }

    if (lot < 840) {
      return LATE;
    }

    if (lot < 920) {
      return IN_PARTS;
    }

    return lot < 950 ? TOO_MUCH : NEVER;
  }
}
