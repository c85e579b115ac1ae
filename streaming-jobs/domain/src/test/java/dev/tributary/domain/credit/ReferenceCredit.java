package dev.tributary.domain.credit;

import static java.math.BigDecimal.ZERO;

import dev.tributary.domain.ExactSplit;
import dev.tributary.domain.Money;
import dev.tributary.domain.Place;
import dev.tributary.domain.receivables.Entry;
import dev.tributary.domain.receivables.LedgerAccount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules of credit once more, without a state: at each event's instant and at the end of each
 * closed day all is told anew from the history so far, and the ledger is the sum of what changed.
 */
final class ReferenceCredit {

  private static final Set<Entry> PAYS =
      Set.of(Entry.PAYMENT, Entry.APPLICATION, Entry.RELEASE, Entry.REVERSAL);

  private final CreditPolicy policy;
  private final SortedMap<Place, CreditEvent> history;
  private final LocalDate closedThrough;
  private final Map<String, BigDecimal> ledger = new TreeMap<>();
  private final SortedMap<String, SortedMap<Place, Held>> heldByWhat = new TreeMap<>();
  private final IdentityHashMap<BalanceMoved, String> items = new IdentityHashMap<>();
  private final Map<Instant, LocalDate> days = new HashMap<>();

  private final Map<Instant, List<CreditEvent>> knownAt = new LatestOnly<>();
  private final Map<Integer, Map<String, BigDecimal>> openOf = new LatestOnly<>();
  private final Map<Integer, Bills> billsOf = new LatestOnly<>();
  private boolean tellsReviews = true;

  // What was told last.
  private final Map<String, BigDecimal> told = new HashMap<>();
  private final Map<String, BigDecimal[]> collections = new TreeMap<>();
  private int rung = -1;
  private boolean arrears;
  private Set<AssessmentKind> findings = Set.of();
  private Map<String, String> limits = Map.of();
  private Map<String, Instant> alerts = new TreeMap<>();
  private LocalDate reviewDue;
  private boolean reviewDone;

  private ReferenceCredit(
      CreditPolicy policy, SortedMap<Place, CreditEvent> history, LocalDate closedThrough) {
    this.policy = policy;
    this.history = history;
    this.closedThrough = closedThrough;
    history.forEach(
        (place, event) -> {
          String what = what(event);
          if (what != null) {
            heldByWhat
                .computeIfAbsent(what, key -> new TreeMap<>())
                .put(place, heldBy(event, dayOf(place.occurredAt())));
          }
        });
  }

  /** The net amount or count of each address. */
  static Map<String, BigDecimal> ledgerOf(
      CreditPolicy policy, SortedMap<Place, CreditEvent> history, LocalDate closedThrough) {
    ReferenceCredit reference = new ReferenceCredit(policy, history, closedThrough);
    reference.tell();
    reference.ledger.values().removeIf(sum -> sum.signum() == 0);
    reference.ledger.replaceAll((address, sum) -> sum.stripTrailingZeros());
    return reference.ledger;
  }

  /** The same of posted lines. */
  static Map<String, BigDecimal> ledgerOf(List<CreditLine> lines) {
    Map<String, BigDecimal> ledger = new TreeMap<>();
    for (CreditLine line : lines) {
      boolean judged =
          Set.of(CreditEntry.GRADE, CreditEntry.LIMIT, CreditEntry.ALERT, CreditEntry.REVIEW)
              .contains(line.entry());
      String address =
          address(
              line.entry(),
              line.component(),
              line.itemId(),
              line.grade(),
              line.alert(),
              line.step(),
              line.since(),
              line.dueOn(),
              line.currency(),
              judged ? line.effectiveOn() : null);
      ledger.merge(address, BigDecimal.valueOf(line.amountMicros(), 6), BigDecimal::add);
      ledger.merge("count of " + address, BigDecimal.valueOf(line.count()), BigDecimal::add);
    }
    ledger.values().removeIf(sum -> sum.signum() == 0);
    ledger.replaceAll((address, sum) -> sum.stripTrailingZeros());
    return ledger;
  }

  private static String address(Object... parts) {
    return Stream.of(parts)
        .map(part -> part == null ? "-" : part.toString())
        .collect(Collectors.joining(" "));
  }

  private void tell() {
    if (history.isEmpty()) {
      return;
    }
    TreeSet<Instant> moments = new TreeSet<>();
    history.keySet().forEach(place -> moments.add(place.occurredAt()));
    LocalDate first = dayOf(moments.first());
    for (LocalDate day = first; !day.isAfter(closedThrough); day = day.plusDays(1)) {
      moments.add(endOf(day));
    }
    for (Instant moment : moments) {
      boolean dayEnds = moment.equals(endOf(dayOf(moment).minusDays(1)));
      if (dayEnds && !dayOf(moment).minusDays(1).isAfter(closedThrough)) {
        // First what the day brings, then what happens at its very end.
        LocalDate today = dayOf(moment);
        if (today.getDayOfMonth() == 1
            && policy.reviewMonths().contains(today.getMonthValue())
            && history.firstKey().occurredAt().isBefore(moment)
            && tellsReviews
            && hasCreditAtDayEnd(moment)) {
          reviewDue = today;
          reviewDone = false;
          review("DUE", today);
        }
      }
      history.forEach(
          (place, event) -> {
            if (place.occurredAt().equals(moment)) {
              tellEvent(place, event);
            }
          });
      tellMoment(moment);
    }
  }

  // Events that say something by themselves

  private void tellEvent(Place place, CreditEvent event) {
    if (event instanceof GoodsShipped shipped) {
      LocalDate oldest = null;
      for (Map.Entry<String, BigDecimal> open : openBefore(place).entrySet()) {
        LocalDate due = LocalDate.parse(open.getKey().substring(0, 10));
        if (open.getValue().signum() > 0 && (oldest == null || due.isBefore(oldest))) {
          oldest = due;
        }
      }
      if (oldest != null
          && oldest.until(shipped.shippedOn(), ChronoUnit.DAYS) > policy.leverageDays()) {
        Money amount = shipped.amount();
        String address =
            address(
                "LEVERAGE",
                null,
                shipped.shipmentId(),
                null,
                null,
                null,
                null,
                null,
                amount.currency(),
                null);
        add(address, ExactSplit.decimal(amount));
        add("count of " + address, BigDecimal.ONE);
      }
    }
    if (event instanceof CustomerReviewed review && reviewDue != null && !reviewDone) {
      LocalDate next = reviewDue.plusMonths(1);
      while (!policy.reviewMonths().contains(next.getMonthValue())) {
        next = next.plusMonths(1);
      }
      LocalDate on = review.reviewedOn();
      if (on.compareTo(reviewDue) >= 0 && on.compareTo(next) < 0) {
        reviewDone = true;
        review("DONE", on);
      }
    }
  }

  private void review(String step, LocalDate on) {
    String month = reviewDue.toString().substring(0, 7);
    LocalDate last = reviewDue.withDayOfMonth(reviewDue.lengthOfMonth());
    add(
        "count of " + address("REVIEW", month, null, null, null, step, null, last, null, on),
        BigDecimal.ONE);
  }

  // What is so at a moment

  private void tellMoment(Instant moment) {
    List<CreditEvent> known = upTo(moment);
    LocalDate passed = passedAt(moment);
    Map<String, BigDecimal> now = new TreeMap<>();
    exposures(moment, known, passed, now);
    collaterals(moment, now);
    now.forEach((address, sum) -> add(address, sum.subtract(told.getOrDefault(address, ZERO))));
    told.forEach(
        (address, sum) -> {
          if (!now.containsKey(address)) {
            add(address, sum.negate());
          }
        });
    told.clear();
    told.putAll(now);
    collections(moment, passed);
    tellVerdict(moment, now, passed);
  }

  private void tellVerdict(Instant moment, Map<String, BigDecimal> now, LocalDate passed) {
    LocalDate today = dayOf(moment);
    // Grade
    BigDecimal fell = ZERO;
    BigDecimal paid = ZERO;
    for (Map.Entry<String, BigDecimal[]> item : collections.entrySet()) {
      String[] words = item.getKey().split(" ", -1);
      if (!left(LocalDate.parse(words[0]), passed) && rate(words[2]) != null) {
        fell = fell.add(item.getValue()[0].multiply(rate(words[2])));
        paid = paid.add(item.getValue()[1].multiply(rate(words[2])));
      }
    }
    int newRung = -1;
    if (fell.signum() > 0) {
      for (int i = policy.ladder().size() - 1; i >= 0; i--) {
        BigDecimal least = BigDecimal.valueOf(policy.ladder().get(i).leastRate(), 4);
        newRung = paid.compareTo(fell.multiply(least)) >= 0 ? i : newRung;
      }
    }
    boolean newArrears = false;
    boolean old = false;
    for (Map.Entry<String, BigDecimal> open : openAt(moment).entrySet()) {
      LocalDate due = LocalDate.parse(open.getKey().substring(0, 10));
      if (open.getValue().signum() > 0) {
        newArrears |= due.compareTo(passed) <= 0;
        old |= due.plusDays(policy.overdueAlertDays()).compareTo(passed) <= 0;
      }
    }
    Set<AssessmentKind> newFindings = new TreeSet<>();
    for (AssessmentKind kind : AssessmentKind.values()) {
      Held held = held(moment, "finding " + kind);
      if (held != null && held.adverse()) {
        newFindings.add(kind);
      }
    }
    step(today, "COLLECTION_RATE", newRung, arrears, findings);
    step(today, "ARREARS", newRung, newArrears, findings);
    for (AssessmentKind kind : AssessmentKind.values()) {
      Set<AssessmentKind> replaced = new TreeSet<>(findings);
      replaced.remove(kind);
      if (newFindings.contains(kind)) {
        replaced.add(kind);
      }
      step(today, kind.name(), newRung, newArrears, replaced);
    }
    // Limits
    Map<String, String> newLimits = new TreeMap<>();
    Map<String, Money> limited = new TreeMap<>();
    String grade = grade(rung, arrears, findings);
    if (policy.limitByGrade().containsKey(grade)) {
      limited.put("-", policy.limitByGrade().get(grade));
      newLimits.put("-", grade + " " + policy.limitByGrade().get(grade));
    }
    for (String what : whatIsHeld("limit ")) {
      Held held = held(moment, what);
      if (held != null) {
        String part = what.substring("limit ".length());
        limited.put(part, held.amount());
        newLimits.put(part, "- " + held.amount());
      }
    }
    Map<String, String> before = limits;
    before.forEach(
        (part, text) -> {
          if (!text.equals(newLimits.get(part))) {
            limit(today, part, text, -1);
          }
        });
    newLimits.forEach(
        (part, text) -> {
          if (!text.equals(before.get(part))) {
            limit(today, part, text, 1);
          }
        });
    limits = newLimits;
    tellAlerts(moment, now, limited, old);
  }

  private void limit(LocalDate today, String part, String text, int sign) {
    String[] words = text.split(" ", -1);
    String address =
        address("LIMIT", part, null, words[0], null, null, null, null, words[2], today);
    add(address, new BigDecimal(words[1]).multiply(BigDecimal.valueOf(sign)));
    add("count of " + address, BigDecimal.valueOf(sign));
  }

  private void tellAlerts(
      Instant moment, Map<String, BigDecimal> now, Map<String, Money> limited, boolean old) {
    Map<String, BigDecimal> raised = new TreeMap<>();
    Set<String> currencies = new TreeSet<>();
    BigDecimal whole = exposure(now, "-");
    now.forEach(
        (address, sum) -> {
          if (address.startsWith("EXPOSURE")) {
            // Each part of a currency adds up to something, or there is nothing of it.
            String currency = address.split(" ", -1)[8];
            if (partsOf(now, currency).stream().anyMatch(part -> part.signum() != 0)) {
              currencies.add(currency);
            }
          }
        });
    limited.forEach(
        (part, amount) -> {
          currencies.add(amount.currency());
          if (rate(amount.currency()) != null) {
            BigDecimal limit = ExactSplit.decimal(amount).multiply(rate(amount.currency()));
            BigDecimal exposure = exposure(now, part);
            BigDecimal near = limit.multiply(BigDecimal.valueOf(policy.nearLimitPermille(), 3));
            if (exposure.compareTo(limit) > 0) {
              raised.put("OVER_LIMIT " + part, exposure);
            } else if (exposure.signum() > 0 && exposure.compareTo(near) >= 0) {
              raised.put("NEAR_LIMIT " + part, exposure);
            }
          }
        });
    for (String currency : currencies) {
      if (rate(currency) == null) {
        raised.put("NO_RATE " + currency, whole);
      }
    }
    if (old) {
      raised.put("OVERDUE -", whole);
    }
    Map<String, Instant> next = new TreeMap<>();
    raised.forEach(
        (alert, exposure) -> {
          if (!alerts.containsKey(alert)) {
            alert(moment, alert, Step.RAISED, moment, exposure);
          }
          next.put(alert, alerts.getOrDefault(alert, moment));
        });
    alerts.forEach(
        (alert, since) -> {
          if (!raised.containsKey(alert)) {
            String[] words = alert.split(" ", -1);
            BigDecimal exposure = words[0].endsWith("LIMIT") ? exposure(now, words[1]) : whole;
            alert(moment, alert, Step.CLEARED, since, exposure);
          }
        });
    alerts = next;
  }

  private void alert(Instant moment, String alert, Step step, Instant since, BigDecimal exposure) {
    String[] words = alert.split(" ", -1);
    String address =
        address(
            "ALERT",
            words[1],
            null,
            null,
            words[0],
            step,
            since,
            null,
            policy.baseCurrency(),
            dayOf(moment));
    add(address, exposure.setScale(6, RoundingMode.HALF_EVEN));
    add("count of " + address, BigDecimal.ONE);
  }

  private static List<BigDecimal> partsOf(Map<String, BigDecimal> now, String currency) {
    Map<String, BigDecimal> parts = new TreeMap<>();
    now.forEach(
        (address, sum) -> {
          String[] words = address.split(" ", -1);
          if (words[0].equals("EXPOSURE") && words[8].equals(currency)) {
            parts.merge(words[1], sum, BigDecimal::add);
          }
        });
    return new ArrayList<>(parts.values());
  }

  private BigDecimal exposure(Map<String, BigDecimal> now, String part) {
    BigDecimal exposure = ZERO;
    for (Map.Entry<String, BigDecimal> entry : now.entrySet()) {
      String[] words = entry.getKey().split(" ", -1);
      if (words[0].equals("EXPOSURE")
          && (part.equals("-") || words[1].equals(part))
          && rate(words[8]) != null) {
        exposure = exposure.add(entry.getValue().multiply(rate(words[8])));
      }
    }
    return exposure;
  }

  private void step(
      LocalDate today,
      String reason,
      int newRung,
      boolean newArrears,
      Set<AssessmentKind> newFindings) {
    String old = grade(rung, arrears, findings);
    rung = newRung;
    arrears = newArrears;
    findings = newFindings;
    String renewed = grade(rung, arrears, findings);
    if (!old.equals(renewed)) {
      add(gradeOf(today, reason, old), BigDecimal.ONE.negate());
      add(gradeOf(today, reason, renewed), BigDecimal.ONE);
    }
  }

  private static String gradeOf(LocalDate today, String reason, String grade) {
    return "count of " + address("GRADE", reason, null, grade, null, null, null, null, null, today);
  }

  private String grade(int reached, boolean inArrears, Set<AssessmentKind> found) {
    if (reached < 0) {
      return "unrated";
    }
    int position = reached == 0 && inArrears ? 1 : reached;
    for (AssessmentKind kind : found) {
      position += policy.notches().getOrDefault(kind, 0);
    }
    List<String> grades = policy.ladder().stream().map(GradeStep::grade).toList();
    return position < grades.size() ? grades.get(position) : grades.getLast();
  }

  // The exposure

  private void exposures(
      Instant moment, List<CreditEvent> known, LocalDate passed, Map<String, BigDecimal> now) {
    openAt(moment)
        .forEach(
            (item, sum) -> {
              String[] words = item.split(" ", -1);
              boolean due = LocalDate.parse(words[0]).compareTo(passed) <= 0;
              put(now, due ? "OVERDUE" : "NOT_DUE", words[1], words[0], words[2], sum);
            });
    for (CreditEvent event : known) {
      if (event instanceof BalanceMoved moved && moved.account() != LedgerAccount.RECEIVABLE) {
        put(
            now,
            moved.account().name(),
            moved.itemId(),
            null,
            moved.amount().currency(),
            ExactSplit.decimal(moved.amount()));
      }
    }
    shipments(moment, now);
  }

  private static void put(
      Map<String, BigDecimal> now,
      String component,
      String itemId,
      String dueOn,
      String currency,
      BigDecimal sum) {
    now.merge(
        address("EXPOSURE", component, itemId, null, null, null, null, dueOn, currency, null),
        sum,
        BigDecimal::add);
  }

  private Map<String, BigDecimal> openAt(Instant moment) {
    List<CreditEvent> known = upTo(moment);
    return openOf.computeIfAbsent(known.size(), count -> open(known));
  }

  private Map<String, BigDecimal> open(Iterable<CreditEvent> known) {
    Map<String, BigDecimal> open = new TreeMap<>();
    for (CreditEvent event : known) {
      if (event instanceof BalanceMoved moved && moved.account() == LedgerAccount.RECEIVABLE) {
        open.merge(itemOf(moved), ExactSplit.decimal(moved.amount()), BigDecimal::add);
      }
    }
    return open;
  }

  private Map<String, BigDecimal> openBefore(Place place) {
    return open(history.headMap(place).values());
  }

  private String itemOf(BalanceMoved moved) {
    return items.computeIfAbsent(
        moved, of -> of.dueOn() + " " + of.itemId() + " " + of.amount().currency());
  }

  private void shipments(Instant moment, Map<String, BigDecimal> now) {
    Map<String, Goods> goods = new LinkedHashMap<>();
    Set<String> cancelled = new HashSet<>();
    history.forEach(
        (place, event) -> {
          if (place.occurredAt().isAfter(moment)) {
            return;
          }
          LocalDate on = dayOf(place.occurredAt());
          LocalDate passed = passedAt(place.occurredAt());
          goods
              .values()
              .removeIf(each -> each.uninvoiced().signum() == 0 && left(each.movedOn, passed));
          switch (event) {
            case GoodsShipped shipped -> {
              Goods each = goods(goods, shipped.shipmentId(), shipped.amount(), on);
              each.shipped = each.shipped.add(ExactSplit.decimal(shipped.amount()));
            }
            case GoodsReturned returned -> {
              if (returned.shipmentId() != null) {
                Goods each = goods(goods, returned.shipmentId(), returned.amount(), on);
                each.shipped = each.shipped.subtract(ExactSplit.decimal(returned.amount()));
              }
            }
            case ShipmentInvoiced invoiced -> {
              if (!cancelled.contains(invoiced.invoiceId())) {
                Goods each = goods(goods, invoiced.shipmentId(), invoiced.amount(), on);
                each.invoiced.merge(
                    invoiced.invoiceId(), ExactSplit.decimal(invoiced.amount()), BigDecimal::add);
              }
            }
            case BillingCancelled cancellation -> {
              cancelled.add(cancellation.invoiceId());
              for (Goods each : goods.values()) {
                if (each.invoiced.remove(cancellation.invoiceId()) != null) {
                  each.movedOn = on;
                }
              }
            }
            default -> {}
          }
        });
    goods.forEach(
        (key, each) -> {
          String[] words = key.split(" ", -1);
          put(now, "SHIPPED_NOT_INVOICED", words[0], null, words[1], each.uninvoiced());
        });
  }

  private static Goods goods(
      Map<String, Goods> goods, String shipmentId, Money amount, LocalDate on) {
    Goods each = goods.computeIfAbsent(shipmentId + " " + amount.currency(), key -> new Goods());
    each.movedOn = on;
    return each;
  }

  private static final class Goods {
    private BigDecimal shipped = ZERO;
    private final Map<String, BigDecimal> invoiced = new HashMap<>();
    private LocalDate movedOn;

    BigDecimal uninvoiced() {
      return invoiced.values().stream().reduce(shipped, BigDecimal::subtract).max(ZERO);
    }
  }

  // What fell due

  private void collections(Instant moment, LocalDate passed) {
    Map<String, BigDecimal> disputed = new HashMap<>();
    disputesAt(moment)
        .forEach(
            dispute ->
                disputed.merge(
                    dispute.invoiceId() + " " + dispute.amount().currency(),
                    ExactSplit.decimal(dispute.amount()),
                    BigDecimal::add));
    Bills bills = billsOf.computeIfAbsent(upTo(moment).size(), count -> bills(moment));
    bills
        .billed()
        .forEach(
            (item, sum) -> {
              String[] words = item.split(" ", -1);
              LocalDate due = LocalDate.parse(words[0]);
              if (due.isAfter(passed) || left(due, passed)) {
                return;
              }
              BigDecimal owed = sum.max(ZERO);
              BigDecimal inTime =
                  bills.paid().getOrDefault(item, Map.of()).values().stream()
                      .reduce(ZERO, BigDecimal::add)
                      .min(owed);
              String dispute = words[1] + " " + words[2];
              BigDecimal out = disputed.getOrDefault(dispute, ZERO).min(owed.subtract(inTime));
              disputed.merge(dispute, out.negate(), BigDecimal::add);
              BigDecimal[] before = collections.getOrDefault(item, new BigDecimal[] {ZERO, ZERO});
              BigDecimal[] now = {owed.subtract(out), inTime};
              collections.put(item, now);
              add(collection("FELL_DUE", words), now[0].subtract(before[0]));
              add(collection("PAID_IN_TIME", words), now[1].subtract(before[1]));
            });
  }

  /** What was billed, and what each document paid in time, per item. */
  private record Bills(Map<String, BigDecimal> billed, Map<String, Map<String, BigDecimal>> paid) {}

  private Bills bills(Instant moment) {
    Map<String, BigDecimal> billed = new TreeMap<>();
    Map<String, Map<String, BigDecimal>> paid = new TreeMap<>();
    history.forEach(
        (place, event) -> {
          if (!place.occurredAt().isAfter(moment)
              && event instanceof BalanceMoved moved
              && moved.account() == LedgerAccount.RECEIVABLE
              && !left(moved.dueOn(), dayOf(place.occurredAt()).minusDays(1))) {
            String item = itemOf(moved);
            BigDecimal amount = ExactSplit.decimal(moved.amount());
            billed.putIfAbsent(item, ZERO);
            if (!PAYS.contains(moved.entry())
                || (moved.entry() == Entry.REVERSAL
                    && Objects.equals(moved.documentId(), moved.itemId()))) {
              billed.merge(item, amount, BigDecimal::add);
            } else {
              Map<String, BigDecimal> of = paid.computeIfAbsent(item, key -> new HashMap<>());
              BigDecimal before = of.getOrDefault(moved.documentId(), ZERO);
              boolean late = dayOf(place.occurredAt()).isAfter(moved.dueOn());
              if (amount.signum() > 0 || !late) {
                of.put(moved.documentId(), before.subtract(amount).max(ZERO));
              }
            }
          }
        });
    return new Bills(billed, paid);
  }

  private static String collection(String entry, String[] item) {
    return address(entry, null, item[1], null, null, null, null, item[0], item[2], null);
  }

  private List<DisputeOpened> disputesAt(Instant moment) {
    Map<String, DisputeOpened> open = new LinkedHashMap<>();
    Set<String> resolvedBefore = new HashSet<>();
    for (CreditEvent event : upTo(moment)) {
      if (event instanceof DisputeOpened opened && !resolvedBefore.contains(opened.disputeId())) {
        open.put(opened.disputeId(), opened);
      } else if (event instanceof DisputeResolved resolved
          && open.remove(resolved.disputeId()) == null) {
        resolvedBefore.add(resolved.disputeId());
      }
    }
    return new ArrayList<>(open.values());
  }

  // What holds for some days

  private record Held(
      LocalDate from, LocalDate through, LocalDate on, Money amount, boolean adverse) {}

  private void collaterals(Instant moment, Map<String, BigDecimal> now) {
    for (String what : whatIsHeld("collateral ")) {
      Held held = held(moment, what);
      if (held != null && !held.amount().isZero()) {
        String id = what.substring("collateral ".length());
        String address =
            address(
                "COLLATERAL",
                null,
                id,
                null,
                null,
                null,
                null,
                null,
                held.amount().currency(),
                null);
        now.put(address, ExactSplit.decimal(held.amount()));
        now.put("count of " + address, BigDecimal.ONE);
      }
    }
  }

  private Set<String> whatIsHeld(String prefix) {
    return heldByWhat.keySet().stream()
        .filter(what -> what.startsWith(prefix))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String what(CreditEvent event) {
    return switch (event) {
      case CreditLimitSet set -> "limit " + (set.component() == null ? "-" : set.component());
      case CollateralPledged pledged -> "collateral " + pledged.collateralId();
      case DebtorAssessed assessed -> "finding " + assessed.kind();
      default -> null;
    };
  }

  private static Held heldBy(CreditEvent event, LocalDate on) {
    return switch (event) {
      case CreditLimitSet set -> new Held(set.effectiveOn(), set.endsOn(), on, set.limit(), false);
      case CollateralPledged pledged ->
          new Held(pledged.pledgedOn(), pledged.endsOn(), on, pledged.value(), false);
      case DebtorAssessed assessed ->
          new Held(assessed.assessedOn(), null, on, null, assessed.adverse());
      default -> throw new IllegalArgumentException("nothing is held by " + event);
    };
  }

  /** The last one told whose first day has begun, unless its last day has passed. */
  private Held held(Instant moment, String what) {
    LocalDate passed = passedAt(moment);
    Held last = null;
    for (Map.Entry<Place, Held> entry : heldByWhat.getOrDefault(what, new TreeMap<>()).entrySet()) {
      Held held = entry.getValue();
      boolean begun =
          held.from().compareTo(held.on()) <= 0 || held.from().minusDays(1).compareTo(passed) <= 0;
      if (begun && !entry.getKey().occurredAt().isAfter(moment)) {
        last = held;
      }
    }
    return last == null || (last.through() != null && last.through().compareTo(passed) <= 0)
        ? null
        : last;
  }

  /** Whether there is credit once a day has passed, and before anything happens at its end. */
  private boolean hasCreditAtDayEnd(Instant moment) {
    ReferenceCredit before =
        new ReferenceCredit(policy, headBefore(moment), dayOf(moment).minusDays(1));
    if (open(before.history.values()).values().stream().anyMatch(sum -> sum.signum() > 0)) {
      return true;
    }
    before.tellsReviews = false;
    before.tell();
    return before.limits.values().stream()
        .anyMatch(text -> new BigDecimal(text.split(" ", -1)[1]).signum() > 0);
  }

  private SortedMap<Place, CreditEvent> headBefore(Instant moment) {
    return history.headMap(new Place(moment, Integer.MIN_VALUE, Long.MIN_VALUE, ""));
  }

  // Time

  private List<CreditEvent> upTo(Instant moment) {
    return knownAt.computeIfAbsent(moment, this::allUpTo);
  }

  private List<CreditEvent> allUpTo(Instant moment) {
    List<CreditEvent> known = new ArrayList<>();
    history.forEach(
        (place, event) -> {
          if (!place.occurredAt().isAfter(moment)) {
            known.add(event);
          }
        });
    return known;
  }

  private LocalDate passedAt(Instant moment) {
    LocalDate yesterday = dayOf(moment).minusDays(1);
    return yesterday.isAfter(closedThrough) ? closedThrough : yesterday;
  }

  private boolean left(LocalDate day, LocalDate passed) {
    return day.plusMonths(policy.windowMonths()).compareTo(passed) <= 0;
  }

  private BigDecimal rate(String currency) {
    if (currency.equals(policy.baseCurrency())) {
      return BigDecimal.ONE;
    }
    Long rate = policy.rates().get(currency);
    return rate == null ? null : BigDecimal.valueOf(rate, 6);
  }

  private LocalDate dayOf(Instant instant) {
    return days.computeIfAbsent(instant, of -> LocalDate.ofInstant(of, policy.zone()));
  }

  private Instant endOf(LocalDate day) {
    return day.plusDays(1).atStartOfDay(policy.zone()).toInstant();
  }

  private void add(String address, BigDecimal amount) {
    ledger.merge(address, amount, BigDecimal::add);
  }

  /** Remembers one value: most days bring no event, and what was found for the last one holds. */
  private static final class LatestOnly<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > 1;
    }
  }
}
