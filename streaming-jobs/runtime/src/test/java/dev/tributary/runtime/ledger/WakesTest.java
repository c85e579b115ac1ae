package dev.tributary.runtime.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.domain.Wake;
import dev.tributary.runtime.codec.RecordCodec;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Days that pass, in the history of one subject. */
class WakesTest {

  private final Loans loans = new Loans();
  private final SegmentsInMemory memory = new SegmentsInMemory("s");
  private final SortedMap<String, Long> ledger = new TreeMap<>();
  private History<Loans.Event, Loans.Open, Loans.Fee> history = history();

  private History<Loans.Event, Loans.Open, Loans.Fee> history() {
    return new History<>(
        loans,
        RecordCodec.of(Loans.Event.class),
        RecordCodec.of(Loans.Open.class),
        RecordCodec.of(Loans.Fee.class),
        4,
        event -> false);
  }

  private History.Outcome apply(LocalDate closed, List<Change<Loans.Event>> changes)
      throws Exception {
    return history.apply(changes, closed, memory, (fee, sign) -> Loans.add(ledger, fee));
  }

  private static LocalDate march(int day) {
    return Loans.BEGIN.plusDays(day - 1L);
  }

  private static Change<Loans.Event> lent(String loan, String at, int dueOn) {
    return Loans.change(
        "s", Instant.parse(at), "lent " + loan, "", 1, new Loans.Lent(loan, march(dueOn)));
  }

  private static Change<Loans.Event> repaid(String loan, String at) {
    return Loans.change("s", Instant.parse(at), "repaid " + loan, "", 1, new Loans.Repaid(loan));
  }

  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyOrderOfChangesAndClosesComesToWhatTheSimpleWritingSays(int seed) throws Exception {
    Random random = new Random(seed);
    List<Object> sent = new ArrayList<>(Loans.randomChanges("s", 5 + random.nextInt(80), random));
    for (int day = 1; day < 90; day++) {
      if (random.nextInt(4) > 0) {
        sent.add(march(day));
      }
    }
    switch (seed % 3) {
      case 0 -> Collections.shuffle(sent, random);
      case 1 -> shuffleNearby(sent, random);
      default -> {} // a history first, and all its closes then
    }

    List<Change<Loans.Event>> arrived = new ArrayList<>();
    LocalDate closed = null;
    for (int from = 0; from < sent.size(); ) {
      int to = Math.min(sent.size(), from + 1 + random.nextInt(seed % 2 == 0 ? 20 : 3));
      List<Change<Loans.Event>> changes = new ArrayList<>();
      for (Object each : sent.subList(from, to)) {
        if (each instanceof LocalDate day) {
          closed = closed == null || day.isAfter(closed) ? day : closed;
        } else {
          changes.add(change(each));
        }
      }
      arrived.addAll(changes);
      apply(closed, changes);

      assertThat(ledger)
          .as("seed %s, %s of %s, closed through %s", seed, to, sent.size(), closed)
          .isEqualTo(Loans.expected(arrived, closed));
      from = to;
      if (random.nextInt(10) == 0) {
        history = history(); // as after a restart
      }
    }
    assertThat(history.unsettled(memory)).isNull();
  }

  @SuppressWarnings("unchecked") // everything else that is sent is a close
  private static Change<Loans.Event> change(Object sent) {
    return (Change<Loans.Event>) sent;
  }

  /** By day, as a live stream comes: closes and events up to some places late. */
  private static void shuffleNearby(List<Object> sent, Random random) {
    IdentityHashMap<Object, Long> places = new IdentityHashMap<>();
    for (Object each : sent) {
      long at =
          each instanceof LocalDate day
              ? Wake.atEndOf(day, Loans.ZONE).at().getEpochSecond()
              : change(each).place().occurredAt().getEpochSecond();
      places.put(each, at + (random.nextInt(5) == 0 ? random.nextInt(10 * 86_400) : 0));
    }
    sent.sort(Comparator.comparing(places::get));
  }

  @ParameterizedTest(name = "due on the 10th, closed through the {0}th: {1} fees")
  @CsvSource({"9, 0", "10, 1", "11, 1", "16, 1", "17, 2", "24, 3", "31, 3"})
  void aWakeIsInForceFromTheCloseOfItsDay(int closedThrough, int fees) throws Exception {
    apply(march(closedThrough), List.of(lent("a", "2026-03-05T02:00:00Z", 10)));

    assertThat(ledger).hasSize(fees);
  }

  @ParameterizedTest(name = "paid back at {0}: {1} fees")
  @CsvSource({"2026-03-10T15:59:59.999999Z, 0", "2026-03-10T16:00:00Z, 1"})
  void whatHappensAtTheEndOfTheDayFollowsTheWake(String at, int fees) throws Exception {
    apply(march(12), List.of(lent("a", "2026-03-05T02:00:00Z", 10)));
    apply(march(12), List.of(repaid("a", at)));

    assertThat(ledger).hasSize(1 + fees).containsKey("a repaid repaid a " + fees);
  }

  @Test
  void aLatePaymentTakesTheFeesBack() throws Exception {
    apply(null, List.of(lent("a", "2026-03-05T02:00:00Z", 10)));
    apply(march(20), List.of());
    assertThat(ledger).hasSize(2);

    History.Outcome outcome = apply(march(20), List.of(repaid("a", "2026-03-09T00:00:00Z")));

    assertThat(outcome.reversed()).isEqualTo(2);
    assertThat(outcome.waits()).isNull();
    assertThat(ledger).containsOnlyKeys("a repaid repaid a 0");
  }

  @Test
  void aDayThatPassedBeforeItWasAskedForComesRightAway() throws Exception {
    apply(march(20), List.of(lent("a", "2026-03-19T02:00:00Z", 10)));

    assertThat(ledger).containsOnlyKeys("a due 2026-03-10 1", "a due 2026-03-17 2");
  }

  @Test
  void withoutItsLastEventsASubjectStillWaits() throws Exception {
    List<Change<Loans.Event>> events =
        IntStream.range(0, 5)
            .mapToObj(i -> lent("a" + i, "2026-03-0" + (i + 1) + "T02:00:00Z", 10))
            .toList();
    apply(march(9), events);
    assertThat(memory.size()).isEqualTo(2);
    Change<Loans.Event> last = events.getLast();
    History.Outcome outcome =
        apply(
            march(10),
            List.of(
                new Change<>("s", last.place(), last.hash(), -1, last.event()),
                repaid("a0", "2026-03-01T03:00:00Z")));

    assertThat(memory.size()).isEqualTo(2);
    assertThat(outcome.waits()).isEqualTo(march(17));
    assertThat(ledger)
        .containsOnlyKeys(
            "a0 repaid repaid a0 0",
            "a1 due 2026-03-10 1",
            "a2 due 2026-03-10 1",
            "a3 due 2026-03-10 1");
  }

  @Test
  void aLatePaymentPrecedesAWakeThatIsOnceMoreTheLastThing() throws Exception {
    List<Change<Loans.Event>> events =
        IntStream.range(0, 4)
            .mapToObj(i -> lent("a" + i, "2026-03-0" + (i + 1) + "T02:00:00Z", 10))
            .toList();
    Change<Loans.Event> last = repaid("none", "2026-03-12T00:00:00Z");
    apply(march(11), events);
    apply(march(11), List.of(last));
    assertThat(memory.size()).isEqualTo(2);
    apply(march(11), List.of(new Change<>("s", last.place(), last.hash(), -1, last.event())));
    assertThat(memory.size()).isEqualTo(1);

    apply(march(11), List.of(repaid("a0", "2026-03-08T00:00:00Z")));

    assertThat(ledger)
        .containsOnlyKeys(
            "a0 repaid repaid a0 0",
            "a1 due 2026-03-10 1",
            "a2 due 2026-03-10 1",
            "a3 due 2026-03-10 1");
  }

  @Test
  void aWakeBehindTheLastEventCostsOneStep() throws Exception {
    List<Change<Loans.Event>> events = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      Instant at = Instant.parse("2026-03-01T00:00:00Z").plusSeconds(60L * i);
      events.add(
          Loans.change(
              "s",
              at,
              "e" + i,
              "",
              1,
              i < 999 ? new Loans.Repaid("x") : new Loans.Lent("a", march(10))));
    }
    assertThat(apply(march(9), events).waits()).isEqualTo(march(10));
    loans.steps = 0;

    History.Outcome outcome = apply(march(10), List.of());

    assertThat(outcome.posted()).isEqualTo(1);
    assertThat(loans.steps).isEqualTo(1);
    assertThat(apply(march(16), List.of()).posted()).isZero();
    assertThat(loans.steps).isEqualTo(1);
  }

  @Test
  void aFoldThatWaitsAgainForTheSameDayIsStopped() {
    Loans endless =
        new Loans() {
          @Override
          public Open wake(Open open, Wake wake, Consumer<? super Fee> lines) {
            return open;
          }

          @Override
          public Optional<Wake> nextWake(Open open) {
            return Optional.of(Wake.atEndOf(march(3), ZONE));
          }
        };
    History<Loans.Event, Loans.Open, Loans.Fee> stuck =
        new History<>(
            endless,
            RecordCodec.of(Loans.Event.class),
            RecordCodec.of(Loans.Open.class),
            RecordCodec.of(Loans.Fee.class),
            4,
            event -> false);

    assertThatThrownBy(
            () ->
                stuck.apply(
                    List.of(lent("a", "2026-03-05T02:00:00Z", 10)),
                    march(4),
                    memory,
                    (fee, sign) -> {}))
        .hasMessageContaining("waits for 2026-03-03 after it was woken for 2026-03-03");
  }
}
