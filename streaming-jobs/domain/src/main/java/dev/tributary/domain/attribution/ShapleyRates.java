package dev.tributary.domain.attribution;

import dev.tributary.domain.LargestRemainder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What each channel adds to the rate of conversion, over all orders in which channels could have
 * been taken up (Shapley). The rate of a set of channels is that of the journeys, converting and
 * not, which came by no other; 0 where there are none.
 *
 * <p>Up to twelve channels this is the sum over all sets. Of more, those but the eleven that are in
 * the most journeys are taken as one, and what that adds is shared out by the conversions that each
 * of them took part in (by the journeys, where there is no conversion).
 */
public final class ShapleyRates {

  /** Above, sets of channels are too many to be summed over. */
  private static final int MAX_PLAYERS = 12;

  /** A rate of one, in the unit that rates are computed in: finer than what is kept. */
  private static final int RATE_BITS = 96;

  private final SortedMap<PathAddress, PathMeasures> paths;
  private final Map<String, Long> journeysOf = new HashMap<>();
  private final Map<String, Long> conversionsOf = new HashMap<>();

  private ShapleyRates(SortedMap<PathAddress, PathMeasures> paths) {
    this.paths = paths;
    paths.forEach(
        (address, journeys) -> {
          for (String channel : new HashSet<>(address.path())) {
            long all = Math.addExact(journeys.conversions(), journeys.lost());
            journeysOf.merge(channel, all, Math::addExact);
            conversionsOf.merge(channel, journeys.conversions(), Math::addExact);
          }
        });
  }

  /** The Shapley value of each channel. */
  public static ChannelWeights of(SortedMap<PathAddress, PathMeasures> paths) {
    return new ChannelWeights(new ShapleyRates(paths).values());
  }

  private SortedMap<String, Long> values() {
    SortedSet<String> channels = new TreeSet<>(journeysOf.keySet());
    SortedMap<String, Long> values = new TreeMap<>();
    if (channels.size() <= MAX_PLAYERS) {
      Map<String, Integer> players = numbered(channels);
      long[] found = values(players, channels.size());
      players.forEach((channel, player) -> values.put(channel, found[player]));
      return values;
    }

    List<String> byJourneys =
        channels.stream()
            .sorted(Comparator.comparing((String channel) -> journeysOf.get(channel)).reversed())
            .toList();
    List<String> most = byJourneys.subList(0, MAX_PLAYERS - 1);
    SortedSet<String> rest = new TreeSet<>(byJourneys.subList(MAX_PLAYERS - 1, byJourneys.size()));
    Map<String, Integer> players = numbered(new TreeSet<>(most));
    rest.forEach(channel -> players.put(channel, MAX_PLAYERS - 1));
    long[] found = values(players, MAX_PLAYERS);
    most.forEach(channel -> values.put(channel, found[players.get(channel)]));
    boolean converts = rest.stream().anyMatch(channel -> conversionsOf.get(channel) > 0);
    Map<String, Long> weights = converts ? conversionsOf : journeysOf;
    long[] parts =
        LargestRemainder.split(
            found[MAX_PLAYERS - 1], rest.stream().mapToLong(weights::get).toArray());
    int i = 0;
    for (String channel : rest) {
      values.put(channel, parts[i]);
      i++;
    }
    return values;
  }

  private static Map<String, Integer> numbered(Set<String> channels) {
    Map<String, Integer> numbered = new HashMap<>();
    channels.forEach(channel -> numbered.put(channel, numbered.size()));
    return numbered;
  }

  private long[] values(Map<String, Integer> playerOf, int players) {
    BigInteger[] rates = rates(playerOf, players);
    BigInteger[] factorials = new BigInteger[players + 1];
    factorials[0] = BigInteger.ONE;
    for (int i = 1; i <= players; i++) {
      factorials[i] = factorials[i - 1].multiply(BigInteger.valueOf(i));
    }
    BigDecimal one = new BigDecimal(factorials[players].shiftLeft(RATE_BITS));
    long[] values = new long[players];
    for (int player = 0; player < players; player++) {
      BigInteger sum = BigInteger.ZERO;
      for (int set = 0; set < rates.length; set++) {
        if ((set >> player & 1) == 0) {
          int before = Integer.bitCount(set);
          BigInteger added = rates[set | 1 << player].subtract(rates[set]);
          sum =
              sum.add(
                  factorials[before].multiply(factorials[players - 1 - before]).multiply(added));
        }
      }
      values[player] =
          new BigDecimal(sum)
              .multiply(BigDecimal.valueOf(ChannelWeights.ONE))
              .divide(one, 0, RoundingMode.HALF_EVEN)
              .longValueExact();
    }
    return values;
  }

  /** The rate of each set of players, whose bits are set in its number. */
  private BigInteger[] rates(Map<String, Integer> playerOf, int players) {
    long[] conversions = new long[1 << players];
    long[] journeys = new long[1 << players];
    paths.forEach(
        (address, measures) -> {
          int set = 0;
          for (String channel : address.path()) {
            set |= 1 << playerOf.get(channel);
          }
          // Without a channel nothing is to be shared out, not even what came by none.
          if (set != 0) {
            conversions[set] = Math.addExact(conversions[set], measures.conversions());
            journeys[set] =
                Math.addExact(
                    journeys[set], Math.addExact(measures.conversions(), measures.lost()));
          }
        });
    for (int player = 0; player < players; player++) {
      for (int set = 0; set < journeys.length; set++) {
        if ((set >> player & 1) == 1) {
          int without = set ^ 1 << player;
          conversions[set] = Math.addExact(conversions[set], conversions[without]);
          journeys[set] = Math.addExact(journeys[set], journeys[without]);
        }
      }
    }
    BigInteger[] rates = new BigInteger[journeys.length];
    for (int set = 0; set < rates.length; set++) {
      rates[set] =
          journeys[set] == 0
              ? BigInteger.ZERO
              : BigInteger.valueOf(conversions[set])
                  .shiftLeft(RATE_BITS)
                  .divide(BigInteger.valueOf(journeys[set]));
    }
    return rates;
  }
}
