package dev.tributary.domain.credit;

import static java.math.BigDecimal.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.domain.ExactSplit;
import dev.tributary.domain.Money;
import dev.tributary.domain.Place;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The boundaries of the rules, then what holds for every history, over seeded random ones. */
public final class CreditChecks {

  /** With which random debtors reach every grade, and are near their limits for a while. */
  private static final CreditPolicy GENEROUS =
      new CreditPolicy(
          CreditScenario.BERLIN,
          List.of(
              new GradeStep("A", 6_000),
              new GradeStep("B", 4_000),
              new GradeStep("C", 2_500),
              new GradeStep("D", 1_500),
              new GradeStep("E", 500),
              new GradeStep("F", 0)),
          3,
          Map.of(
              AssessmentKind.RIVAL_GOODS, 2,
              AssessmentKind.REPAY_ABILITY, 1,
              AssessmentKind.OTHER, 1),
          300,
          5,
          10,
          Map.of("A", new Money(900_000_000, "EUR"), "B", new Money(300_000_000, "USD")),
          "EUR",
          Map.of("USD", 333_333L, "JPY", 6_543L),
          Set.of(1, 4, 9));

  private final String history;
  private final SortedMap<Place, CreditEvent> events;
  private final CreditPolicy policy;
  private final LocalDate closedThrough;
  private final CreditRun run;

  static CreditPolicy policyOf(long seed) {
    return seed % 2 == 0 ? CreditFoldTest.BY_GRADE : GENEROUS;
  }

  private CreditChecks(long seed, int length) {
    this.history = "history of seed " + seed + " and length " + length;
    this.events = RandomCredit.of(seed, length);
    this.policy = policyOf(seed);
    LocalDate last =
        events.isEmpty()
            ? LocalDate.EPOCH
            : LocalDate.ofInstant(events.lastKey().occurredAt(), policy.zone());
    // Closes lag behind every third history, and run ahead of the others, of some by a window.
    this.closedThrough = last.plusDays(seed % 3 == 0 ? -20 : seed % 4 == 1 ? 400 : 40);
    this.run = CreditRun.of(policy, events, closedThrough);
  }

  /** Fails with the story, or with the seed of the history, that does not hold. */
  public static void run() throws Throwable {
    stories();
    for (long seed = 1; seed <= 6; seed++) {
      run(seed, 10);
      run(seed, 30);
    }
  }

  /** The same for one history of about this many events. */
  static void run(long seed, int length) {
    new CreditChecks(seed, length).check();
  }

  private static void stories() throws Throwable {
    List<Method> stories =
        Arrays.stream(CreditFoldTest.class.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Test.class))
            .sorted(Comparator.comparing(Method::getName))
            .toList();
    for (Method story : stories) {
      try {
        story.invoke(new CreditFoldTest());
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }

  private void check() {
    theLedgerIsThatOfTheReference();
    theExposureIsWhatTheEventsSay();
    theGradesStepsChain();
    alertsAreRaisedAndClearedByTurns();
    aRunTakenUpFromAnyStatePostsTheSame();
  }

  private void theLedgerIsThatOfTheReference() {
    assertThat(ReferenceCredit.ledgerOf(run.lines()))
        .as("%s closed through %s: net ledger", history, closedThrough)
        .isEqualTo(ReferenceCredit.ledgerOf(policy, events, closedThrough));
  }

  private void theExposureIsWhatTheEventsSay() {
    Map<String, BigDecimal> said = new TreeMap<>();
    for (CreditEvent event : events.values()) {
      if (event instanceof BalanceMoved moved) {
        said.merge(moved.amount().currency(), ExactSplit.decimal(moved.amount()), BigDecimal::add);
      }
    }
    Map<String, BigDecimal> posted = new TreeMap<>();
    Map<String, BigDecimal> uninvoiced = new TreeMap<>();
    for (CreditLine line : run.lines()) {
      if (line.entry() == CreditEntry.EXPOSURE) {
        BigDecimal amount = BigDecimal.valueOf(line.amountMicros(), 6);
        posted.merge(line.currency(), amount, BigDecimal::add);
        if (line.component().equals("SHIPPED_NOT_INVOICED")) {
          said.merge(line.currency(), amount, BigDecimal::add);
          uninvoiced.merge(line.itemId() + line.currency(), amount, BigDecimal::add);
          assertThat(uninvoiced.get(line.itemId() + line.currency()))
              .as("%s: uninvoiced of %s", history, line.itemId())
              .isNotNegative();
        }
      }
    }
    said.values().removeIf(sum -> sum.signum() == 0);
    posted.values().removeIf(sum -> sum.signum() == 0);
    assertThat(posted)
        .as("%s: the parts add up to the exposure", history)
        .usingComparatorForType(BigDecimal::compareTo, BigDecimal.class)
        .usingRecursiveComparison()
        .isEqualTo(said);
    run.state()
        .totals()
        .forEach(
            (total, micros) ->
                assertThat(BigDecimal.valueOf(micros, 6))
                    .as("%s: %s of the state", history, total)
                    .isEqualByComparingTo(
                        run.lines().stream()
                            .filter(line -> line.entry() == CreditEntry.EXPOSURE)
                            .filter(line -> line.component().equals(total.component().name()))
                            .filter(line -> line.currency().equals(total.currency()))
                            .map(line -> BigDecimal.valueOf(line.amountMicros(), 6))
                            .reduce(ZERO, BigDecimal::add)));
  }

  private void theGradesStepsChain() {
    Map<String, Long> counts = new HashMap<>();
    for (CreditLine line : run.lines()) {
      if (line.entry() == CreditEntry.GRADE) {
        counts.merge(line.grade(), line.count(), Long::sum);
      }
    }
    String grade = run.state().verdict().rating().grade(policy);
    Map<String, Long> expected = new HashMap<>();
    if (!grade.equals(CreditPolicy.UNRATED)) {
      expected.put(CreditPolicy.UNRATED, -1L);
      expected.put(grade, 1L);
    }
    counts.values().removeIf(count -> count == 0);
    assertThat(counts).as("%s: net steps of the grade", history).isEqualTo(expected);
  }

  private void alertsAreRaisedAndClearedByTurns() {
    Map<String, Long> net = new HashMap<>();
    for (CreditLine line : run.lines()) {
      if (line.entry() == CreditEntry.ALERT) {
        String episode = line.alert() + " " + line.component() + " " + line.since();
        net.merge(line.step() + " " + episode, line.count(), Long::sum);
      }
    }
    net.values().removeIf(count -> count == 0);
    assertThat(net.values()).as("%s: steps of alerts", history).allMatch(count -> count == 1);
    Set<String> standing = new HashSet<>();
    net.keySet().stream()
        .filter(step -> step.startsWith("RAISED "))
        .forEach(step -> standing.add(step.substring("RAISED ".length())));
    net.keySet().stream()
        .filter(step -> step.startsWith("CLEARED "))
        .forEach(
            step ->
                assertThat(standing.remove(step.substring("CLEARED ".length())))
                    .as("%s: %s was raised", history, step)
                    .isTrue());
    Set<String> known = new HashSet<>();
    run.state()
        .verdict()
        .alerts()
        .forEach((alert, since) -> known.add(alert.kind() + " " + alert.component() + " " + since));
    assertThat(standing).as("%s: alerts that stand", history).isEqualTo(known);
  }

  private void aRunTakenUpFromAnyStatePostsTheSame() {
    int step = Math.max(1, run.stops().size() / 5);
    for (int i = 0; i < run.stops().size(); i += step) {
      CreditRun.Stop stop = run.stops().get(i);
      SortedMap<Place, CreditEvent> rest = new TreeMap<>(events);
      for (CreditRun.Stop done : run.stops().subList(0, i + 1)) {
        if (done.event() != null) {
          rest.remove(done.event());
        }
      }
      CreditRun again = CreditRun.from(stop.state(), policy, rest, closedThrough);
      int from =
          i + 1 < run.stops().size() ? run.stops().get(i + 1).linesBefore() : run.lines().size();

      assertThat(again.lines())
          .as("%s: taken up at stop %d", history, i)
          .isEqualTo(run.lines().subList(from, run.lines().size()));
      assertThat(again.state()).as(history).isEqualTo(run.state());
    }
  }
}
