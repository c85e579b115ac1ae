package dev.tributary.domain.credit;

import static java.util.Objects.requireNonNull;

import dev.tributary.domain.Money;
import java.time.LocalDate;

/**
 * Debts are secured by goods or assets (CRD-8).
 *
 * @param collateralId the collateral
 * @param pledgedOn first day
 * @param endsOn last day, null without an end
 * @param value value, not negative; zero when it is released
 */
public record CollateralPledged(
    String collateralId, LocalDate pledgedOn, LocalDate endsOn, Money value)
    implements CreditEvent {

  public CollateralPledged {
    requireNonNull(collateralId, "collateralId");
    requireNonNull(pledgedOn, "pledgedOn");
    value.requireNotNegative("value of a collateral");
  }
}
