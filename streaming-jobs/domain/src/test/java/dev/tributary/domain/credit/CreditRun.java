package dev.tributary.domain.credit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.domain.Place;
import dev.tributary.domain.Wake;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** A history folded as the runtime does: each wake at its place, once its day is closed. */
final class CreditRun {

  /** What led to a state: an event, or else a wake. */
  record Stop(Instant moment, CreditState state, int linesBefore, Place event) {}

  private final CreditFold fold;
  private final LocalDate closedThrough;
  private final List<CreditLine> lines = new ArrayList<>();
  private final List<Stop> stops = new ArrayList<>();
  private CreditState state;

  private CreditRun(CreditPolicy policy, LocalDate closedThrough, CreditState state) {
    this.fold = new CreditFold(policy);
    this.closedThrough = closedThrough;
    this.state = state;
  }

  static CreditRun of(
      CreditPolicy policy, SortedMap<Place, CreditEvent> history, LocalDate closedThrough) {
    return from(new CreditFold(policy).start(), policy, history, closedThrough);
  }

  /** The rest of a history, from a state in it. */
  static CreditRun from(
      CreditState state,
      CreditPolicy policy,
      SortedMap<Place, CreditEvent> rest,
      LocalDate closedThrough) {
    CreditRun run = new CreditRun(policy, closedThrough, state);
    for (Map.Entry<Place, CreditEvent> entry : rest.entrySet()) {
      run.wakeBefore(entry.getKey().occurredAt());
      int before = run.lines.size();
      run.state = run.fold.step(run.state, entry.getKey(), entry.getValue(), run.lines::add);
      run.stops.add(new Stop(run.state.moment(), run.state, before, entry.getKey()));
    }
    run.wakeBefore(null);
    return run;
  }

  List<CreditLine> lines() {
    return lines;
  }

  List<Stop> stops() {
    return stops;
  }

  CreditState state() {
    return state;
  }

  private void wakeBefore(Instant occurredAt) {
    Optional<Wake> next = fold.nextWake(state);
    while (next.isPresent()
        && next.get().isInForce(closedThrough)
        && (occurredAt == null || next.get().precedes(occurredAt))) {
      Wake wake = next.get();
      int before = lines.size();
      state = fold.wake(state, wake, lines::add);
      stops.add(new Stop(state.moment(), state, before, null));
      next = fold.nextWake(state);
      assertThat(next.map(Wake::day).filter(day -> !day.isAfter(wake.day())))
          .as("the day that is waited for after %s", wake.day())
          .isEmpty();
    }
  }
}
