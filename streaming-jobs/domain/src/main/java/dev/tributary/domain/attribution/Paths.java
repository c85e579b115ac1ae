package dev.tributary.domain.attribution;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The journeys that a customer's lines tell of, by path. Paths of several customers, or of parts of
 * a company, are added up.
 */
public final class Paths {

  private Paths() {}

  /**
   * Counts journeys.
   *
   * @param lines all lines of one customer, reversals among them or not, in any order
   * @param label what a touch is called in a path, such as its channel
   */
  public static SortedMap<PathAddress, PathMeasures> of(
      Collection<AttributionLine> lines, Function<Touch, String> label) {
    Map<Key, Told> journeys = new HashMap<>();
    for (AttributionLine line : lines) {
      journeys.computeIfAbsent(Key.of(line), key -> new Told()).add(line);
    }
    SortedMap<PathAddress, PathMeasures> paths = new TreeMap<>();
    journeys.forEach((key, told) -> told.count(key, label, paths));
    return paths;
  }

  private record Key(String goal, String conversionId, String currency, String journeyId) {

    static Key of(AttributionLine line) {
      return new Key(line.goal(), line.conversionId(), line.currency(), line.journeyId());
    }
  }

  /** What the lines of one journey come to. */
  private static final class Told {
    private final SortedMap<Moment, Touch> touched = new TreeMap<>();
    private final Map<Moment, Long> touches = new HashMap<>();
    private LocalDate convertedOn;
    private final Map<Moment, LocalDate> touchedOn = new HashMap<>();
    private long credit;
    private long revenue;

    // Every model's parts add up to the same; the first stands for all.
    void add(AttributionLine line) {
      credit += line.credit().of(Model.FIRST);
      revenue = Math.addExact(revenue, line.revenue().of(Model.FIRST));
      if (line.conversionId() != null) {
        convertedOn = line.convertedOn();
      }
      if (line.touch() != null) {
        Moment moment = new Moment(line.touchedAt(), line.touchId());
        touched.put(moment, line.touch());
        // A conversion takes an open touch back on a later day.
        touchedOn.merge(
            moment, line.effectiveOn(), (one, other) -> one.isBefore(other) ? one : other);
        touches.merge(moment, line.touches(), Long::sum);
      }
    }

    void count(Key key, Function<Touch, String> label, SortedMap<PathAddress, PathMeasures> paths) {
      touched.keySet().removeIf(moment -> touches.get(moment) == 0);
      boolean converted = credit != 0;
      if (!converted && touched.isEmpty()) {
        return;
      }
      LocalDate day = key.conversionId() == null ? touchedOn.get(touched.lastKey()) : convertedOn;
      PathAddress address =
          new PathAddress(
              key.goal(),
              day.withDayOfMonth(1),
              key.currency() == null ? "" : key.currency(),
              touched.values().stream().map(label).toList());
      paths.merge(
          address,
          new PathMeasures(converted ? 1 : 0, converted ? 0 : 1, revenue),
          PathMeasures::plus);
    }
  }
}
