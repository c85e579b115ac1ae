package dev.tributary.domain.credit;

/**
 * What fell due within the window, and what of it was paid in time, in millionths of one currency.
 *
 * @param fellDue fallen due
 * @param paidInTime paid in time
 */
public record Collected(long fellDue, long paidInTime) {

  static final Collected NOTHING = new Collected(0, 0);

  Collected plus(long moreFellDue, long morePaidInTime) {
    return new Collected(
        Math.addExact(fellDue, moreFellDue), Math.addExact(paidInTime, morePaidInTime));
  }

  boolean isNothing() {
    return fellDue == 0 && paidInTime == 0;
  }
}
