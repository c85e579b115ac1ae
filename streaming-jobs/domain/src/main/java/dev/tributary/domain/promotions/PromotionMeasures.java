package dev.tributary.domain.promotions;

import dev.tributary.domain.Measures;

/**
 * Results of a promotion at an address. Amounts are in millionths of the main unit of the address'
 * currency.
 *
 * @param cost what it cost
 * @param plannedCost what it was planned to cost
 * @param sales coded sales: net value of the sale lines that carry the promotion
 * @param costOfGoods cost of the goods of those lines
 * @param units units of those lines, in millionths of a unit
 * @param collected money collected for those sales, at the sale or through their invoices
 * @param credited amount credited on their invoices
 * @param saleLines number of those lines
 * @param participants different customers with such a line
 */
public record PromotionMeasures(
    long cost,
    long plannedCost,
    long sales,
    long costOfGoods,
    long units,
    long collected,
    long credited,
    long saleLines,
    long participants)
    implements Measures<PromotionMeasures> {

  public static final PromotionMeasures NONE = new PromotionMeasures(0, 0, 0, 0, 0, 0, 0, 0, 0);

  static PromotionMeasures ofCost(long cost) {
    return new PromotionMeasures(cost, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  static PromotionMeasures ofPlannedCost(long plannedCost) {
    return new PromotionMeasures(0, plannedCost, 0, 0, 0, 0, 0, 0, 0);
  }

  static PromotionMeasures ofSaleLine(SaleLine line, boolean collected) {
    return new PromotionMeasures(
        0,
        0,
        line.netAmountMicros(),
        line.costOfGoodsMicros(),
        line.unitsMicros(),
        collected ? line.netAmountMicros() : 0,
        0,
        1,
        0);
  }

  static PromotionMeasures ofReceipt(Receipt receipt) {
    return new PromotionMeasures(
        0, 0, 0, 0, 0, receipt.collected().micros(), receipt.credited().micros(), 0, 0);
  }

  static PromotionMeasures ofParticipants(long participants) {
    return new PromotionMeasures(0, 0, 0, 0, 0, 0, 0, 0, participants);
  }

  @Override
  public PromotionMeasures plus(PromotionMeasures other) {
    return new PromotionMeasures(
        Math.addExact(cost, other.cost),
        Math.addExact(plannedCost, other.plannedCost),
        Math.addExact(sales, other.sales),
        Math.addExact(costOfGoods, other.costOfGoods),
        Math.addExact(units, other.units),
        Math.addExact(collected, other.collected),
        Math.addExact(credited, other.credited),
        Math.addExact(saleLines, other.saleLines),
        Math.addExact(participants, other.participants));
  }

  @Override
  public PromotionMeasures negate() {
    return new PromotionMeasures(
        Math.negateExact(cost),
        Math.negateExact(plannedCost),
        Math.negateExact(sales),
        Math.negateExact(costOfGoods),
        Math.negateExact(units),
        Math.negateExact(collected),
        Math.negateExact(credited),
        Math.negateExact(saleLines),
        Math.negateExact(participants));
  }

  @Override
  public boolean isZero() {
    return equals(NONE);
  }
}
