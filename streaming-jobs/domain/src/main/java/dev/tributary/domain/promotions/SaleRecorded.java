package dev.tributary.domain.promotions;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Goods or services were sold.
 *
 * @param company company that sold
 * @param customerId buying customer, after merges
 * @param region region of the sale, null without one
 * @param soldOn business day of the sale
 * @param settlement how it is paid
 * @param currency ISO 4217 code of every amount
 * @param lines what was sold
 */
public record SaleRecorded(
    String company,
    String customerId,
    String region,
    LocalDate soldOn,
    Settlement settlement,
    String currency,
    List<SaleLine> lines)
    implements PromotionEvent {

  public SaleRecorded {
    requireNonNull(company, "company");
    requireNonNull(customerId, "customerId");
    requireNonNull(soldOn, "soldOn");
    requireNonNull(settlement, "settlement");
    requireNonNull(currency, "currency");
    lines = List.copyOf(lines);
  }

  @Override
  public SortedSet<Promotion> promotions() {
    SortedSet<Promotion> promotions = new TreeSet<>();
    for (SaleLine line : lines) {
      promotions.add(new Promotion(company, line.promotionId()));
    }
    return promotions;
  }
}
