package dev.tributary.domain.receivables;

import dev.tributary.domain.PersistentSortedMap;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * What a payment id holds, which is what its reversal gives back.
 *
 * @param reversed whether a reversal has spoken about the id; then it holds nothing, for good
 * @param applied what it has paid
 * @param pots where the rest of it lies
 * @param refunded what of it was paid back to the customer, in millionths by currency
 */
public record Payment(
    boolean reversed,
    SortedMap<ItemKey, PromotionAmounts> applied,
    List<PotKey> pots,
    SortedMap<String, Long> refunded) {

  static final Payment UNSEEN =
      new Payment(false, PersistentSortedMap.empty(), List.of(), PersistentSortedMap.empty());
  static final Payment REVERSED =
      new Payment(true, PersistentSortedMap.empty(), List.of(), PersistentSortedMap.empty());

  public Payment {
    applied = PersistentSortedMap.copyOf(applied);
    pots = List.copyOf(pots);
    refunded = PersistentSortedMap.copyOf(refunded);
  }

  Payment paying(ItemKey item, PromotionAmounts amounts) {
    PromotionAmounts before = applied.getOrDefault(item, PromotionAmounts.NOTHING);
    return new Payment(
        reversed,
        PersistentSortedMap.copyOf(applied).with(item, before.plus(amounts)),
        pots,
        refunded);
  }

  /** Without what it paid of an item. */
  Payment releasing(ItemKey item) {
    return new Payment(reversed, PersistentSortedMap.copyOf(applied).without(item), pots, refunded);
  }

  Payment leaving(PotKey pot) {
    return pots.contains(pot)
        ? this
        : new Payment(
            reversed, applied, Stream.concat(pots.stream(), Stream.of(pot)).toList(), refunded);
  }

  Payment usingUp(PotKey pot) {
    return new Payment(
        reversed, applied, pots.stream().filter(key -> !key.equals(pot)).toList(), refunded);
  }

  Payment refunding(String currency, long micros) {
    long before = refunded.getOrDefault(currency, 0L);
    return new Payment(
        reversed,
        applied,
        pots,
        PersistentSortedMap.copyOf(refunded).with(currency, Math.addExact(before, micros)));
  }
}
