package dev.tributary.domain.receivables;

import static java.util.Objects.requireNonNull;

import dev.tributary.domain.Money;
import java.time.LocalDate;

/**
 * The balance was adjusted by hand.
 *
 * @param adjustmentId the adjustment
 * @param invoiceId invoice that is adjusted, null when it is none in particular
 * @param adjustedOn day of the adjustment
 * @param direction whether the customer owes more or less
 * @param amount amount, not negative
 */
public record BalanceAdjusted(
    String adjustmentId, String invoiceId, LocalDate adjustedOn, Direction direction, Money amount)
    implements ReceivablesEvent {

  /** Whether the customer owes more or less than before. */
  public enum Direction {
    OWES_MORE,
    OWES_LESS
  }

  public BalanceAdjusted {
    requireNonNull(adjustmentId, "adjustmentId");
    requireNonNull(adjustedOn, "adjustedOn");
    requireNonNull(direction, "direction");
    amount.requireNotNegative("amount of an adjustment");
  }
}
