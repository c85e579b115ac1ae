package dev.tributary.domain.credit;

import dev.tributary.domain.Money;

/**
 * A limit in force.
 *
 * @param amount the limit
 * @param grade grade that gives it; null for the debtor's own
 */
public record Limit(Money amount, String grade) {}
