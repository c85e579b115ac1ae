package dev.tributary.domain.attribution;

import dev.tributary.domain.ExactSplit;
import dev.tributary.domain.Money;
import dev.tributary.domain.Place;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * The story of one customer, told in any order. A moment is an instant, or a day, which means noon.
 * Touches are named by their events.
 */
final class AttributionScenario {

  /** The example of the rule: four days, a half-life of one. */
  static final Goal CONTRACTS =
      new Goal(
          "contract",
          ConversionKind.CONTRACT,
          false,
          true,
          4,
          List.of(400, 200, 400),
          1,
          List.of(300, 300, 300, 100));

  static final Goal FIRST_SALE =
      new Goal(
          "first sale",
          ConversionKind.SALE,
          true,
          true,
          10,
          List.of(300, 0, 700),
          3,
          List.of(250, 250, 250, 250));

  static final Goal REGISTRATIONS =
      new Goal(
          "registration",
          ConversionKind.REGISTRATION,
          false,
          false,
          30,
          List.of(0, 1_000, 0),
          7,
          List.of(1_000, 0, 0, 0));

  static final Map<String, ChannelKind> CHANNELS =
      Map.of(
          "search", ChannelKind.PAID,
          "outdoor", ChannelKind.PAID,
          "referral", ChannelKind.FREE,
          "social", ChannelKind.FREE,
          "direct", ChannelKind.DIRECT,
          "internal", ChannelKind.EXCLUDED,
          "other", ChannelKind.FREE);

  static final AttributionPolicy POLICY =
      new AttributionPolicy(
          ZoneId.of("Asia/Shanghai"),
          List.of(CONTRACTS, FIRST_SALE, REGISTRATIONS),
          CHANNELS,
          "other");

  private final AttributionPolicy policy;
  private final SortedMap<Place, AttributionEvent> history = new TreeMap<>();

  AttributionScenario() {
    this(POLICY);
  }

  AttributionScenario(AttributionPolicy policy) {
    this.policy = policy;
  }

  AttributionScenario touched(String eventId, String when, String channel) {
    return happened(
        when,
        38,
        eventId,
        new Touch(TouchKind.ONLINE_SESSION, channel, null, null, null, null, null));
  }

  AttributionScenario reached(Milestone milestone, String when) {
    return happened(when, 41, milestone.name(), new MilestoneReached(milestone));
  }

  AttributionScenario made(ConversionKind kind, String documentId, String when, String value) {
    Money money = value == null ? null : ExactSplit.money(value);
    return happened(
        when,
        kind == ConversionKind.SALE ? 30 : 45,
        documentId + " of " + when + " " + value,
        new ConversionMade(new DocumentId(kind, documentId), dayOf(when), money));
  }

  AttributionScenario signed(String documentId, String when, String value) {
    return made(ConversionKind.CONTRACT, documentId, when, value);
  }

  AttributionScenario revalued(String documentId, String when, String value) {
    return happened(
        when,
        46,
        "change of " + documentId,
        new ConversionRevalued(id(documentId), dayOf(when), ExactSplit.money(value)));
  }

  AttributionScenario refunded(String documentId, String when, String amount) {
    return refunded(ConversionKind.CONTRACT, documentId, when, amount);
  }

  AttributionScenario refunded(ConversionKind kind, String documentId, String when, String amount) {
    return happened(
        when,
        50,
        "refund of " + documentId + " " + amount,
        new ConversionReduced(
            new DocumentId(kind, documentId), dayOf(when), ExactSplit.money(amount)));
  }

  AttributionScenario cancelled(String documentId, String when) {
    return cancelled(ConversionKind.CONTRACT, documentId, when);
  }

  AttributionScenario cancelled(ConversionKind kind, String documentId, String when) {
    return happened(
        when,
        53,
        "end of " + documentId,
        new ConversionCancelled(new DocumentId(kind, documentId), dayOf(when)));
  }

  /** What each touch has of a contract's credit, in the order of touches; "-" has the rest. */
  String credit(String documentId, Model model) {
    return sums("contract", documentId, line -> true, line -> line.credit().of(model));
  }

  /** The same of its revenue. */
  String revenue(String documentId, Model model) {
    return revenue(documentId, model, line -> true);
  }

  /** The same of the lines of a day. */
  String revenueOn(String day, String documentId, Model model) {
    return revenue(documentId, model, line -> line.effectiveOn().equals(LocalDate.parse(day)));
  }

  String revenueOf(String goal, String documentId, Model model) {
    return sums(goal, documentId, line -> true, line -> line.revenue().of(model));
  }

  String creditOf(String goal, String documentId, Model model) {
    return sums(goal, documentId, line -> true, line -> line.credit().of(model));
  }

  private String revenue(String documentId, Model model, Predicate<AttributionLine> which) {
    return sums("contract", documentId, which, line -> line.revenue().of(model));
  }

  /** Touches that no conversion of a goal has reached, each with the first of its journey. */
  String unconverted(String goal) {
    return unconvertedAsOf("9999-12-31", goal);
  }

  /** The same, as far as it counts up to a day. */
  String unconvertedAsOf(String day, String goal) {
    Map<String, Long> sums = new TreeMap<>();
    for (AttributionLine line : lines()) {
      if (line.goal().equals(goal)
          && line.conversionId() == null
          && !line.effectiveOn().isAfter(LocalDate.parse(day))) {
        sums.merge(line.journeyId() + ">" + line.touchId(), line.touches(), Long::sum);
      }
    }
    return sums.entrySet().stream()
        .filter(entry -> entry.getValue() != 0)
        .map(entry -> entry.getKey() + (entry.getValue() == 1 ? "" : "*" + entry.getValue()))
        .collect(Collectors.joining(" "));
  }

  List<AttributionLine> lines() {
    List<AttributionLine> lines = new ArrayList<>();
    state(lines);
    return lines;
  }

  AttributionState state() {
    return state(new ArrayList<>());
  }

  private AttributionState state(List<AttributionLine> lines) {
    AttributionFold fold = new AttributionFold(policy);
    AttributionState state = fold.start();
    for (Map.Entry<Place, AttributionEvent> entry : history.entrySet()) {
      state = fold.step(state, entry.getKey(), entry.getValue(), lines::add);
    }
    return state;
  }

  private String sums(
      String goal,
      String documentId,
      Predicate<AttributionLine> which,
      ToLongFunction<AttributionLine> measure) {
    SortedMap<Moment, Long> sums = new TreeMap<>();
    for (AttributionLine line : lines()) {
      if (line.goal().equals(goal) && documentId.equals(line.conversionId()) && which.test(line)) {
        Moment touched =
            line.touchId() == null
                ? new Moment(Instant.MAX, "-")
                : new Moment(line.touchedAt(), line.touchId());
        sums.merge(touched, measure.applyAsLong(line), Long::sum);
      }
    }
    return sums.entrySet().stream()
        .filter(entry -> !entry.getKey().eventId().equals("-") || entry.getValue() != 0)
        .map(entry -> entry.getKey().eventId() + "=" + decimal(entry.getValue()))
        .collect(Collectors.joining(" "));
  }

  private static String decimal(long micros) {
    return BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString();
  }

  private static DocumentId id(String documentId) {
    return new DocumentId(ConversionKind.CONTRACT, documentId);
  }

  private AttributionScenario happened(
      String when, int typeRank, String eventId, AttributionEvent event) {
    history.put(new Place(instantOf(when), typeRank, 0, eventId), event);
    return this;
  }

  private static Instant instantOf(String when) {
    return when.contains("T")
        ? Instant.parse(when)
        : LocalDate.parse(when).atTime(12, 0).toInstant(ZoneOffset.UTC);
  }

  private static LocalDate dayOf(String when) {
    return LocalDate.ofInstant(instantOf(when), ZoneOffset.UTC);
  }
}
