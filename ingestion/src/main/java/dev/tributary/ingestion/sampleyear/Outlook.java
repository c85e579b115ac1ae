package dev.tributary.ingestion.sampleyear;

import java.util.List;

/**
 * What the process brings in on a day on average, in cents per customer of the company: worked out
 * from its parameters, so that plans know no draw.
 */
final class Outlook {

  /** Mean net sales of a shopper's day: baskets a day times the mean basket. */
  private static final long SALES = 5_900;

  /** A third of sales is on account, and billed with 13 % of tax. */
  private static final long BILLED_PERMILLE_OF_SALES = 1_130 / 3;

  /** What dealers are billed, with tax. */
  private static final long SHIPMENTS = 1_700;

  /** Contracts of all the year: of 15 % who come, 35 % sign, at a mean price with tax. */
  private static final long CONTRACTS = 6_317_640;

  private static final int DAYS_WITHOUT_PROSPECTS = 19;
  private static final int FIRST_SIGNING = 40;

  /** Days from an invoice on account, and from a shipment, to its due day. */
  private static final int DUE_AFTER_SALE = 31;

  private static final int DUE_AFTER_SHIPMENT = 47;

  /**
   * How some of the debtors pay.
   *
   * @param days after the due day; below zero before it
   * @param permille of what is due; the 50 that are missing are never paid
   */
  private record Habit(int days, int permille) {}

  private static final List<Habit> HABITS =
      List.of(new Habit(-5, 630), new Habit(0, 32), new Habit(31, 240), new Habit(35, 48));

  private final Days days;

  Outlook(Days days) {
    this.days = days;
  }

  /** Net retail sales. */
  long sold(int day) {
    return seasonal(SALES, day);
  }

  /** What debtors pay: of sales on account, shipments and contracts. */
  long paid(int day) {
    return HABITS.stream().mapToLong(habit -> due(day - habit.days()) * habit.permille()).sum()
        / 1000;
  }

  private long due(int day) {
    long cents = 0;
    if (day >= DUE_AFTER_SALE) {
      cents += seasonal(SALES, day - DUE_AFTER_SALE) * BILLED_PERMILLE_OF_SALES / 1000;
    }

    if (day >= DUE_AFTER_SHIPMENT) {
      cents += seasonal(SHIPMENTS, day - DUE_AFTER_SHIPMENT);
    }

    long signed = CONTRACTS / Math.max(1, days.count() - DAYS_WITHOUT_PROSPECTS);
    for (int i = 0; i < DealLife.DUE_AFTER.length; i++) {
      if (day - DealLife.DUE_AFTER[i] >= FIRST_SIGNING) {
        cents += signed * DealLife.PART_PERCENT[i] / 100;
      }
    }

    return cents;
  }

  private long seasonal(long cents, int day) {
    return (long) (cents * Climate.calm(days.date(day), Math.max(0, day)));
  }
}
