package dev.tributary.domain.promotions;

import static java.util.Objects.requireNonNull;

import dev.tributary.domain.Money;
import java.time.LocalDate;
import java.util.SortedSet;

/**
 * A promotion was planned.
 *
 * @param company company that plans it
 * @param promotionId the promotion
 * @param region region it is planned for, null when it is not bound to one
 * @param startsOn first day
 * @param plannedCost planned cost
 */
public record Planned(
    String company, String promotionId, String region, LocalDate startsOn, Money plannedCost)
    implements PromotionEvent {

  public Planned {
    requireNonNull(company, "company");
    requireNonNull(promotionId, "promotionId");
    requireNonNull(startsOn, "startsOn");
    requireNonNull(plannedCost, "plannedCost");
  }

  @Override
  public SortedSet<Promotion> promotions() {
    return Promotion.only(company, promotionId);
  }
}
