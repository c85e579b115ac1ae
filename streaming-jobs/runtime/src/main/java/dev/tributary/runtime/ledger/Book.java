package dev.tributary.runtime.ledger;

/** Where a history posts its lines. */
@FunctionalInterface
interface Book<L> {

  /**
   * Takes a line.
   *
   * @param line as it is added up: of a reversal, the negation of the line it takes back
   * @param sign +1 for a new line, −1 for a reversal
   */
  void post(L line, int sign);
}
