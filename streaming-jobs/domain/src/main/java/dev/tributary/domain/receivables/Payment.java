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
 * @param unapplied where the rest of it lies
 */
public record Payment(
    boolean reversed, SortedMap<ItemKey, PromotionAmounts> applied, List<CashKey> unapplied) {

  static final Payment UNSEEN = new Payment(false, PersistentSortedMap.empty(), List.of());
  static final Payment REVERSED = new Payment(true, PersistentSortedMap.empty(), List.of());

  public Payment {
    applied = PersistentSortedMap.copyOf(applied);
    unapplied = List.copyOf(unapplied);
  }

  Payment paying(ItemKey item, PromotionAmounts amounts) {
    PromotionAmounts before = applied.getOrDefault(item, PromotionAmounts.NOTHING);
    return new Payment(
        reversed, PersistentSortedMap.copyOf(applied).with(item, before.plus(amounts)), unapplied);
  }

  Payment leaving(CashKey rest) {
    return new Payment(
        reversed, applied, Stream.concat(unapplied.stream(), Stream.of(rest)).toList());
  }

  Payment usingUp(CashKey rest) {
    return new Payment(
        reversed, applied, unapplied.stream().filter(key -> !key.equals(rest)).toList());
  }
}
