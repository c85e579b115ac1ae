package dev.tributary.domain.attribution;

import dev.tributary.domain.Money;
import dev.tributary.domain.PersistentSortedMap;
import dev.tributary.domain.Place;
import dev.tributary.domain.attribution.Journey.JourneyTouch;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Posts one event to a customer's journeys. */
final class Posting {

  /** Stands for the touch where there is none, behind all that are. */
  private static final Moment NO_TOUCH = Moment.firstAt(Instant.MAX);

  private final AttributionPolicy policy;
  private final Instant now;
  private final Moment moment;
  private final Consumer<? super AttributionLine> lines;

  private PersistentSortedMap<Moment, Trace> traces;
  private Instant sweptTo;
  private PersistentSortedMap<DocumentKey, Document> documents;
  private PersistentSortedMap<Occasion, Boolean> occasions;
  private PersistentSortedMap<DocumentId, Boolean> cancelled;
  private PersistentSortedMap<ConversionKind, Boolean> converted;
  private PersistentSortedMap<String, Awaiting> open;

  Posting(
      AttributionPolicy policy,
      AttributionState state,
      Place place,
      Consumer<? super AttributionLine> lines) {
    this.policy = policy;
    this.now = place.occurredAt();
    this.moment = new Moment(now, place.eventId());
    this.lines = lines;
    this.traces = PersistentSortedMap.copyOf(state.traces());
    this.sweptTo = state.sweptTo();
    this.documents = PersistentSortedMap.copyOf(state.documents());
    this.occasions = PersistentSortedMap.copyOf(state.occasions());
    this.cancelled = PersistentSortedMap.copyOf(state.cancelled());
    this.converted = PersistentSortedMap.copyOf(state.converted());
    this.open = PersistentSortedMap.copyOf(state.open());
    sweep();
  }

  AttributionState state() {
    return new AttributionState(traces, sweptTo, documents, occasions, cancelled, converted, open);
  }

  void touch(Touch touch) {
    String channel = policy.channelOf(touch);
    if (policy.kindOf(channel) == ChannelKind.EXCLUDED) {
      return;
    }
    Touch counted = touch.through(channel);
    leave(counted);
    for (Goal goal : policy.goals()) {
      boolean isOver = goal.firstOnly() && converted.containsKey(goal.kind());
      if (!isOver && !isConvertedNow(goal)) {
        await(goal, counted);
      }
    }
  }

  void reach(MilestoneReached milestone) {
    leave(milestone);
  }

  void make(ConversionMade made) {
    if (policy.goalsOf(made.id().kind()).isEmpty() || cancelled.containsKey(made.id())) {
      return;
    }
    DocumentKey key = made.key();
    Document known = documents.getOrDefault(key, Document.UNSEEN);
    Document renewed = known.worth(Math.addExact(known.valueMicros(), made.micros()));
    if (!known.isMade()) {
      ConversionKind kind = made.id().kind();
      if (isOver(kind)) {
        documents = documents.without(key);
        return;
      }
      Cycle cycle = converted.containsKey(kind) ? Cycle.REPEAT : Cycle.FIRST;
      renewed = renewed.madeAt(moment, made.on(), cycle);
      converted = converted.with(kind, true);
      occasions = occasions.with(new Occasion(now, key), true);
      policy.goalsOf(kind, cycle).forEach(goal -> take(goal, made.on()));
    }
    change(key, known, renewed, made.on());
  }

  void revalue(ConversionRevalued revalued) {
    DocumentKey key = new DocumentKey(revalued.id(), revalued.value().currency());
    Document known = documents.get(key);
    if (known != null && known.isMade()) {
      change(key, known, known.worth(revalued.value().micros()), revalued.on());
    }
  }

  void reduce(ConversionReduced reduced) {
    if (policy.goalsOf(reduced.id().kind()).isEmpty() || cancelled.containsKey(reduced.id())) {
      return;
    }
    DocumentKey key = new DocumentKey(reduced.id(), reduced.amount().currency());
    Document known = documents.get(key);
    if (known == null) {
      if (isOver(reduced.id().kind())) {
        return;
      }
      known = Document.UNSEEN;
    }
    change(key, known, known.reducedBy(reduced.amount().micros()), reduced.on());
  }

  void cancel(ConversionCancelled cancellation) {
    DocumentId id = cancellation.id();
    if (policy.goalsOf(id.kind()).isEmpty()) {
      return;
    }
    boolean isKnown = false;
    Iterator<Map.Entry<DocumentKey, Document>> of = documents.iteratorFrom(new DocumentKey(id, ""));
    while (of.hasNext()) {
      Map.Entry<DocumentKey, Document> next = of.next();
      if (!next.getKey().id().equals(id)) {
        break;
      }
      isKnown = true;
      change(next.getKey(), next.getValue(), next.getValue().cancel(), cancellation.on());
    }
    if (isKnown || !isOver(id.kind())) {
      cancelled = cancelled.with(id, true);
    }
  }

  /**
   * Whether no goal counts what is to come of a kind: who buys every day is not remembered day by
   * day where only first purchases count.
   */
  private boolean isOver(ConversionKind kind) {
    return converted.containsKey(kind) && policy.goalsOf(kind, Cycle.REPEAT).isEmpty();
  }

  /** Posts what an event about a conversion changes of it. */
  private void change(DocumentKey key, Document known, Document renewed, LocalDate on) {
    documents = documents.with(key, renewed);
    if (renewed.isMade()) {
      for (Goal goal : policy.goalsOf(key.id().kind(), renewed.cycle())) {
        Map<Moment, Part> before = known.isMade() ? parts(goal, key, known) : Map.of();
        tell(goal, key, renewed, before, parts(goal, key, renewed), on, moment.eventId());
      }
    }
  }

  /** Adds a trace, to the journeys of this very instant's conversions too. */
  private void leave(Trace trace) {
    List<Told> toldNow = new ArrayList<>();
    Iterator<Map.Entry<Occasion, Boolean>> from = occasions.iteratorFrom(Occasion.firstAt(now));
    while (from.hasNext()) {
      Occasion occasion = from.next().getKey();
      if (!occasion.at().equals(now)) {
        break;
      }
      DocumentKey key = occasion.key();
      Document document = documents.get(key);
      for (Goal goal : policy.goalsOf(key.id().kind(), document.cycle())) {
        toldNow.add(new Told(goal, key, document, parts(goal, key, document)));
      }
    }
    traces = traces.with(moment, trace);
    for (Told told : toldNow) {
      tell(
          told.goal(),
          told.key(),
          told.document(),
          told.parts(),
          parts(told.goal(), told.key(), told.document()),
          told.document().on(),
          told.document().made().eventId());
    }
  }

  private boolean isConvertedNow(Goal goal) {
    Iterator<Map.Entry<Occasion, Boolean>> from = occasions.iteratorFrom(Occasion.firstAt(now));
    while (from.hasNext()) {
      Occasion occasion = from.next().getKey();
      if (!occasion.at().equals(now)) {
        return false;
      }
      if (occasion.key().id().kind() == goal.kind()
          && goal.counts(documents.get(occasion.key()).cycle())) {
        return true;
      }
    }
    return false;
  }

  /** Counts a touch that no conversion of the goal has reached. */
  private void await(Goal goal, Touch touch) {
    Awaiting awaiting = awaiting(goal);
    if (!awaiting.isUnderWay(now.minus(goal.window()))) {
      awaiting = awaiting.begin(moment, goal.window());
      open = open.with(goal.name(), awaiting);
    }
    lines.accept(unconverted(goal, moment, awaiting.journeyOf(now), touch, dayOf(moment)));
  }

  /**
   * Takes the touches that a conversion reaches out of the journeys that have not converted: as of
   * a day before it, they have not.
   */
  private void take(Goal goal, LocalDate on) {
    Awaiting awaiting = awaiting(goal);
    Instant reach = now.minus(goal.window());
    boolean reachesAll = reach.isAfter(awaiting.since());
    Iterator<Map.Entry<Moment, Trace>> from =
        traces.iteratorFrom(Moment.firstAt(reachesAll ? reach : awaiting.since()));
    while (from.hasNext()) {
      Map.Entry<Moment, Trace> next = from.next();
      Moment touched = next.getKey();
      if (next.getValue() instanceof Touch touch && touched.at().isAfter(awaiting.since())) {
        LocalDate touchedOn = dayOf(touched);
        lines.accept(
            unconverted(
                    goal,
                    touched,
                    awaiting.journeyOf(touched.at()),
                    touch,
                    on.isBefore(touchedOn) ? touchedOn : on)
                .negate());
      }
    }
    open = open.with(goal.name(), Awaiting.after(now));
  }

  private Awaiting awaiting(Goal goal) {
    return open.getOrDefault(goal.name(), Awaiting.EVERYTHING);
  }

  private LocalDate dayOf(Moment touched) {
    return LocalDate.ofInstant(touched.at(), policy.zone());
  }

  /** What each touch has of a conversion, and what is unattributed. */
  private Map<Moment, Part> parts(Goal goal, DocumentKey key, Document document) {
    Instant convertedAt = document.made().at();
    List<Moment> moments = new ArrayList<>();
    List<Touch> touches = new ArrayList<>();
    List<JourneyTouch> seen = new ArrayList<>();
    Map<Milestone, Instant> milestones = new EnumMap<>(Milestone.class);
    Iterator<Map.Entry<Moment, Trace>> from =
        traces.iteratorFrom(Moment.firstAt(convertedAt.minus(goal.window())));
    while (from.hasNext()) {
      Map.Entry<Moment, Trace> next = from.next();
      Instant at = next.getKey().at();
      if (at.isAfter(convertedAt)) {
        break;
      }
      switch (next.getValue()) {
        case Touch touch -> {
          moments.add(next.getKey());
          touches.add(touch);
          seen.add(new JourneyTouch(at, policy.kindOf(touch.channel())));
        }
        case MilestoneReached reached -> milestones.putIfAbsent(reached.milestone(), at);
      }
    }

    Journey journey = new Journey(goal, seen, milestones);
    List<long[]> weights = new ArrayList<>();
    for (Model model : Model.values()) {
      weights.add(model.weights(journey));
    }
    List<Shares> credit =
        Shares.ofCredit(document.isGone() ? 0 : AttributionLine.WHOLE_CREDIT, weights);
    List<Shares> revenue =
        goal.valued()
            ? Shares.ofMoney(new Money(document.netMicros(), key.currency()), weights)
            : null;
    Map<Moment, Part> parts = new LinkedHashMap<>();
    for (int i = 0; i <= touches.size(); i++) {
      boolean isTouch = i < touches.size();
      parts.put(
          isTouch ? moments.get(i) : NO_TOUCH,
          new Part(
              isTouch ? touches.get(i) : null,
              credit.get(i),
              revenue == null ? Shares.NONE : revenue.get(i),
              isTouch ? 1 : 0));
    }
    return parts;
  }

  private void tell(
      Goal goal,
      DocumentKey key,
      Document document,
      Map<Moment, Part> before,
      Map<Moment, Part> after,
      LocalDate effectiveOn,
      String evidenceId) {
    after.forEach(
        (touched, whole) -> {
          Part part = whole.since(before.getOrDefault(touched, Part.NOTHING));
          boolean isTouch = part.touch() != null;
          AttributionLine line =
              new AttributionLine(
                  goal.name(),
                  key.id().documentId(),
                  document.cycle(),
                  document.made().at(),
                  document.on(),
                  null,
                  isTouch ? touched.eventId() : null,
                  isTouch ? touched.at() : null,
                  part.touch(),
                  part.credit(),
                  part.revenue(),
                  key.currency().isEmpty() ? null : key.currency(),
                  part.touches(),
                  effectiveOn,
                  AttributionFold.RULE_ID,
                  evidenceId);
          if (!line.isZero()) {
            lines.accept(line);
          }
        });
  }

  private static AttributionLine unconverted(
      Goal goal, Moment touched, Moment journey, Touch touch, LocalDate effectiveOn) {
    return new AttributionLine(
        goal.name(),
        null,
        null,
        null,
        null,
        journey.eventId(),
        touched.eventId(),
        touched.at(),
        touch,
        Shares.NONE,
        Shares.NONE,
        null,
        1,
        effectiveOn,
        AttributionFold.RULE_ID,
        touched.eventId());
  }

  /** Forgets what no conversion to come can reach, unless one that was does. */
  private void sweep() {
    Instant horizon = now.minus(policy.longestWindow());
    if (horizon.isAfter(sweptTo)) {
      Iterator<Map.Entry<Moment, Trace>> from = traces.iteratorFrom(Moment.firstAt(sweptTo));
      while (from.hasNext()) {
        Moment left = from.next().getKey();
        if (!left.at().isBefore(horizon)) {
          break;
        }
        if (!isReached(left)) {
          traces = traces.without(left);
        }
      }
      sweptTo = horizon;
    }
  }

  private boolean isReached(Moment left) {
    return occasions
        .firstFrom(Occasion.firstAt(left.at()))
        .filter(next -> !next.getKey().at().isAfter(left.at().plus(policy.longestWindow())))
        .isPresent();
  }

  /** What stands of a conversion before a trace of its own instant comes. */
  private record Told(Goal goal, DocumentKey key, Document document, Map<Moment, Part> parts) {}
}
