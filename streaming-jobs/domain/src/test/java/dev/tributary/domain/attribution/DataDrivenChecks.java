package dev.tributary.domain.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.domain.Money;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Boundaries of the data-driven models, then what holds for every set of paths, over seeded random
 * ones: the linear systems solved once more in fractions, one channel after the other, and Shapley
 * values by their definition, over all orders of channels.
 */
public final class DataDrivenChecks {

  private static final LocalDate MONTH = LocalDate.parse("2026-03-01");

  private DataDrivenChecks() {}

  /** Fails with the story, or with the seed of the paths, that does not hold. */
  public static void run() throws Throwable {
    List<Method> stories =
        Arrays.stream(DataDrivenTest.class.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Test.class))
            .filter(method -> !method.getName().equals("everythingEqualsTheSecondWriting"))
            .sorted(Comparator.comparing(Method::getName))
            .toList();
    for (Method story : stories) {
      try {
        story.invoke(new DataDrivenTest());
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
    random(12);
  }

  static void random(int seeds) {
    for (long seed = 1; seed <= seeds; seed++) {
      Random random = new Random(seed);
      SortedMap<PathAddress, PathMeasures> paths =
          randomPaths(random, 1 + random.nextInt(5), 1 + random.nextInt(25));
      for (int order = 1; order <= 3; order++) {
        ChannelWeights found = MarkovRemoval.ofOrder(paths, order).weights();
        assertThat(found.effects())
            .as("seed %d: removal effects of order %d", seed, order)
            .isEqualTo(removalEffects(paths, order));
        creditAddsUp(seed, paths, found);
      }
      assertThat(MarkovRemoval.ofBestOrder(paths).order())
          .as("seed %d: order", seed)
          .isEqualTo(bestOrder(paths));
      ChannelWeights shapley = ShapleyRates.of(paths);
      for (Map.Entry<String, Long> value : shapleyValues(paths).entrySet()) {
        assertThat(shapley.effects().get(value.getKey()))
            .as("seed %d: value of %s", seed, value.getKey())
            .isCloseTo(value.getValue(), within(1L));
      }
      creditAddsUp(seed, paths, shapley);
    }
  }

  /** Journeys with repeated channels, some of which convert, in two currencies. */
  static SortedMap<PathAddress, PathMeasures> randomPaths(Random random, int channels, int number) {
    SortedMap<PathAddress, PathMeasures> paths = new TreeMap<>();
    for (int i = 0; i < number; i++) {
      List<String> path = new ArrayList<>();
      String channel = "A";
      for (int j = random.nextInt(7); j > 0; j--) {
        if (random.nextInt(4) > 0) {
          channel = Character.toString('A' + random.nextInt(channels));
        }
        path.add(channel);
      }
      boolean converts = random.nextInt(3) == 0;
      long value = random.nextInt(10_000) * 10_000L;
      paths.merge(
          new PathAddress("contract", MONTH, random.nextInt(5) == 0 ? "JPY" : "EUR", path),
          new PathMeasures(
              converts ? 1 : 0, converts ? 0 : 1 + random.nextInt(2), converts ? value : 0),
          PathMeasures::plus);
    }
    return paths;
  }

  /** The same paths without touches that repeat the one before. */
  static SortedMap<PathAddress, PathMeasures> collapsed(
      SortedMap<PathAddress, PathMeasures> paths) {
    SortedMap<PathAddress, PathMeasures> collapsed = new TreeMap<>();
    paths.forEach(
        (address, measures) -> {
          List<String> path = new ArrayList<>();
          for (String each : address.path()) {
            if (path.isEmpty() || !path.getLast().equals(each)) {
              path.add(each);
            }
          }
          collapsed.merge(
              new PathAddress(address.goal(), address.month(), address.currency(), path),
              measures,
              PathMeasures::plus);
        });
    return collapsed;
  }

  private static void creditAddsUp(
      long seed, SortedMap<PathAddress, PathMeasures> paths, ChannelWeights weights) {
    for (String currency : List.of("EUR", "JPY")) {
      long value =
          paths.entrySet().stream()
              .filter(entry -> entry.getKey().currency().equals(currency))
              .mapToLong(entry -> entry.getValue().valueMicros())
              .sum();
      assertThat(
              weights.credit(paths, currency).values().stream()
                  .reduce(Money.zero(currency), Money::plus))
          .as("seed %d: credit in %s", seed, currency)
          .isEqualTo(new Money(value, currency));
    }
  }

  private static SortedMap<String, Long> removalEffects(
      SortedMap<PathAddress, PathMeasures> paths, int order) {
    Map<List<String>, Map<List<String>, Long>> steps = steps(paths, order);
    SortedMap<String, Long> effects = new TreeMap<>();
    Fraction all = steps.isEmpty() ? Fraction.ZERO : rate(steps, null);
    for (String channel : channels(paths)) {
      Fraction effect =
          all.isZero() ? Fraction.ZERO : Fraction.ONE.minus(rate(steps, channel).dividedBy(all));
      effects.put(channel, effect.rounded());
    }
    return effects;
  }

  /** How often a context was followed by another, by ["conversion"] or by ["loss", "loss"]. */
  private static Map<List<String>, Map<List<String>, Long>> steps(
      SortedMap<PathAddress, PathMeasures> paths, int order) {
    Map<List<String>, Map<List<String>, Long>> steps = new TreeMap<>(BY_TEXT);
    paths.forEach(
        (address, journeys) -> {
          List<String> path = address.path();
          for (int i = 0; i < path.size(); i++) {
            step(steps, path, i, order, last(path, i + 1, order), journeys.conversions());
            step(steps, path, i, order, last(path, i + 1, order), journeys.lost());
          }
          if (!path.isEmpty()) {
            step(steps, path, path.size(), order, List.of("conversion"), journeys.conversions());
            step(steps, path, path.size(), order, List.of("loss"), journeys.lost());
          }
        });
    return steps;
  }

  private static final Comparator<List<String>> BY_TEXT = Comparator.comparing(List::toString);

  private static void step(
      Map<List<String>, Map<List<String>, Long>> steps,
      List<String> path,
      int length,
      int order,
      List<String> to,
      long number) {
    if (number > 0) {
      steps
          .computeIfAbsent(last(path, length, order), context -> new TreeMap<>(BY_TEXT))
          .merge(to, number, Long::sum);
    }
  }

  private static List<String> last(List<String> path, int length, int order) {
    return path.subList(Math.max(0, length - order), length);
  }

  /** How likely a journey converts that ends where it comes to a channel. */
  private static Fraction rate(Map<List<String>, Map<List<String>, Long>> steps, String removed) {
    List<List<String>> contexts = new ArrayList<>(steps.keySet());
    int n = contexts.size();
    Fraction[][] system = new Fraction[n][n + 1];
    for (int i = 0; i < n; i++) {
      Arrays.fill(system[i], Fraction.ZERO);
      system[i][i] = Fraction.ONE;
      Map<List<String>, Long> next = steps.get(contexts.get(i));
      long all = next.values().stream().mapToLong(Long::longValue).sum();
      for (Map.Entry<List<String>, Long> step : next.entrySet()) {
        Fraction likely = Fraction.of(step.getValue(), all);
        int to = contexts.indexOf(step.getKey());
        if (step.getKey().equals(List.of("conversion"))) {
          system[i][n] = system[i][n].plus(likely);
        } else if (to >= 0 && !contexts.get(to).getLast().equals(removed)) {
          system[i][to] = system[i][to].minus(likely);
        }
      }
    }
    for (int column = 0; column < n; column++) {
      int pivot = column;
      while (system[pivot][column].isZero()) {
        pivot++;
      }
      Fraction[] swapped = system[pivot];
      system[pivot] = system[column];
      system[column] = swapped;
      for (int row = 0; row < n; row++) {
        if (row != column && !system[row][column].isZero()) {
          Fraction factor = system[row][column].dividedBy(system[column][column]);
          for (int i = column; i <= n; i++) {
            system[row][i] = system[row][i].minus(factor.times(system[column][i]));
          }
        }
      }
    }
    int start = contexts.indexOf(List.<String>of());
    return system[start][n].dividedBy(system[start][start]);
  }

  private static int bestOrder(SortedMap<PathAddress, PathMeasures> paths) {
    int best = 1;
    double least = Double.MAX_VALUE;
    for (int order = 1; order <= 3; order++) {
      Map<List<String>, Map<List<String>, Long>> steps = steps(paths, order);
      double information = 0;
      long all = 0;
      for (Map<List<String>, Long> next : steps.values()) {
        long ofContext = next.values().stream().mapToLong(Long::longValue).sum();
        for (long number : next.values()) {
          information -= number * Math.log((double) number / ofContext);
        }
        all += ofContext;
      }
      double criterion =
          2 * information
              + Math.log((double) Math.max(1, all)) * steps.size() * (channels(paths).size() + 1);
      if (criterion < least - 1e-6) {
        best = order;
        least = criterion;
      }
    }
    return best;
  }

  private static SortedMap<String, Long> shapleyValues(SortedMap<PathAddress, PathMeasures> paths) {
    List<String> channels = List.copyOf(channels(paths));
    SortedMap<String, Fraction> sums = new TreeMap<>();
    List<List<String>> orders = new ArrayList<>();
    permute(new ArrayList<>(), channels, orders);
    for (List<String> order : orders) {
      Set<String> taken = new HashSet<>();
      for (String channel : order) {
        Fraction before = rate(paths, taken);
        taken.add(channel);
        sums.merge(channel, rate(paths, taken).minus(before), Fraction::plus);
      }
    }
    SortedMap<String, Long> values = new TreeMap<>();
    sums.forEach(
        (channel, sum) ->
            values.put(channel, sum.dividedBy(Fraction.of(orders.size(), 1)).rounded()));
    return values;
  }

  private static Fraction rate(SortedMap<PathAddress, PathMeasures> paths, Set<String> channels) {
    long conversions = 0;
    long journeys = 0;
    for (Map.Entry<PathAddress, PathMeasures> entry : paths.entrySet()) {
      if (!entry.getKey().path().isEmpty() && channels.containsAll(entry.getKey().path())) {
        conversions += entry.getValue().conversions();
        journeys += entry.getValue().conversions() + entry.getValue().lost();
      }
    }
    return journeys == 0 ? Fraction.ZERO : Fraction.of(conversions, journeys);
  }

  private static void permute(
      List<String> begun, List<String> channels, List<List<String>> orders) {
    if (begun.size() == channels.size()) {
      orders.add(List.copyOf(begun));
      return;
    }
    for (String channel : channels) {
      if (!begun.contains(channel)) {
        begun.add(channel);
        permute(begun, channels, orders);
        begun.removeLast();
      }
    }
  }

  private static Set<String> channels(SortedMap<PathAddress, PathMeasures> paths) {
    Set<String> channels = new TreeSet<>();
    paths.keySet().forEach(address -> channels.addAll(address.path()));
    return channels;
  }
}
