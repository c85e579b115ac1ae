package dev.tributary.warehouse;

import java.math.BigDecimal;
import java.time.YearMonth;

/**
 * What another book says was open on invoices over a month.
 *
 * @param line of the file it stands in
 * @param customerId bill-to customer; null for all of the company's
 * @param opening open before the month's first day, in the currency's main unit
 * @param movement what the month added, less what it took off
 * @param closing open at the end of the month's last day
 */
public record ControlTotal(
    long line,
    String company,
    YearMonth month,
    String currency,
    String customerId,
    BigDecimal opening,
    BigDecimal movement,
    BigDecimal closing) {}
