package dev.tributary.domain.receivables;

import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import dev.tributary.domain.Money;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An amount broken down by promotion.
 *
 * @param parts one per promotion and none of them zero, "no promotion" first, then by id
 */
public record PromotionAmounts(List<PromotionAmount> parts) {

  private static final Comparator<String> NO_PROMOTION_FIRST = nullsFirst(naturalOrder());

  static final PromotionAmounts NOTHING = new PromotionAmounts(List.of());

  public PromotionAmounts {
    parts = List.copyOf(parts);
  }

  static PromotionAmounts billedBy(InvoiceIssued invoice) {
    return sumOf(
        invoice.lines().stream()
            .map(line -> new PromotionAmount(line.promotionId(), line.amount().micros())));
  }

  /** All of it without a promotion. */
  static PromotionAmounts ofNone(Money amount) {
    return new PromotionAmounts(List.of(new PromotionAmount(null, amount.micros())));
  }

  boolean isNothing() {
    return parts.isEmpty();
  }

  long total() {
    long total = 0;
    for (PromotionAmount part : parts) {
      total = Math.addExact(total, part.micros());
    }
    return total;
  }

  PromotionAmounts plus(PromotionAmounts other) {
    return sumOf(Stream.concat(parts.stream(), other.parts.stream()));
  }

  PromotionAmounts minus(PromotionAmounts other) {
    return plus(other.negate());
  }

  PromotionAmounts negate() {
    return new PromotionAmounts(
        parts.stream()
            .map(part -> new PromotionAmount(part.promotionId(), -part.micros()))
            .toList());
  }

  /** The part of these open amounts that a smaller amount pays, in proportion to what is open. */
  PromotionAmounts proportion(Money amount) {
    List<Money> shares =
        amount.splitWithin(
            parts.stream().map(part -> new Money(part.micros(), amount.currency())).toList());
    List<PromotionAmount> paid = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (!shares.get(i).isZero()) {
        paid.add(new PromotionAmount(parts.get(i).promotionId(), shares.get(i).micros()));
      }
    }
    return new PromotionAmounts(paid);
  }

  private static PromotionAmounts sumOf(Stream<PromotionAmount> amounts) {
    SortedMap<String, Long> sums = new TreeMap<>(NO_PROMOTION_FIRST);
    amounts.forEach(amount -> sums.merge(amount.promotionId(), amount.micros(), Math::addExact));
    return new PromotionAmounts(
        sums.entrySet().stream()
            .filter(sum -> sum.getValue() != 0)
            .map(sum -> new PromotionAmount(sum.getKey(), sum.getValue()))
            .toList());
  }
}
