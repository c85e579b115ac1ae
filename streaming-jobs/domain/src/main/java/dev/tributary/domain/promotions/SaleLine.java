package dev.tributary.domain.promotions;

/**
 * One product of a sale. Amounts are in millionths of the main unit of the sale's currency.
 *
 * @param promotionId promotion the line is coded with, null without one
 * @param unitsMicros units sold, in millionths of a unit
 * @param netAmountMicros net sales value
 * @param costOfGoodsMicros cost of the goods sold
 */
public record SaleLine(
    String promotionId, long unitsMicros, long netAmountMicros, long costOfGoodsMicros) {}
