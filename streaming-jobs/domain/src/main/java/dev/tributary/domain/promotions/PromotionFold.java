package dev.tributary.domain.promotions;

import dev.tributary.domain.CommutativeFold;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Results of promotions by region, cost class, currency and day (PRM-10). "Sales" are coded sales:
 * the sale line carries the promotion. What was sold without a promotion is added up too, at the
 * address without one, so that the whole is the sum of its parts; it has no participants.
 */
public final class PromotionFold
    implements CommutativeFold<PromotionEvent, PromotionAddress, PromotionMeasures> {

  /** The rule of the catalogue that asks for these measures. */
  public static final String RULE_ID = "PRM-10";

  private final PromotionPolicy policy;

  /** The fold under one reading of what the rule leaves open. */
  public PromotionFold(PromotionPolicy policy) {
    this.policy = policy;
  }

  @Override
  public String name() {
    return "promotions";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void contributions(
      PromotionEvent event, BiConsumer<PromotionAddress, PromotionMeasures> out) {
    switch (event) {
      case Planned planned ->
          out.accept(
              new PromotionAddress(
                  planned.company(),
                  planned.promotionId(),
                  planned.region(),
                  null,
                  planned.plannedCost().currency(),
                  planned.startsOn()),
              PromotionMeasures.ofPlannedCost(planned.plannedCost().micros()));
      case CostIncurred cost ->
          out.accept(
              new PromotionAddress(
                  cost.company(),
                  cost.promotionId(),
                  cost.region(),
                  cost.costClass(),
                  cost.amount().currency(),
                  cost.incurredOn()),
              PromotionMeasures.ofCost(cost.amount().micros()));
      case SaleRecorded sale -> {
        for (SaleLine line : sale.lines()) {
          out.accept(
              new PromotionAddress(
                  sale.company(),
                  line.promotionId(),
                  sale.region(),
                  null,
                  sale.currency(),
                  sale.soldOn()),
              PromotionMeasures.ofSaleLine(line, isCollected(sale)));
        }
      }
      case Receipt receipt ->
          out.accept(
              new PromotionAddress(
                  receipt.company(),
                  receipt.promotionId(),
                  receipt.region(),
                  null,
                  receipt.collected().currency(),
                  receipt.effectiveOn()),
              PromotionMeasures.ofReceipt(receipt));
    }
  }

  private boolean isCollected(SaleRecorded sale) {
    return policy.saleWithoutInvoiceIsCollected() && sale.settlement() == Settlement.AT_SALE;
  }

  @Override
  public void members(PromotionEvent event, BiConsumer<PromotionAddress, String> out) {
    if (event instanceof SaleRecorded sale) {
      Set<String> seen = new HashSet<>();
      for (SaleLine line : sale.lines()) {
        if (line.promotionId() != null && seen.add(line.promotionId())) {
          out.accept(
              PromotionAddress.ofParticipants(sale.company(), line.promotionId()),
              sale.customerId());
        }
      }
    }
  }

  @Override
  public PromotionMeasures ofMembers(long distinct) {
    return PromotionMeasures.ofParticipants(distinct);
  }
}
