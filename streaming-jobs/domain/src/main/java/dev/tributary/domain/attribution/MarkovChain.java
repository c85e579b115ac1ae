package dev.tributary.domain.attribution;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often what followed what: a chain that remembers the last few channels.
 *
 * @param channels names of the channels, in order
 * @param base one more than the largest symbol: 0 stands for no channel, 1 and on for the channels,
 *     the last two for conversion and loss
 * @param remembered base to the power of the order: what a context is the rest of
 * @param transitions how often each symbol followed each context. A context is a number whose
 *     digits are its channels, the latest last; 0 is the start
 */
record MarkovChain(
    List<String> channels,
    int base,
    long remembered,
    SortedMap<Long, SortedMap<Integer, Long>> transitions) {

  /**
   * The chain of the journeys with touches.
   *
   * @param order how many channels it remembers
   * @param most contexts at which it gives up
   */
  static Optional<MarkovChain> of(
      SortedMap<PathAddress, PathMeasures> paths, List<String> channels, int order, int most) {
    Map<String, Integer> symbols = new HashMap<>();
    for (String channel : channels) {
      symbols.put(channel, symbols.size() + 1);
    }
    int base = channels.size() + 3;
    long remembered = 1;
    for (int i = 0; i < order; i++) {
      remembered *= base;
    }

    Map<Long, Map<Integer, Long>> counts = new HashMap<>();
    for (Map.Entry<PathAddress, PathMeasures> entry : paths.entrySet()) {
      PathMeasures journeys = entry.getValue();
      long number = Math.addExact(journeys.conversions(), journeys.lost());
      List<String> path = entry.getKey().path();
      if (path.isEmpty() || number == 0) {
        continue;
      }
      long context = 0;
      for (String channel : path) {
        int symbol = symbols.get(channel);
        count(counts, context, symbol, number);
        context = (context * base + symbol) % remembered;
      }
      count(counts, context, base - 2, journeys.conversions());
      count(counts, context, base - 1, journeys.lost());
      if (counts.size() > most) {
        return Optional.empty();
      }
    }
    SortedMap<Long, SortedMap<Integer, Long>> transitions = new TreeMap<>();
    counts.forEach((context, next) -> transitions.put(context, new TreeMap<>(next)));
    return Optional.of(new MarkovChain(channels, base, remembered, transitions));
  }

  private static void count(
      Map<Long, Map<Integer, Long>> counts, long context, int symbol, long number) {
    if (number > 0) {
      counts.computeIfAbsent(context, key -> new HashMap<>()).merge(symbol, number, Math::addExact);
    }
  }

  /** The channel a context ends with; 0 for the start. */
  int latest(long context) {
    return (int) (context % base);
  }

  boolean isChannel(int symbol) {
    return symbol <= channels.size();
  }

  boolean isConversion(int symbol) {
    return symbol == base - 2;
  }

  /** The context after a channel follows one. */
  long after(long context, int symbol) {
    return (context * base + symbol) % remembered;
  }

  long conversions() {
    return transitions.values().stream()
        .mapToLong(next -> next.getOrDefault(base - 2, 0L))
        .reduce(0, Math::addExact);
  }

  /**
   * The Bayesian information criterion, in bits: twice the information of what followed, given what
   * the chain remembers, and the logarithm of the number of steps for each number that the chain is
   * described by. The smaller, the better the chain tells what follows without learning by heart.
   */
  BigInteger criterion() {
    BigInteger information = BigInteger.ZERO;
    long steps = 0;
    for (SortedMap<Integer, Long> next : transitions.values()) {
      long all = 0;
      for (long number : next.values()) {
        all = Math.addExact(all, number);
      }
      for (long number : next.values()) {
        information =
            information.add(
                BigInteger.valueOf(number)
                    .multiply(
                        BigInteger.valueOf(BinaryLogarithm.of(all) - BinaryLogarithm.of(number))));
      }
      steps = Math.addExact(steps, all);
    }
    // Any channel, a conversion or a loss may follow; the last one's share follows from the others.
    BigInteger numbers =
        BigInteger.valueOf(transitions.size()).multiply(BigInteger.valueOf(channels.size() + 1L));
    return information
        .shiftLeft(1)
        .add(numbers.multiply(BigInteger.valueOf(BinaryLogarithm.of(Math.max(1, steps)))));
  }
}
