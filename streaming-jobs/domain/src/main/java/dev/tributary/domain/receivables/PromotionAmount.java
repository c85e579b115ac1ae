package dev.tributary.domain.receivables;

/**
 * An amount that belongs to a promotion.
 *
 * @param promotionId the promotion, null for none
 * @param micros the amount in millionths of the currency's main unit
 */
public record PromotionAmount(String promotionId, long micros) {}
