package dev.tributary.domain.receivables;

import dev.tributary.domain.Money;

/**
 * One line of an invoice.
 *
 * @param promotionId promotion the line is coded with, null without one
 * @param amount amount billed, not negative
 */
public record InvoiceLine(String promotionId, Money amount) {

  public InvoiceLine {
    amount.requireNotNegative("amount of an invoice line");
  }
}
