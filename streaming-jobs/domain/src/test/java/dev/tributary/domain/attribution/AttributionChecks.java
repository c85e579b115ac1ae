package dev.tributary.domain.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.domain.Place;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The boundaries of the rules, then what holds for every history, over seeded random ones. */
public final class AttributionChecks {

  private final String history;
  private final long seed;
  private final SortedMap<Place, AttributionEvent> events;
  private final AttributionFold fold = new AttributionFold(RandomAttribution.POLICY);
  private final List<AttributionLine> lines = new ArrayList<>();
  private final List<AttributionState> states = new ArrayList<>();
  private final List<Integer> linesBefore = new ArrayList<>();

  private AttributionChecks(long seed, int length) {
    this.history = "history of seed " + seed + " and length " + length;
    this.seed = seed;
    this.events = RandomAttribution.of(seed, length);
  }

  /** Fails with the story, or with the seed of the history, that does not hold. */
  public static void run() throws Throwable {
    stories();
    for (long seed = 1; seed <= 25; seed++) {
      run(seed, 15);
      run(seed, 50);
    }
  }

  /** The same for one history of about this many events. */
  static void run(long seed, int length) {
    new AttributionChecks(seed, length).check();
  }

  private static void stories() throws Throwable {
    List<Method> stories =
        Arrays.stream(AttributionFoldTest.class.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Test.class))
            .sorted(Comparator.comparing(Method::getName))
            .toList();
    for (Method story : stories) {
      try {
        story.invoke(new AttributionFoldTest());
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }

  private void check() {
    walk();
    theLedgerIsThatOfTheReference();
    everyModelSharesOutTheSame();
    thePathsAreThoseOfTheReference();
    nothingIsKeptThatNoWindowReaches();
    aRunTakenUpFromAnyStatePostsTheSame();
  }

  private void walk() {
    AttributionState state = fold.start();
    for (Map.Entry<Place, AttributionEvent> entry : events.entrySet()) {
      states.add(state);
      linesBefore.add(lines.size());
      state = fold.step(state, entry.getKey(), entry.getValue(), lines::add);
    }
    states.add(state);
    Set<String> ids = Set.copyOf(events.keySet().stream().map(Place::eventId).toList());
    assertThat(lines)
        .as("%s: lines", history)
        .allMatch(line -> !line.isZero() && ids.contains(line.evidenceId()));
  }

  private void theLedgerIsThatOfTheReference() {
    assertThat(ReferenceAttribution.ledgerOf(lines))
        .as("%s: net ledger", history)
        .isEqualTo(ReferenceAttribution.ledgerOf(RandomAttribution.POLICY, events));
  }

  private void everyModelSharesOutTheSame() {
    Map<String, long[]> credits = new HashMap<>();
    Map<String, long[]> revenues = new HashMap<>();
    Map<String, Long> credit = new HashMap<>();
    for (AttributionLine line : lines) {
      String conversion =
          ReferenceAttribution.address(line.goal(), line.conversionId(), line.currency());
      String onItsDay = conversion + " " + line.effectiveOn();
      for (Model model : Model.values()) {
        add(credits, onItsDay, model, line.credit().of(model));
        add(revenues, onItsDay, model, line.revenue().of(model));
      }
      credit.merge(conversion, line.credit().of(Model.LINEAR), Long::sum);
    }
    assertThat(credits.values())
        .as("%s: credit of each conversion and day, by model", history)
        .allMatch(byModel -> Arrays.stream(byModel).distinct().count() == 1);
    assertThat(revenues.values())
        .as("%s: revenue of each conversion and day, by model", history)
        .allMatch(byModel -> Arrays.stream(byModel).distinct().count() == 1);
    assertThat(credit.values())
        .as("%s: credit of a conversion", history)
        .allMatch(whole -> whole == 0 || whole == AttributionLine.WHOLE_CREDIT);
  }

  private static void add(Map<String, long[]> sums, String key, Model model, long amount) {
    sums.computeIfAbsent(key, added -> new long[Model.values().length])[
            List.of(Model.values()).indexOf(model)] +=
        amount;
  }

  private void thePathsAreThoseOfTheReference() {
    List<AttributionLine> shuffled = new ArrayList<>(lines);
    Collections.shuffle(shuffled, new Random(seed));
    Map<String, List<Long>> paths = new TreeMap<>();
    Paths.of(shuffled, Touch::channel)
        .forEach(
            (address, journeys) ->
                paths.put(
                    ReferenceAttribution.address(
                        address.goal(), address.month(), address.currency(), address.path()),
                    List.of(journeys.conversions(), journeys.lost(), journeys.valueMicros())));

    assertThat(paths)
        .as("%s: paths", history)
        .isEqualTo(ReferenceAttribution.pathsOf(RandomAttribution.POLICY, events));
  }

  private void nothingIsKeptThatNoWindowReaches() {
    Duration longest = Duration.ofDays(60);
    AttributionState last = states.getLast();
    Instant now = events.lastKey().occurredAt();
    List<Instant> converted = last.occasions().keySet().stream().map(Occasion::at).toList();
    assertThat(last.traces().keySet())
        .as("%s: traces at the end", history)
        .allMatch(
            trace ->
                !trace.at().isBefore(now.minus(longest))
                    || converted.stream()
                        .anyMatch(
                            at ->
                                !at.isBefore(trace.at()) && !at.isAfter(trace.at().plus(longest))));
  }

  private void aRunTakenUpFromAnyStatePostsTheSame() {
    List<Place> places = List.copyOf(events.keySet());
    for (int from = 0; from < places.size(); from += 1 + places.size() / 4) {
      List<AttributionLine> again = new ArrayList<>();
      AttributionState state = states.get(from);
      for (Place place : places.subList(from, places.size())) {
        state = fold.step(state, place, events.get(place), again::add);
      }

      assertThat(again)
          .as("%s: taken up at event %d", history, from)
          .isEqualTo(lines.subList(linesBefore.get(from), lines.size()));
      assertThat(state).as(history).isEqualTo(states.getLast());
    }
  }
}
