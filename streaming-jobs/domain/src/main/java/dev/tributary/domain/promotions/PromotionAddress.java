package dev.tributary.domain.promotions;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;
import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Comparator;

/**
 * Where results of a promotion are added up.
 *
 * @param company company whose books it belongs to
 * @param promotionId the promotion, null for none
 * @param region region of the cost or the sale; null without one, and for participants
 * @param costClass kind of expense; null for everything but cost
 * @param currency ISO 4217 code; empty for participants
 * @param effectiveOn day it counts; null for participants
 */
public record PromotionAddress(
    String company,
    String promotionId,
    String region,
    String costClass,
    String currency,
    LocalDate effectiveOn)
    implements Comparable<PromotionAddress> {

  private static final Comparator<PromotionAddress> ORDER =
      comparing(PromotionAddress::company)
          .thenComparing(PromotionAddress::promotionId, nullsFirst(naturalOrder()))
          .thenComparing(PromotionAddress::region, nullsFirst(naturalOrder()))
          .thenComparing(PromotionAddress::costClass, nullsFirst(naturalOrder()))
          .thenComparing(PromotionAddress::currency)
          .thenComparing(
              PromotionAddress::effectiveOn, nullsFirst(Comparator.<LocalDate>naturalOrder()));

  public PromotionAddress {
    requireNonNull(company, "company");
    requireNonNull(currency, "currency");
  }

  /** Where the participants of a promotion are counted: over all regions and days. */
  static PromotionAddress ofParticipants(String company, String promotionId) {
    return new PromotionAddress(company, promotionId, null, null, "", null);
  }

  public Promotion promotion() {
    return new Promotion(company, promotionId);
  }

  @Override
  public int compareTo(PromotionAddress other) {
    return ORDER.compare(this, other);
  }
}
