package dev.tributary.domain.attribution;

import static java.math.BigDecimal.ONE;
import static java.math.BigDecimal.ZERO;

import dev.tributary.domain.ExactSplit;
import dev.tributary.domain.Place;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rules of attribution once more, by their text and without a state: each goal looks through
 * the whole history for its conversions, and each conversion for its touches.
 */
final class ReferenceAttribution {

  private static final MathContext DIGITS = new MathContext(60);
  private static final BigDecimal LN_2 =
      new BigDecimal("0.693147180559945309417232121458176568075500134360255254120680009493");
  private static final BigDecimal MILLIONTH = ONE.movePointLeft(6);

  private record Seen(Instant at, String id, String channel, Place place) {}

  private record Change(LocalDate on, BigDecimal net, boolean gone) {}

  /** A conversion with what became of it. */
  private record Conversion(DocumentId id, String currency, Place place, boolean first) {}

  private final AttributionPolicy policy;
  private final SortedMap<Place, AttributionEvent> history;
  private final Map<String, BigDecimal> ledger = new TreeMap<>();
  private final Map<String, long[]> paths = new TreeMap<>();

  private ReferenceAttribution(
      AttributionPolicy policy, SortedMap<Place, AttributionEvent> history) {
    this.policy = policy;
    this.history = history;
    policy.goals().forEach(this::tell);
  }

  /** The net amount or count of each address. */
  static Map<String, BigDecimal> ledgerOf(
      AttributionPolicy policy, SortedMap<Place, AttributionEvent> history) {
    return nonZero(new ReferenceAttribution(policy, history).ledger);
  }

  /** Conversions, losses and value in millionths by goal, month, currency and path. */
  static Map<String, List<Long>> pathsOf(
      AttributionPolicy policy, SortedMap<Place, AttributionEvent> history) {
    Map<String, List<Long>> paths = new TreeMap<>();
    new ReferenceAttribution(policy, history)
        .paths.forEach((path, counts) -> paths.put(path, List.of(counts[0], counts[1], counts[2])));
    return paths;
  }

  /** The same of posted lines. */
  static Map<String, BigDecimal> ledgerOf(List<AttributionLine> lines) {
    Map<String, BigDecimal> ledger = new TreeMap<>();
    for (AttributionLine line : lines) {
      String address =
          address(
              line.goal(),
              line.conversionId(),
              line.cycle(),
              line.convertedAt(),
              line.convertedOn(),
              line.conversionId() == null ? null : line.currency(),
              line.journeyId(),
              line.touchId(),
              line.touchedAt(),
              line.touch() == null ? null : line.touch().channel(),
              line.effectiveOn());
      for (Model model : Model.values()) {
        add(ledger, model + " credit of " + address, micros(line.credit().of(model)));
        add(ledger, model + " revenue of " + address, micros(line.revenue().of(model)));
      }
      add(ledger, "touches of " + address, BigDecimal.valueOf(line.touches()));
    }
    return nonZero(ledger);
  }

  private void tell(Goal goal) {
    List<Conversion> conversions = conversionsOf(goal);
    Set<Place> reached = new HashSet<>();
    // Of a conversion that stood before them at their own instant.
    Set<Place> reachedAtOnce = new HashSet<>();
    for (Conversion conversion : conversions) {
      for (Seen touch : touchesOf(goal, conversion)) {
        reached.add(touch.place());
        if (touch.place().compareTo(conversion.place()) > 0) {
          reachedAtOnce.add(touch.place());
        }
      }
      tell(goal, conversion, touchesOf(goal, conversion));
    }
    tellUnconverted(goal, conversions, reached, reachedAtOnce);
  }

  private List<Conversion> conversionsOf(Goal goal) {
    List<Conversion> conversions = new ArrayList<>();
    Set<DocumentId> cancelled = new HashSet<>();
    Set<String> known = new HashSet<>();
    boolean first = true;
    for (Map.Entry<Place, AttributionEvent> entry : history.entrySet()) {
      if (entry.getValue() instanceof ConversionCancelled cancellation) {
        cancelled.add(cancellation.id());
      }
      if (entry.getValue() instanceof ConversionMade made
          && made.id().kind() == goal.kind()
          && !cancelled.contains(made.id())) {
        String currency = made.value() == null ? "" : made.value().currency();
        if (known.add(made.id() + currency)) {
          if (first || !goal.firstOnly()) {
            conversions.add(new Conversion(made.id(), currency, entry.getKey(), first));
          }
          first = false;
        }
      }
    }
    return conversions;
  }

  private List<Seen> touchesOf(Goal goal, Conversion conversion) {
    Instant to = conversion.place().occurredAt();
    Instant from = to.minus(Duration.ofHours(24L * goal.windowDays()));
    return touches().stream()
        .filter(touch -> touch.at().compareTo(from) >= 0 && touch.at().compareTo(to) <= 0)
        .sorted(Comparator.comparing(Seen::at).thenComparing(Seen::id))
        .toList();
  }

  private List<Seen> touches() {
    List<Seen> touches = new ArrayList<>();
    history.forEach(
        (place, event) -> {
          if (event instanceof Touch touch) {
            boolean isKnown =
                touch.channel() != null && policy.channels().containsKey(touch.channel());
            String channel = isKnown ? touch.channel() : policy.defaultChannel();
            if (policy.channels().get(channel) != ChannelKind.EXCLUDED) {
              touches.add(new Seen(place.occurredAt(), place.eventId(), channel, place));
            }
          }
        });
    return touches;
  }

  private void tell(Goal goal, Conversion conversion, List<Seen> touches) {
    List<Change> changes = changesOf(conversion);
    LocalDate convertedOn = changes.getFirst().on();
    for (Model model : Model.values()) {
      List<BigDecimal> weights = weights(model, goal, conversion, touches);
      List<BigDecimal> credit = Collections.nCopies(touches.size() + 1, ZERO);
      List<BigDecimal> revenue = credit;
      for (Change change : changes) {
        List<BigDecimal> newCredit =
            split(change.gone() ? ZERO : ONE, "EUR", List.of(MILLIONTH), weights);
        List<BigDecimal> newRevenue =
            goal.valued()
                ? split(change.net(), conversion.currency(), List.of(), weights)
                : revenue;
        for (int i = 0; i <= touches.size(); i++) {
          Seen touch = i < touches.size() ? touches.get(i) : null;
          String address = address(goal, conversion, convertedOn, touch, change.on());
          add(ledger, model + " credit of " + address, newCredit.get(i).subtract(credit.get(i)));
          add(ledger, model + " revenue of " + address, newRevenue.get(i).subtract(revenue.get(i)));
        }
        credit = newCredit;
        revenue = newRevenue;
      }
    }
    for (Seen touch : touches) {
      add(ledger, "touches of " + address(goal, conversion, convertedOn, touch, convertedOn), ONE);
    }
    boolean gone = changes.getLast().gone();
    if (!gone || !touches.isEmpty()) {
      count(
          goal,
          convertedOn,
          conversion.currency(),
          touches,
          gone,
          goal.valued() ? changes.getLast().net() : ZERO);
    }
  }

  private static String address(
      Goal goal, Conversion conversion, LocalDate convertedOn, Seen touch, LocalDate effectiveOn) {
    return address(
        goal.name(),
        conversion.id().documentId(),
        conversion.first() ? Cycle.FIRST : Cycle.REPEAT,
        conversion.place().occurredAt(),
        convertedOn,
        conversion.currency().isEmpty() ? null : conversion.currency(),
        null,
        touch == null ? null : touch.id(),
        touch == null ? null : touch.at(),
        touch == null ? null : touch.channel(),
        effectiveOn);
  }

  /** What was left of a conversion after each event about it. */
  private List<Change> changesOf(Conversion conversion) {
    List<Change> changes = new ArrayList<>();
    BigDecimal value = ZERO;
    BigDecimal reduced = ZERO;
    boolean cancelled = false;
    for (Map.Entry<Place, AttributionEvent> entry : history.entrySet()) {
      LocalDate on = null;
      switch (entry.getValue()) {
        case ConversionMade made -> {
          String currency = made.value() == null ? "" : made.value().currency();
          if (made.id().equals(conversion.id()) && currency.equals(conversion.currency())) {
            value = value.add(made.value() == null ? ZERO : ExactSplit.decimal(made.value()));
            on = made.on();
          }
        }
        case ConversionRevalued revalued -> {
          if (revalued.id().equals(conversion.id())
              && revalued.value().currency().equals(conversion.currency())
              && entry.getKey().compareTo(conversion.place()) > 0) {
            value = ExactSplit.decimal(revalued.value());
            on = revalued.on();
          }
        }
        case ConversionReduced refund -> {
          if (refund.id().equals(conversion.id())
              && refund.amount().currency().equals(conversion.currency())) {
            reduced = reduced.add(ExactSplit.decimal(refund.amount()));
            on = refund.on();
          }
        }
        case ConversionCancelled cancellation -> {
          if (cancellation.id().equals(conversion.id())) {
            cancelled = true;
            on = cancellation.on();
          }
        }
        case Trace trace -> on = null;
      }
      if (on != null && entry.getKey().compareTo(conversion.place()) >= 0) {
        boolean gone = cancelled || (reduced.signum() > 0 && reduced.compareTo(value) >= 0);
        changes.add(new Change(on, gone ? ZERO : value.subtract(reduced), gone));
      }
    }
    return changes;
  }

  private List<BigDecimal> weights(
      Model model, Goal goal, Conversion conversion, List<Seen> touches) {
    int n = touches.size();
    return switch (model) {
      case FIRST -> only(n, IntStream.range(0, n).min().orElse(-1));
      case LAST -> only(n, IntStream.range(0, n).max().orElse(-1));
      case LAST_NON_DIRECT ->
          only(
              n,
              IntStream.range(0, n)
                  .filter(i -> kind(touches.get(i)) != ChannelKind.DIRECT)
                  .max()
                  .orElse(-1));
      case FIRST_PAID ->
          only(
              n,
              IntStream.range(0, n)
                  .filter(i -> kind(touches.get(i)) == ChannelKind.PAID)
                  .min()
                  .orElse(-1));
      case LAST_PAID ->
          only(
              n,
              IntStream.range(0, n)
                  .filter(i -> kind(touches.get(i)) == ChannelKind.PAID)
                  .max()
                  .orElse(-1));
      case LINEAR -> Collections.nCopies(n, ONE);
      case POSITION -> position(goal, n);
      case TIME_DECAY -> {
        List<BigDecimal> weights = new ArrayList<>();
        for (Seen touch : touches) {
          weights.add(decay(Duration.between(touch.at(), touches.getLast().at()), goal));
        }
        yield weights;
      }
      case W_SHAPE -> wShape(goal, conversion, touches);
    };
  }

  private ChannelKind kind(Seen touch) {
    return policy.channels().get(touch.channel());
  }

  private static List<BigDecimal> only(int size, int winner) {
    return IntStream.range(0, size).mapToObj(i -> i == winner ? ONE : ZERO).toList();
  }

  private static List<BigDecimal> position(Goal goal, int n) {
    if (n <= 2) {
      return Collections.nCopies(n, ONE);
    }
    List<BigDecimal> weights = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int part = i == 0 ? 0 : i == n - 1 ? 2 : 1;
      BigDecimal permille = BigDecimal.valueOf(goal.positionPermille().get(part));
      weights.add(part == 1 ? permille : permille.multiply(BigDecimal.valueOf(n - 2)));
    }
    return weights;
  }

  /** Two to the power of minus the age in half-lives, to forty binary digits. */
  private static BigDecimal decay(Duration age, Goal goal) {
    long halfLife = Duration.ofDays(goal.halfLifeDays()).toNanos();
    int whole = (int) Math.min(41, age.toNanos() / halfLife);
    if (whole == 41) {
      return ZERO;
    }
    BigDecimal x =
        BigDecimal.valueOf(age.toNanos() % halfLife)
            .divide(BigDecimal.valueOf(halfLife), DIGITS)
            .multiply(LN_2, DIGITS)
            .negate();
    BigDecimal power = ONE;
    BigDecimal term = ONE;
    for (int i = 1; i < 45 && x.signum() != 0; i++) {
      term = term.multiply(x, DIGITS).divide(BigDecimal.valueOf(i), DIGITS);
      power = power.add(term, DIGITS);
    }
    return power
        .divide(BigDecimal.valueOf(1L << whole), DIGITS)
        .multiply(BigDecimal.valueOf(1L << 40), DIGITS)
        .setScale(0, RoundingMode.HALF_UP);
  }

  private List<BigDecimal> wShape(Goal goal, Conversion conversion, List<Seen> touches) {
    int n = touches.size();
    if (n == 0) {
      return List.of();
    }
    BigDecimal[] weights = new BigDecimal[n];
    weights[0] = BigDecimal.valueOf(goal.wShapePermille().get(0));
    for (Milestone milestone : Milestone.values()) {
      Instant to = conversion.place().occurredAt();
      Instant from = to.minus(Duration.ofHours(24L * goal.windowDays()));
      Instant reached =
          history.entrySet().stream()
              .filter(entry -> entry.getValue().equals(new MilestoneReached(milestone)))
              .map(entry -> entry.getKey().occurredAt())
              .filter(at -> at.compareTo(from) >= 0 && at.compareTo(to) <= 0)
              .min(Comparator.naturalOrder())
              .orElse(Instant.MIN);
      int led = (int) touches.stream().filter(touch -> touch.at().compareTo(reached) <= 0).count();
      if (led > 0) {
        int part = milestone == Milestone.LEAD ? 1 : 2;
        BigDecimal before = weights[led - 1] == null ? ZERO : weights[led - 1];
        weights[led - 1] = before.add(BigDecimal.valueOf(goal.wShapePermille().get(part)));
      }
    }
    long others = Stream.of(weights).filter(weight -> weight == null).count();
    return Stream.of(weights)
        .map(
            weight ->
                weight == null
                    ? BigDecimal.valueOf(goal.wShapePermille().get(3))
                    : weight.multiply(BigDecimal.valueOf(Math.max(1, others))))
        .toList();
  }

  /** A part for each touch, then what is unattributed. */
  private static List<BigDecimal> split(
      BigDecimal whole, String currency, List<BigDecimal> asFineAs, List<BigDecimal> weights) {
    List<BigDecimal> parts = new ArrayList<>();
    if (weights.stream().noneMatch(weight -> weight.signum() > 0)) {
      parts.addAll(Collections.nCopies(weights.size(), ZERO));
      parts.add(whole);
    } else {
      parts.addAll(ExactSplit.of(whole, currency, weights, asFineAs));
      parts.add(ZERO);
    }
    return parts;
  }

  private void tellUnconverted(
      Goal goal, List<Conversion> conversions, Set<Place> reached, Set<Place> reachedAtOnce) {
    Duration window = Duration.ofHours(24L * goal.windowDays());
    Instant end =
        goal.firstOnly() && !conversions.isEmpty()
            ? conversions.getFirst().place().occurredAt()
            : Instant.MAX;
    Map<Place, List<Seen>> journeys = new TreeMap<>();
    Seen first = null;
    for (Seen touch : touches()) {
      if (reachedAtOnce.contains(touch.place())) {
        continue;
      }
      Seen before = first;
      boolean begins =
          before == null
              || touch.at().isAfter(before.at().plus(window))
              || conversions.stream()
                  .anyMatch(
                      conversion ->
                          conversion.place().compareTo(before.place()) > 0
                              && conversion.place().compareTo(touch.place()) < 0);
      if (begins) {
        first = touch;
      }
      if (touch.at().isAfter(end)) {
        continue;
      }
      LocalDate on = LocalDate.ofInstant(touch.at(), policy.zone());
      add(ledger, "touches of " + addressOpen(goal, first, touch, on), ONE);
      if (reached.contains(touch.place())) {
        LocalDate taken = changesOf(next(conversions, touch)).getFirst().on();
        add(
            ledger,
            "touches of " + addressOpen(goal, first, touch, taken.isBefore(on) ? on : taken),
            ONE.negate());
      } else {
        journeys.computeIfAbsent(first.place(), place -> new ArrayList<>()).add(touch);
      }
    }
    journeys.forEach(
        (begin, touches) -> {
          touches.sort(Comparator.comparing(Seen::at).thenComparing(Seen::id));
          LocalDate last = LocalDate.ofInstant(touches.getLast().at(), policy.zone());
          count(goal, last, "", touches, true, ZERO);
        });
  }

  private static Conversion next(List<Conversion> conversions, Seen touch) {
    return conversions.stream()
        .filter(conversion -> conversion.place().compareTo(touch.place()) > 0)
        .findFirst()
        .orElseThrow();
  }

  private static String addressOpen(Goal goal, Seen begin, Seen touch, LocalDate on) {
    return address(
        goal.name(),
        null,
        null,
        null,
        null,
        null,
        begin.id(),
        touch.id(),
        touch.at(),
        touch.channel(),
        on);
  }

  private void count(
      Goal goal,
      LocalDate on,
      String currency,
      List<Seen> touches,
      boolean lost,
      BigDecimal value) {
    String path =
        address(
            goal.name(),
            on.withDayOfMonth(1),
            currency,
            touches.stream().map(Seen::channel).toList());
    long[] counts = paths.computeIfAbsent(path, key -> new long[3]);
    counts[lost ? 1 : 0]++;
    counts[2] += value.movePointRight(6).longValueExact();
  }

  static String address(Object... parts) {
    return Stream.of(parts)
        .map(part -> part == null ? "-" : part.toString())
        .collect(Collectors.joining(" "));
  }

  private static BigDecimal micros(long micros) {
    return BigDecimal.valueOf(micros, 6);
  }

  private static void add(Map<String, BigDecimal> ledger, String address, BigDecimal amount) {
    ledger.merge(address, amount, BigDecimal::add);
  }

  private static Map<String, BigDecimal> nonZero(Map<String, BigDecimal> ledger) {
    Map<String, BigDecimal> nonZero = new HashMap<>();
    ledger.forEach(
        (address, sum) -> {
          if (sum.signum() != 0) {
            nonZero.put(address, sum.stripTrailingZeros());
          }
        });
    return new TreeMap<>(nonZero);
  }
}
