package dev.tributary.domain.receivables;

import static java.util.Objects.requireNonNull;

import dev.tributary.domain.Money;
import java.time.LocalDate;

/**
 * A part of an invoice that is due on a day of its own.
 *
 * @param dueOn last day on which it is paid in time
 * @param amount amount due, not negative
 */
public record Instalment(LocalDate dueOn, Money amount) {

  public Instalment {
    requireNonNull(dueOn, "dueOn");
    amount.requireNotNegative("amount of an instalment");
  }
}
