package dev.tributary.domain.promotions;

/**
 * Readings of PRM-10 that the rule leaves open.
 *
 * @param saleWithoutInvoiceIsCollected a sale that no invoice follows counts as collected on its
 *     day
 */
public record PromotionPolicy(boolean saleWithoutInvoiceIsCollected) {}
