package dev.tributary.domain.attribution;

import dev.tributary.domain.Money;
import dev.tributary.domain.PersistentSortedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a data-driven model found of each channel.
 *
 * @param effects what each is worth, in units of 10<sup>-15</sup>: a removal effect, or a share of
 *     the rate of conversion, which is negative where a channel lowers it
 */
public record ChannelWeights(SortedMap<String, Long> effects) {

  /** An effect of one: thousands of them add up within a long. */
  public static final long ONE = 1_000_000_000_000_000L;

  public ChannelWeights {
    effects = PersistentSortedMap.copyOf(effects);
  }

  /**
   * Credit by channel: the value of all conversions with touches, in proportion to the effects, by
   * the largest remainder, ties to the smaller name. A channel that lowers the rate earns nothing.
   * What nothing earns stands under the empty name.
   *
   * @param paths what the effects were found in
   * @param currency whose value is shared out
   */
  public SortedMap<String, Money> credit(
      SortedMap<PathAddress, PathMeasures> paths, String currency) {
    long touched = 0;
    long untouched = 0;
    for (Map.Entry<PathAddress, PathMeasures> entry : paths.entrySet()) {
      if (entry.getKey().currency().equals(currency)) {
        long value = entry.getValue().valueMicros();
        if (entry.getKey().path().isEmpty()) {
          untouched = Math.addExact(untouched, value);
        } else {
          touched = Math.addExact(touched, value);
        }
      }
    }
    List<Long> weights = effects.values().stream().map(effect -> Math.max(0, effect)).toList();
    List<Money> parts = new Money(touched, currency).split(weights);
    PersistentSortedMap<String, Money> credit =
        PersistentSortedMap.<String, Money>empty().with("", new Money(untouched, currency));
    List<String> channels = new ArrayList<>(effects.keySet());
    for (int i = 0; i < parts.size(); i++) {
      credit = credit.with(channels.get(i), parts.get(i));
    }
    return credit;
  }
}
