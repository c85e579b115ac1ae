package dev.tributary.runtime.ledger;

import dev.tributary.domain.Line;
import dev.tributary.domain.Place;
import dev.tributary.domain.Wake;
import dev.tributary.domain.WakingFold;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Loans that cost a fee when they are not paid back by the end of their day, and again every week,
 * three times at most. Paying back says what it cost, so that what follows a wake depends on it.
 */
class Loans implements WakingFold<Loans.Event, Loans.Open, Loans.Fee> {

  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  static final LocalDate BEGIN = LocalDate.of(2026, 3, 1);

  sealed interface Event {}

  record Lent(String loan, LocalDate dueOn) implements Event {}

  record Repaid(String loan) implements Event {}

  record Loan(LocalDate dueOn, int fees) {}

  record Open(SortedMap<String, Loan> loans) {}

  /** A fee, or with {@code "repaid"} how many there were. */
  record Fee(String loan, String what, long fees, long measure) implements Line<Fee> {
    @Override
    public Fee negate() {
      return new Fee(loan, what, fees, -measure);
    }

    @Override
    public boolean isZero() {
      return measure == 0;
    }
  }

  int steps;

  @Override
  public String name() {
    return "loans";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Open start() {
    return new Open(new TreeMap<>());
  }

  @Override
  public Open step(Open open, Place place, Event event, Consumer<? super Fee> lines) {
    steps++;
    SortedMap<String, Loan> loans = new TreeMap<>(open.loans());
    switch (event) {
      case Lent lent -> loans.put(lent.loan(), new Loan(lent.dueOn(), 0));
      case Repaid repaid -> {
        Loan loan = loans.remove(repaid.loan());
        lines.accept(
            new Fee(
                repaid.loan(), "repaid " + place.eventId(), loan == null ? -1 : loan.fees(), 1));
      }
    }
    return new Open(loans);
  }

  @Override
  public Optional<Wake> nextWake(Open open) {
    return open.loans().values().stream()
        .map(Loan::dueOn)
        .min(Comparator.naturalOrder())
        .map(day -> Wake.atEndOf(day, ZONE));
  }

  @Override
  public Open wake(Open open, Wake wake, Consumer<? super Fee> lines) {
    steps++;
    SortedMap<String, Loan> loans = new TreeMap<>();
    open.loans()
        .forEach(
            (id, loan) -> {
              if (loan.dueOn().isAfter(wake.day())) {
                loans.put(id, loan);
              } else {
                lines.accept(new Fee(id, "due " + wake.day(), loan.fees() + 1, 1));
                if (loan.fees() < 2) {
                  loans.put(id, new Loan(wake.day().plusDays(7), loan.fees() + 1));
                }
              }
            });
    return new Open(loans);
  }

  /** A change in the books of a subject. */
  static Change<Event> change(
      String subject, Instant occurredAt, String id, String hash, int sign, Event event) {
    return new Change<>(subject, new Place(occurredAt, 0, 0, id), hash, sign, event);
  }

  /** Changes of a subject in the order they happened, some corrected later. */
  static List<Change<Event>> randomChanges(String subject, int events, Random random) {
    List<Change<Event>> changes = new ArrayList<>();
    // Long names make heavy states, and these long segments.
    String name = "loan".repeat(random.nextBoolean() ? 1 : 60);
    for (int i = 0; i < events; i++) {
      Instant at = BEGIN.plusDays(random.nextInt(60)).atStartOfDay(ZONE).toInstant();
      if (random.nextInt(3) > 0) {
        at = at.plusSeconds(random.nextInt(86_400));
      }

      String id = "e" + i;
      changes.add(change(subject, at, id, "a", 1, randomEvent(at, name, random)));
      if (random.nextInt(5) == 0) {
        Change<Event> wrong = changes.getLast();
        changes.add(change(subject, at, id, "a", -1, wrong.event()));
        changes.add(change(subject, at, id, "b", 1, randomEvent(at, name, random)));
      }
    }
    return changes;
  }

  private static Event randomEvent(Instant at, String name, Random random) {
    String loan = name + random.nextInt(6);
    return random.nextInt(3) == 0
        ? new Repaid(loan)
        : new Lent(loan, LocalDate.ofInstant(at, ZONE).plusDays(random.nextInt(-5, 20)));
  }

  /** Something that happens in the simple writing: an event, or the end of a day. */
  private record Moment(Instant at, Change<Event> change) {}

  /**
   * What the settled changes come to, written the simple way: every day that has passed ends, at
   * its instant, whether anybody waits for it or not.
   */
  static SortedMap<String, Long> expected(
      Collection<Change<Event>> changes, LocalDate closedThrough) {
    Map<List<Object>, Integer> counts = new java.util.HashMap<>();
    changes.forEach(
        change ->
            counts.merge(List.of(change.place(), change.hash()), change.sign(), Integer::sum));
    Stream<Moment> happened =
        changes.stream()
            .filter(change -> change.sign() > 0)
            .filter(change -> counts.get(List.of(change.place(), change.hash())) > 0)
            .sorted(
                Comparator.comparing((Change<Event> c) -> c.place()).thenComparing(Change::hash))
            .map(change -> new Moment(change.place().occurredAt(), change));
    Stream<Moment> passed =
        closedThrough == null
            ? Stream.empty()
            : BEGIN
                .minusDays(30)
                .datesUntil(closedThrough.plusDays(1))
                .map(day -> new Moment(Wake.atEndOf(day, ZONE).at(), null));

    Loans loans = new Loans();
    SortedMap<String, Long> ledger = new TreeMap<>();
    Consumer<Fee> post = fee -> add(ledger, fee);
    Open[] state = {loans.start()};
    Stream.concat(passed, happened)
        .sorted(Comparator.comparing(Moment::at))
        .forEachOrdered(
            moment -> {
              if (moment.change() != null) {
                state[0] =
                    loans.step(state[0], moment.change().place(), moment.change().event(), post);
              }

              Optional<Wake> next = loans.nextWake(state[0]);
              while (next.isPresent()
                  && closedThrough != null
                  && next.get().day().compareTo(closedThrough) <= 0
                  && next.get().at().compareTo(moment.at()) <= 0) {
                state[0] = loans.wake(state[0], next.get(), post);
                next = loans.nextWake(state[0]);
              }
            });
    return ledger;
  }

  static void add(SortedMap<String, Long> ledger, Fee fee) {
    ledger.merge(fee.loan() + " " + fee.what() + " " + fee.fees(), fee.measure(), Long::sum);
    ledger.values().removeIf(sum -> sum == 0);
  }
}
