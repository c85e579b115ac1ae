package dev.tributary.runtime.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.domain.Line;
import dev.tributary.domain.OrderedFold;
import dev.tributary.domain.Place;
import dev.tributary.runtime.codec.RecordCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {

  /** A deposit or a withdrawal; a withdrawal takes no more than there is. */
  record Booking(long amount) {}

  /**
   * @param ballast makes a state heavy, and segments long
   */
  record Balance(long amount, String ballast) {}

  /** What a booking came to, so that a late booking changes every later line it matters to. */
  record Booked(String id, long amount, long measure) implements Line<Booked> {
    @Override
    public Booked negate() {
      return new Booked(id, amount, -measure);
    }

    @Override
    public boolean isZero() {
      return amount == 0;
    }
  }

  private static final class Bank implements OrderedFold<Booking, Balance, Booked> {
    private int steps;
    private String ballast = "";

    @Override
    public String name() {
      return "bank";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public Balance start() {
      return new Balance(0, ballast);
    }

    @Override
    public Balance step(
        Balance balance, Place place, Booking booking, Consumer<? super Booked> lines) {
      steps++;
      long booked = Math.max(-balance.amount(), booking.amount());
      lines.accept(new Booked(place.eventId(), booked, 1));
      return new Balance(balance.amount() + booked, ballast);
    }
  }

  private final Bank bank = new Bank();
  private Predicate<Booking> mayRepeat = booking -> false;
  private History<Booking, Balance, Booked> history = history();
  private final SegmentsInMemory memory = new SegmentsInMemory("subject");
  private final Map<List<Object>, Long> ledger =
      new TreeMap<>(Comparator.comparing(Object::toString));

  private History<Booking, Balance, Booked> history() {
    return new History<>(
        bank,
        RecordCodec.of(Booking.class),
        RecordCodec.of(Balance.class),
        RecordCodec.of(Booked.class),
        4,
        mayRepeat);
  }

  private History.Outcome apply(Change<?>... changes) throws Exception {
    return apply(List.of(changes));
  }

  @SuppressWarnings("unchecked") // all changes here are of bookings
  private History.Outcome apply(List<? extends Change<?>> changes) throws Exception {
    return history.apply((List<Change<Booking>>) changes, memory, this::post);
  }

  private void post(Booked line, int sign) {
    assertThat(line.measure())
        .as("a reversal is the negation of what it takes back")
        .isEqualTo(sign);
    ledger.merge(List.of(line.id(), line.amount()), line.measure(), Long::sum);
    ledger.values().removeIf(count -> count == 0);
  }

  private static Change<Booking> booking(int second, long amount, int sign) {
    String id = "e" + second;
    return new Change<>(
        "subject",
        new Place(Instant.ofEpochSecond(second), 0, 0, id),
        "h" + amount,
        sign,
        new Booking(amount));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyOrderWithWithdrawalsInBetweenPostsWhatTheSortedHistoryPosts(long seed) throws Exception {
    Random random = new Random(seed);
    bank.ballast = "x".repeat(64 * random.nextInt(100));
    List<Change<Booking>> kept = new ArrayList<>();
    List<Change<Booking>> sent = new ArrayList<>();
    for (int second = 0; second < 300; second++) {
      Change<Booking> change = booking(second, random.nextInt(-50, 50), 1);
      sent.add(change);
      if (random.nextInt(5) == 0) {
        sent.add(booking(second, change.event().amount(), -1));
        Change<Booking> corrected = booking(second, change.event().amount() + 100, 1);
        sent.add(corrected);
        kept.add(corrected);
      } else {
        kept.add(change);
      }
    }
    Collections.shuffle(sent, random);

    Set<Change<Booking>> early = new HashSet<>();
    for (int from = 0; from < sent.size(); ) {
      int to = Math.min(sent.size(), from + 1 + random.nextInt(40));
      early.addAll(sent.subList(from, to));
      apply(sent.subList(from, to));
      from = to;
      if (random.nextInt(10) == 0) {
        history = history(); // as after a restart
      }
    }

    assertThat(early).hasSameSizeAs(sent);
    assertThat(history.unsettled(memory)).isNull();
    assertThat(ledger).as("seed %s", seed).isEqualTo(postedInOrder(kept));
  }

  private Map<List<Object>, Long> postedInOrder(List<Change<Booking>> changes) {
    Map<List<Object>, Long> posted = new TreeMap<>(Comparator.comparing(Object::toString));
    Balance balance = bank.start();
    for (Change<Booking> change :
        changes.stream().sorted(Comparator.comparing(Change::place)).toList()) {
      balance =
          bank.step(
              balance,
              change.place(),
              change.event(),
              line -> {
                if (!line.isZero()) {
                  posted.merge(List.of(line.id(), line.amount()), 1L, Long::sum);
                }
              });
    }
    return posted;
  }

  @Test
  void anEventAtTheEndCostsOneStep() throws Exception {
    apply(IntStream.range(0, 1000).mapToObj(second -> booking(second, 1, 1)).toList());
    bank.steps = 0;

    apply(booking(1000, 5, 1));

    assertThat(bank.steps).isEqualTo(1);
  }

  @Test
  void aLateEventStopsWhereTheStateIsAsItWas() throws Exception {
    apply(IntStream.range(0, 1000).mapToObj(second -> booking(2 * second, -1, 1)).toList());
    bank.steps = 0;

    // Withdrawals from an empty account change nothing, so the late one matters to its segment
    // only.
    apply(booking(501, -1, 1));

    assertThat(bank.steps).isLessThan(10);
  }

  @Test
  void aLateEventNearTheEndOfALongSegmentCostsTheWayFromTheWaypointBeforeIt() throws Exception {
    bank.ballast = "x".repeat(64 * 1500);
    apply(IntStream.range(0, 500).mapToObj(second -> booking(2 * second, 1, 1)).toList());
    apply(IntStream.range(500, 1000).mapToObj(second -> booking(2 * second, 1, 1)).toList());
    assertThat(memory.size()).as("long segments").isEqualTo(1);

    bank.steps = 0;
    apply(booking(1991, 5, 1));
    assertThat(bank.steps).as("the fifth from the end").isBetween(5, 5 + 2 * 4 + 4);

    bank.steps = 0;
    apply(booking(1591, 5, 1));
    assertThat(bank.steps).as("the 205th from the end").isBetween(205, 4 * 205);

    history = history();
    bank.steps = 0;
    apply(booking(1993, 5, 1));
    assertThat(bank.steps).as("after a restart: all of the segment").isEqualTo(1003);
    assertThat(ledger).hasSize(1003);
  }

  @Test
  void aWithdrawalBeforeItsAdditionIsUnsettledUntilItComes() throws Exception {
    assertThat(apply(booking(1, 7, -1)).unsettled()).isNotNull();
    assertThat(ledger).isEmpty();

    assertThat(apply(booking(1, 7, 1)).unsettled()).isNull();
    assertThat(ledger).isEmpty();
    assertThat(memory.size()).isZero();
  }

  @Test
  void anEventThatMayRepeatIsFoldedAsOftenAsItWasAdded() throws Exception {
    whereWhatComesInMayRepeat();
    apply(booking(1, 7, 1), booking(1, 7, 1), booking(2, -10, 1));
    assertThat(ledger).isEqualTo(Map.of(List.of("e1", 7L), 2L, List.of("e2", -10L), 1L));

    assertThat(apply(booking(1, 7, 1)).unsettled()).isNull();
    assertThat(ledger).isEqualTo(Map.of(List.of("e1", 7L), 3L, List.of("e2", -10L), 1L));

    apply(booking(1, 7, -1), booking(1, 7, -1));
    assertThat(ledger).isEqualTo(Map.of(List.of("e1", 7L), 1L, List.of("e2", -7L), 1L));
    assertThat(history.unsettled(memory)).isNull();

    apply(booking(1, 7, -1));
    assertThat(ledger).isEmpty();
    assertThat(apply(booking(2, -10, -1)).unsettled()).isNull();
    assertThat(memory.size()).isZero();
  }

  @Test
  void anEventThatMayRepeatIsUnsettledWhenTakenBackMoreOftenThanAdded() throws Exception {
    whereWhatComesInMayRepeat();
    apply(booking(1, 7, 1));

    assertThat(apply(booking(1, 7, -1), booking(1, 7, -1)).unsettled()).isNotNull();
    assertThat(history.unsettled(memory)).isNotNull();
    assertThat(ledger).isEmpty();
  }

  @Test
  void besideEventsThatMayRepeatOthersMayNot() throws Exception {
    whereWhatComesInMayRepeat();
    apply(booking(1, 7, 1), booking(1, 7, 1), booking(2, -3, 1));

    assertThat(apply(booking(2, -3, 1)).unsettled()).isNotNull();
    assertThat(ledger).isEqualTo(Map.of(List.of("e1", 7L), 2L, List.of("e2", -3L), 1L));
  }

  private void whereWhatComesInMayRepeat() {
    mayRepeat = booking -> booking.amount() > 0;
    history = history();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void repeatedEventsInAnyOrderPostWhatTheSortedHistoryPosts(long seed) throws Exception {
    Random random = new Random(seed);
    whereWhatComesInMayRepeat();
    List<Change<Booking>> kept = new ArrayList<>();
    List<Change<Booking>> sent = new ArrayList<>();
    for (int second = 0; second < 150; second++) {
      Change<Booking> change = booking(second, random.nextInt(-50, 50), 1);
      int times = change.event().amount() > 0 ? random.nextInt(4) : 1;
      kept.addAll(Collections.nCopies(times, change));
      int withdrawn = random.nextInt(3);
      sent.addAll(Collections.nCopies(times + withdrawn, change));
      sent.addAll(Collections.nCopies(withdrawn, booking(second, change.event().amount(), -1)));
    }
    Collections.shuffle(sent, random);

    for (int from = 0; from < sent.size(); ) {
      int to = Math.min(sent.size(), from + 1 + random.nextInt(40));
      apply(sent.subList(from, to));
      from = to;
    }

    assertThat(history.unsettled(memory)).isNull();
    assertThat(ledger).as("seed %s", seed).isEqualTo(postedInOrder(kept));
  }

  @Test
  void anEventAddedTwiceIsUnsettledAndCountsOnce() throws Exception {
    apply(booking(1, 7, 1));

    assertThat(apply(booking(1, 7, 1)).unsettled()).isNotNull();
    assertThat(ledger).isEqualTo(Map.of(List.of("e1", 7L), 1L));
  }
}
