package dev.tributary.domain.promotions;

import static java.util.Objects.requireNonNull;

import dev.tributary.domain.Money;
import java.time.LocalDate;
import java.util.SortedSet;

/**
 * A promotion cost money.
 *
 * @param company company that bears the cost
 * @param promotionId the promotion
 * @param costClass kind of expense
 * @param incurredOn day the cost belongs to
 * @param amount the cost
 * @param region region the cost belongs to, null when it is not bound to one
 */
public record CostIncurred(
    String company,
    String promotionId,
    String costClass,
    LocalDate incurredOn,
    Money amount,
    String region)
    implements PromotionEvent {

  public CostIncurred {
    requireNonNull(company, "company");
    requireNonNull(promotionId, "promotionId");
    requireNonNull(costClass, "costClass");
    requireNonNull(incurredOn, "incurredOn");
    requireNonNull(amount, "amount");
  }

  @Override
  public SortedSet<Promotion> promotions() {
    return Promotion.only(company, promotionId);
  }
}
