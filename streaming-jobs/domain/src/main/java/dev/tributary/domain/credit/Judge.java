package dev.tributary.domain.credit;

import static java.math.BigInteger.ZERO;

import dev.tributary.domain.Money;
import dev.tributary.domain.PersistentSortedMap;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Judges a debtor: grade, limits and alerts follow from what is known, whatever led to it. */
final class Judge {

  private static final BigInteger TEN_THOUSAND = BigInteger.valueOf(10_000);
  private static final BigInteger THOUSAND = BigInteger.valueOf(1_000);

  private final CreditPolicy policy;
  private final CreditState state;

  Judge(CreditPolicy policy, CreditState state) {
    this.policy = policy;
    this.state = state;
  }

  Verdict verdict() {
    Rating rating = new Rating(rung(), isInArrears(), findings());
    SortedMap<String, Limit> limits = limits(rating);
    SortedMap<Alert, Instant> alerts = new TreeMap<>();
    for (Alert alert : alerts(limits)) {
      alerts.put(alert, state.before().alerts().getOrDefault(alert, state.moment()));
    }
    return new Verdict(rating, limits, alerts);
  }

  /** What the verdict changes of what was judged before the moment. */
  List<CreditLine> tell(Verdict verdict, LineMaker make) {
    List<CreditLine> lines = new ArrayList<>();
    Verdict before = state.before();
    tellSteps(before.rating(), verdict.rating(), make, lines);
    for (String part : keys(before.limits(), verdict.limits())) {
      Limit old = before.limits().get(part);
      Limit renewed = verdict.limits().get(part);
      if (old != null && !old.equals(renewed)) {
        lines.add(make.limit(part, old).negate());
      }
      if (renewed != null && !renewed.equals(old)) {
        lines.add(make.limit(part, renewed));
      }
    }
    for (Alert alert : keys(before.alerts(), verdict.alerts())) {
      Instant since = before.alerts().get(alert);
      if (since == null) {
        lines.add(make.alert(alert, Step.RAISED, state.moment(), exposureOf(alert)));
      } else if (!verdict.alerts().containsKey(alert)) {
        lines.add(make.alert(alert, Step.CLEARED, since, exposureOf(alert)));
      }
    }
    return lines;
  }

  /** One step for each reason, so that the next begins where the last ends. */
  private void tellSteps(Rating before, Rating after, LineMaker make, List<CreditLine> lines) {
    Rating rating = before;
    rating =
        tellStep(rating, rating.reaching(after.rung()), "COLLECTION_RATE", "CRD-2", make, lines);
    rating = tellStep(rating, rating.owing(after.arrears()), "ARREARS", "CRD-2", make, lines);
    for (AssessmentKind kind : AssessmentKind.values()) {
      Rating found = rating.finding(kind, after.findings().containsKey(kind));
      rating = tellStep(rating, found, kind.name(), kind.ruleId(), make, lines);
    }
  }

  private Rating tellStep(
      Rating from,
      Rating to,
      String reason,
      String ruleId,
      LineMaker make,
      List<CreditLine> lines) {
    String old = from.grade(policy);
    String renewed = to.grade(policy);
    if (!old.equals(renewed)) {
      lines.add(make.grade(old, reason, ruleId).negate());
      lines.add(make.grade(renewed, reason, ruleId));
    }
    return to;
  }

  private static <K extends Comparable<K>> SortedSet<K> keys(
      SortedMap<K, ?> one, SortedMap<K, ?> other) {
    SortedSet<K> keys = new TreeSet<>(one.keySet());
    keys.addAll(other.keySet());
    return keys;
  }

  /** The best grade whose rate is reached, compared by products so that nothing is rounded. */
  private int rung() {
    BigInteger fellDue = ZERO;
    BigInteger paidInTime = ZERO;
    for (Map.Entry<String, Collected> entry : state.debts().collected().entrySet()) {
      String currency = entry.getKey();
      if (policy.hasRate(currency)) {
        Collected collected = entry.getValue();
        fellDue = fellDue.add(policy.exactly(collected.fellDue(), currency));
        paidInTime = paidInTime.add(policy.exactly(collected.paidInTime(), currency));
      }
    }
    if (fellDue.signum() == 0) {
      return Rating.NO_RUNG;
    }
    int rung = 0;
    while (paidInTime.multiply(TEN_THOUSAND).compareTo(needed(fellDue, rung)) < 0) {
      rung++;
    }
    return rung;
  }

  private BigInteger needed(BigInteger fellDue, int rung) {
    return fellDue.multiply(BigInteger.valueOf(policy.ladder().get(rung).leastRate()));
  }

  private boolean isInArrears() {
    return state
        .oldestOwed()
        .filter(item -> Day.hasPassed(item.dueOn(), state.passed()))
        .isPresent();
  }

  private SortedMap<AssessmentKind, Boolean> findings() {
    PersistentSortedMap<AssessmentKind, Boolean> findings = PersistentSortedMap.empty();
    for (AssessmentKind kind : AssessmentKind.values()) {
      Term term = state.inForce(new TermKey(TermKey.Kind.FINDING, kind.name()));
      if (term != null && term.adverse()) {
        findings = findings.with(kind, true);
      }
    }
    return findings;
  }

  private SortedMap<String, Limit> limits(Rating rating) {
    SortedMap<String, Limit> limits = new TreeMap<>();
    String grade = rating.grade(policy);
    policy.limitOf(grade).ifPresent(limit -> limits.put("", new Limit(limit, grade)));
    for (TermKey key : state.terms().keySet()) {
      Term term = state.inForce(key);
      if (key.kind() == TermKey.Kind.LIMIT && term != null) {
        limits.put(key.id(), new Limit(term.amount(), null));
      }
    }
    return limits;
  }

  private List<Alert> alerts(SortedMap<String, Limit> limits) {
    List<Alert> alerts = new ArrayList<>();
    SortedSet<String> currencies = new TreeSet<>();
    state.totals().keySet().forEach(total -> currencies.add(total.currency()));
    limits.forEach(
        (part, limit) -> {
          Money amount = limit.amount();
          currencies.add(amount.currency());
          if (policy.hasRate(amount.currency())) {
            compare(part, policy.exactly(amount.micros(), amount.currency()), alerts);
          }
        });
    for (String currency : currencies) {
      if (!policy.hasRate(currency)) {
        alerts.add(new Alert(AlertKind.NO_RATE, currency));
      }
    }
    state
        .oldestOwed()
        .map(item -> item.dueOn().plusDays(policy.overdueAlertDays()))
        .filter(last -> Day.hasPassed(last, state.passed()))
        .ifPresent(last -> alerts.add(new Alert(AlertKind.OVERDUE, null)));
    return alerts;
  }

  private void compare(String part, BigInteger limit, List<Alert> alerts) {
    String component = part.isEmpty() ? null : part;
    BigInteger exposure = exposureOf(component);
    BigInteger near = limit.multiply(BigInteger.valueOf(policy.nearLimitPermille()));
    if (exposure.compareTo(limit) > 0) {
      alerts.add(new Alert(AlertKind.OVER_LIMIT, component));
    } else if (exposure.signum() > 0 && exposure.multiply(THOUSAND).compareTo(near) >= 0) {
      alerts.add(new Alert(AlertKind.NEAR_LIMIT, component));
    }
  }

  private long exposureOf(Alert alert) {
    return policy.rounded(
        switch (alert.kind()) {
          case OVER_LIMIT, NEAR_LIMIT -> exposureOf(alert.component());
          case OVERDUE, NO_RATE -> exposureOf((String) null);
        });
  }

  /** A part of the exposure, or all of it where null, as far as there are rates. */
  private BigInteger exposureOf(String component) {
    Predicate<Total> counts =
        total -> component == null || total.component().name().equals(component);
    BigInteger exposure = ZERO;
    for (Map.Entry<Total, Long> entry : state.totals().entrySet()) {
      Total total = entry.getKey();
      if (counts.test(total) && policy.hasRate(total.currency())) {
        exposure = exposure.add(policy.exactly(entry.getValue(), total.currency()));
      }
    }
    return exposure;
  }
}
