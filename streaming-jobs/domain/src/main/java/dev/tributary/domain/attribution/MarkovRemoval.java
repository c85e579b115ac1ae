package dev.tributary.domain.attribution;

import static java.math.BigDecimal.ONE;
import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What part of the conversions would be lost without a channel: each journey that comes to it would
 * end there. Journeys are a Markov chain whose steps are as likely as they were frequent.
 *
 * <p>The linear system is solved by taking states out one after the other, whose visits then go
 * straight on to what follows. That only ever adds, multiplies and divides positive numbers, so no
 * digits cancel: in 34 digits the effects are right in all that are kept, however seldom a journey
 * converts. A step from a state to itself says nothing about where it goes on to and is left out;
 * so a chain of order one is the same whether repeated touches are collapsed or not.
 */
public final class MarkovRemoval {

  /** Orders above are never tried: they would learn journeys by heart. */
  private static final int MAX_ORDER = 3;

  /**
   * A system of this many states takes half a minute; a larger one is solved for order one only.
   * Twenty channels have 421 contexts of up to two.
   */
  private static final int MAX_CONTEXTS = 500;

  private static final MathContext DIGITS = MathContext.DECIMAL128;

  /**
   * Removal effects.
   *
   * @param order how many channels the chain remembers
   * @param weights the effects
   */
  public record Solved(int order, ChannelWeights weights) {}

  private static final int START = 0;

  private final MarkovChain chain;
  private final List<Long> contexts;
  private final int conversion;
  private final int loss;
  private final SortedMap<String, Long> effects = new TreeMap<>();

  private MarkovRemoval(MarkovChain chain) {
    this.chain = chain;
    // The start is context 0, and contexts come in their order.
    this.contexts = List.copyOf(chain.transitions().keySet());
    this.conversion = contexts.size();
    this.loss = contexts.size() + 1;
  }

  /** The effects in a chain that remembers so many channels. */
  public static Solved ofOrder(SortedMap<PathAddress, PathMeasures> paths, int order) {
    return solve(order, chain(paths, order, Integer.MAX_VALUE).orElseThrow());
  }

  /**
   * The effects in the chain whose Bayesian information criterion is the smallest, of those that
   * remember one to three channels and, beyond one, have no more than 500 states; the smaller order
   * where it is the same.
   */
  public static Solved ofBestOrder(SortedMap<PathAddress, PathMeasures> paths) {
    int best = 1;
    MarkovChain chosen = chain(paths, 1, Integer.MAX_VALUE).orElseThrow();
    BigInteger least = chosen.criterion();
    for (int order = 2; order <= MAX_ORDER; order++) {
      Optional<MarkovChain> tried = chain(paths, order, MAX_CONTEXTS);
      if (tried.isPresent() && tried.get().criterion().compareTo(least) < 0) {
        best = order;
        chosen = tried.get();
        least = chosen.criterion();
      }
    }
    return solve(best, chosen);
  }

  private static Optional<MarkovChain> chain(
      SortedMap<PathAddress, PathMeasures> paths, int order, int mostContexts) {
    SortedSet<String> channels = new TreeSet<>();
    paths.keySet().forEach(address -> channels.addAll(address.path()));
    return MarkovChain.of(paths, List.copyOf(channels), order, mostContexts);
  }

  private static Solved solve(int order, MarkovChain chain) {
    MarkovRemoval removal = new MarkovRemoval(chain);
    for (String channel : chain.channels()) {
      removal.effects.put(channel, 0L);
    }
    long conversions = chain.conversions();
    if (conversions > 0) {
      List<Integer> symbols = IntStream.rangeClosed(1, chain.channels().size()).boxed().toList();
      removal.remove(removal.visits(), symbols, BigDecimal.valueOf(conversions));
    }
    return new Solved(order, new ChannelWeights(removal.effects));
  }

  /** How often each context was followed by each, by a conversion, by a loss; null for never. */
  private BigDecimal[][] visits() {
    Map<Long, Integer> positions = new HashMap<>();
    for (long context : contexts) {
      positions.put(context, positions.size());
    }
    BigDecimal[][] visits = new BigDecimal[contexts.size()][contexts.size() + 2];
    for (long context : contexts) {
      BigDecimal[] row = visits[positions.get(context)];
      chain
          .transitions()
          .get(context)
          .forEach(
              (symbol, number) -> {
                int to =
                    chain.isChannel(symbol)
                        ? positions.get(chain.after(context, symbol))
                        : chain.isConversion(symbol) ? conversion : loss;
                row[to] = BigDecimal.valueOf(number);
              });
    }
    return visits;
  }

  /**
   * Takes out all channels but one, for each of them. What halves have in common is taken out once:
   * the work grows with the cube of the states, but hardly with the channels.
   *
   * @param visits in which only the start and the contexts of these channels are left
   */
  private void remove(BigDecimal[][] visits, List<Integer> symbols, BigDecimal conversions) {
    if (symbols.size() == 1) {
      BigDecimal without = visits[START][conversion] == null ? ZERO : visits[START][conversion];
      effects.put(
          chain.channels().get(symbols.getFirst() - 1),
          ONE.subtract(without.divide(conversions, DIGITS))
              .multiply(BigDecimal.valueOf(ChannelWeights.ONE))
              .setScale(0, RoundingMode.HALF_EVEN)
              .longValueExact());
      return;
    }
    List<Integer> one = symbols.subList(0, symbols.size() / 2);
    List<Integer> other = symbols.subList(symbols.size() / 2, symbols.size());
    remove(without(visits, symbols, one), other, conversions);
    remove(without(visits, symbols, other), one, conversions);
  }

  /** The visits where the contexts of some channels are passed over. */
  private BigDecimal[][] without(
      BigDecimal[][] visits, List<Integer> symbols, List<Integer> passed) {
    BigDecimal[][] rest = new BigDecimal[visits.length][];
    SortedSet<Integer> left = new TreeSet<>();
    for (int i = 0; i < visits.length; i++) {
      int latest = chain.latest(contexts.get(i));
      if (i == START || symbols.contains(latest)) {
        left.add(i);
        rest[i] = visits[i].clone();
      }
    }
    for (int state : List.copyOf(left)) {
      if (passed.contains(chain.latest(contexts.get(state)))) {
        left.remove(state);
        pass(rest, state, left);
      }
    }
    return rest;
  }

  /** Lets visits to a state go straight on to what follows it. */
  private void pass(BigDecimal[][] visits, int state, SortedSet<Integer> left) {
    int[] next = new int[left.size() + 2];
    BigDecimal all = ZERO;
    int count = 0;
    for (int to : left) {
      next[count++] = to;
    }
    next[count++] = conversion;
    next[count] = loss;
    for (int to : next) {
      if (visits[state][to] != null) {
        all = all.add(visits[state][to], DIGITS);
      }
    }
    for (int from : left) {
      BigDecimal visited = visits[from][state];
      if (visited == null) {
        continue;
      }
      BigDecimal part = visited.divide(all, DIGITS);
      for (int to : next) {
        if (visits[state][to] != null) {
          BigDecimal more = part.multiply(visits[state][to], DIGITS);
          visits[from][to] = visits[from][to] == null ? more : visits[from][to].add(more, DIGITS);
        }
      }
    }
  }
}
