package dev.tributary.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tributary.domain.attribution.AttributionChecks;
import dev.tributary.domain.attribution.DataDrivenChecks;
import dev.tributary.domain.credit.CreditChecks;
import dev.tributary.domain.identity.ClusterChecks;
import dev.tributary.domain.promotions.PromotionChecks;
import dev.tributary.domain.receivables.ReceivablesChecks;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Do the checks notice mistakes? Each of these is planted, and has to be caught. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MutationTest {

  private static final String POSTING = "receivables/Posting.java";
  private static final String MONEY = "Money.java";

  @TempDir Path directory;

  static Stream<Mutation> mistakes() {
    return Stream.of(
        receivables(
            "newest due is paid first",
            "receivables/ItemKey.java",
            "OLDEST_DUE_FIRST.compare(this, other)",
            "currency.equals(other.currency) && !dueOn.equals(LocalDate.MIN)"
                + " && !other.dueOn.equals(LocalDate.MIN)"
                + " ? OLDEST_DUE_FIRST.compare(other, this) : OLDEST_DUE_FIRST.compare(this, other)"),
        receivables(
            "a tie on the due day goes to the region before the invoice",
            "receivables/ItemKey.java",
            ".thenComparing(ItemKey::invoiceId)",
            ".thenComparing(item -> -item.invoiceId().length())"
                + ".thenComparing(ItemKey::invoiceId)"),
        receivables(
            "a tie among promotions goes to those with a name",
            "receivables/PromotionAmounts.java",
            "nullsFirst(naturalOrder())",
            "java.util.Comparator.nullsLast(naturalOrder())"),
        receivables(
            "the newest pot is used first",
            "receivables/PotKey.java",
            "comparing(PotKey::since).thenComparing(PotKey::documentId)",
            "comparing((PotKey pot) -> pot.since().occurredAt().equals(java.time.Instant.MIN)"
                + " ? Long.MIN_VALUE : -pot.since().occurredAt().getEpochSecond())"
                + ".thenComparing(PotKey::since).thenComparing(PotKey::documentId)"),
        receivables(
            "money that waits is used before credit that does",
            POSTING,
            "    use(Source.CREDIT, Target.invoice(id), items);\n"
                + "    use(Source.CASH, Target.invoice(id), items);",
            "    use(Source.CASH, Target.invoice(id), items);\n"
                + "    use(Source.CREDIT, Target.invoice(id), items);"),
        receivables(
            "a payment stops at the first item",
            POSTING,
            "oldest = oldestOf(target, amount.currency());\n    }",
            "oldest = Optional.empty();\n    }"),
        receivables(
            "a payment pays a millionth too little",
            POSTING,
            "long micros = Math.min(atMost, before.total());",
            "long micros = Math.min(Math.max(atMost - 1, 1), before.total());"),
        receivables(
            "the last cents of a credit note are not kept waiting",
            POSTING,
            "if (micros > 0) {\n      pots =",
            "if (micros > 30_000 || pot.source() == Source.CASH && micros > 0) {\n      pots ="),
        receivables(
            "the last cent of a rest is forgotten",
            POSTING,
            "pots = left == 0 ? pots.without(pot)",
            "pots = left <= 10_000 ? pots.without(pot)"),
        receivables(
            "unapplied cash grows where it is used",
            POSTING,
            "post(UNAPPLIED_CASH, APPLICATION, id, id, null, new Money(paid.total(),",
            "post(UNAPPLIED_CASH, APPLICATION, id, id, null, new Money(-paid.total(),"),
        receivables(
            "cash used later is taken for paid at once",
            POSTING,
            "lower(item, pots.get(pot), APPLICATION, id)",
            "lower(item, pots.get(pot), PAYMENT, id)"),
        receivables(
            "an allocation pays the oldest due",
            POSTING,
            "pay(Target.invoice(allocation.invoiceId()), allocation.amount(), id)",
            "pay(null, allocation.amount(), id)"),
        receivables(
            "what is too much pays the oldest due",
            POSTING,
            "leave(null, unallocated, id);\n      unapplied = unapplied.plus(unallocated);",
            "unapplied = unapplied.plus(pay(null, unallocated, id));"),
        receivables(
            "a payment for a contract pays whatever is open",
            POSTING,
            "pay(Target.contract(received.contractId()), unallocated, id)",
            "pay(null, unallocated, id)"),
        receivables(
            "a cancelled invoice can be billed",
            POSTING,
            "billed.isNothing() || cancelled.containsKey(id)",
            "billed.isNothing()"),
        receivables(
            "a cancelled invoice keeps the money that paid it",
            POSTING,
            "if (item.invoiceId().equals(id)) {",
            "if (item.invoiceId().isEmpty()) {"),
        receivables(
            "a write-off gives up more than is open",
            POSTING,
            "amount.minus(new Money(left, amount.currency()))",
            "amount"),
        receivables(
            "an adjustment up is due a day later",
            POSTING,
            "ItemKey.without(amount.currency(), effectiveOn, owed)",
            "ItemKey.without(amount.currency(), effectiveOn.plusDays(1), owed)"),
        receivables(
            "a refund takes credit before cash",
            POSTING,
            "Comparator.comparing(PotKey::source).then",
            "Comparator.comparing(PotKey::source).reversed().then"),
        receivables(
            "a refund takes from any payment",
            POSTING,
            "case CASH -> pot.documentId().equals(refund.paymentId());",
            "case CASH -> true;"),
        receivables(
            "what was paid back is forgotten when the payment bounces",
            POSTING,
            "payments.get(id).refunding(pot.currency(), micros)",
            "payments.get(id)"),
        receivables(
            "every instalment shares the whole invoice's promotions",
            POSTING,
            "left = left.minus(due);",
            "left = billed;"),
        receivables(
            "what is paid stays open for its contract",
            POSTING,
            "itemsOf = itemsOf.without(new ItemOf(target, item));",
            "itemsOf = itemsOf.with(new ItemOf(target, item), true);"),
        receivables(
            "a reversal forgets what lies unapplied",
            POSTING,
            "for (PotKey pot : payment.pots())",
            "for (PotKey pot : List.<PotKey>of())"),
        receivables(
            "a reversal forgets what was used later",
            POSTING,
            "payments = payments.with(id, payments.get(id).paying(item, paid));",
            "payments = payments.with(id, payments.get(id));"),
        receivables(
            "a payment after its reversal counts",
            POSTING,
            "if (payments.getOrDefault(id, Payment.UNSEEN).reversed() || amount.isZero())",
            "if (amount.isZero())"),
        receivables(
            "an item opened again loses what was open",
            POSTING,
            "PromotionAmounts after = before.plus(amounts);",
            "PromotionAmounts after = amounts;"),
        receivables(
            "a payment pays items of any currency",
            POSTING,
            ".filter(item -> item.currency().equals(currency));",
            ".filter(item -> !item.currency().isEmpty());"),
        receivables(
            "an invoice counts on its due day",
            "receivables/ReceivablesFold.java",
            "invoice.issuedOn()",
            "invoice.instalments().getFirst().dueOn()"),
        receivables(
            "the type rank does not decide within an instant",
            "Place.java",
            ".thenComparingInt(Place::typeRank)",
            ""),
        receivables(
            "a deletion drops its neighbours",
            "PersistentSortedMap.java",
            "if (node.left() == null) {\n      return node.right();",
            "if (node.left() == null || node.size() < 4) {\n      return node.right();"),
        remainders(
            "the smallest remainder gets the unit",
            "comparingLong((Integer i) -> remainders[i]).reversed()",
            "comparingLong((Integer i) -> remainders[i])"),
        remainders(
            "a tie goes to the later position",
            "IntStream.range(0, shares.length)\n          .boxed()",
            "IntStream.range(0, shares.length)\n          .map(i -> shares.length - 1 - i).boxed()"),
        money("a part may exceed its limit below a cent", "unit = unitOf(limit.micros, unit);", ""),
        money(
            "every amount is split by the cent",
            "return split(weights, unitOf(micros, minorUnit()));",
            "return split(weights, unitOf(micros, 10_000));"),
        remainders(
            "large products wrap",
            "if (Math.multiplyHigh(units, weight) == 0 && units * weight >= 0)",
            "if (true)"),
        promotions(
            "a sale on account counts as collected",
            "PromotionFold.java",
            "sale.settlement() == Settlement.AT_SALE",
            "sale.settlement() != null"),
        promotions(
            "a reversal does not lower what was collected",
            "Receipt.java",
            "case PAYMENT, APPLICATION, RELEASE, REVERSAL, REFUND ->",
            "case REVERSAL -> Optional.empty();\n"
                + "      case PAYMENT, APPLICATION, RELEASE, REFUND ->"),
        promotions(
            "what is given up counts as collected",
            "Receipt.java",
            "case INVOICE, CANCELLATION, WRITE_OFF, ADJUSTMENT -> Optional.empty();",
            "case WRITE_OFF -> Optional.of(of(debtor, line, lowered, none));\n"
                + "      case INVOICE, CANCELLATION, ADJUSTMENT -> Optional.empty();"),
        promotions(
            "a receipt keeps the ledger's sign",
            "Receipt.java",
            "Money lowered = line.amount().negate();",
            "Money lowered = line.amount();"),
        promotions(
            "who buys without a promotion participates",
            "PromotionFold.java",
            "if (line.promotionId() != null && seen",
            "if (seen"),
        promotions(
            "a customer participates once per line",
            "PromotionFold.java",
            "sale.customerId());",
            "sale.customerId() + seen.size());"),
        promotions("cost loses its class", "PromotionFold.java", "cost.costClass(),", "null,"),
        credit(
            "what is due today is overdue",
            "Posting.java",
            "hasPassed(item.dueOn()) ? Component.OVERDUE : Component.NOT_DUE",
            "!item.dueOn().isAfter(today) ? Component.OVERDUE : Component.NOT_DUE"),
        credit(
            "what moves to overdue stays not due as well",
            "Posting.java",
            "Money less = amount.negate();",
            "Money less = Money.zero(item.currency());"),
        credit(
            "a payment is in time the day after",
            "Posting.java",
            "Wake.atEndOf(moved.dueOn(), policy.zone())",
            "Wake.atEndOf(moved.dueOn().plusDays(1), policy.zone())"),
        credit(
            "the due day ends in another time zone",
            "Posting.java",
            "Wake.atEndOf(moved.dueOn(), policy.zone())",
            "Wake.atEndOf(moved.dueOn(), java.time.ZoneOffset.UTC)"),
        credit(
            "a bounced payment stays in time",
            "Posting.java",
            "micros > 0 || inTime ?",
            "inTime ?"),
        credit(
            "a late payment that bounces is taken from what was in time",
            "Rated.java",
            "after > 0 ? paid.with(documentId, after) : paid.without(documentId)",
            "after != 0 ? paid.with(documentId, after) : paid.without(documentId)"),
        credit(
            "what was paid back and bounced is taken for a bounced payment",
            "Posting.java",
            "case REVERSAL -> !moved.documentId().equals(moved.itemId());",
            "case REVERSAL -> true;"),
        credit(
            "a write-off counts as paid",
            "Posting.java",
            "case INVOICE, CANCELLATION, CREDIT_NOTE, WRITE_OFF, ADJUSTMENT, REFUND -> false;",
            "case WRITE_OFF -> true;\n"
                + "          case INVOICE, CANCELLATION, CREDIT_NOTE, ADJUSTMENT, REFUND -> false;"),
        credit(
            "more is paid in time than fell due",
            "Rated.java",
            "return Math.min(paid, owed());",
            "return paid;"),
        credit(
            "a dispute leaves out all of an instalment",
            "Posting.java",
            "Math.min(left, owed - covered)",
            "owed - covered == 0 ? 0 : left == 0 ? 0 : owed - covered"),
        credit(
            "a dispute is left out of every instalment",
            "Posting.java",
            "excluded.put(item.currency(), left - out);",
            "excluded.put(item.currency(), left);"),
        credit(
            "a resolved dispute is left out for ever",
            "Posting.java",
            "disputes = disputes.without(new Dispute(invoiceId, disputeId));",
            ""),
        credit(
            "a dispute resolved before it is opened stays open",
            "Posting.java",
            "if (resolved.containsKey(id)) {",
            "if (id.isEmpty()) {"),
        credit(
            "a window ends a day late",
            "CreditPolicy.java",
            "return dueOn.plusMonths(windowMonths);",
            "return dueOn.plusMonths(windowMonths).plusDays(1);"),
        credit(
            "what left the window is still rated",
            "Posting.java",
            "count(item.currency(), -last.fellDue(), -last.paidInTime());",
            ""),
        credit(
            "a rate just below a grade reaches it",
            "Judge.java",
            "paidInTime.multiply(TEN_THOUSAND).compareTo(needed(fellDue, rung)) < 0",
            "paidInTime.multiply(TEN_THOUSAND).divide(fellDue).intValue() + 1 < policy.ladder().get(rung).leastRate()"),
        credit(
            "a rate exactly at a grade misses it",
            "Judge.java",
            "compareTo(needed(fellDue, rung)) < 0) {",
            "compareTo(needed(fellDue, rung)) <= 0 && policy.ladder().get(rung).leastRate() > 0) {"),
        credit(
            "the best grade is given with arrears",
            "Rating.java",
            "arrears ? Math.max(rung, 1) : rung",
            "rung"),
        credit(
            "arrears lower every grade",
            "Rating.java",
            "arrears ? Math.max(rung, 1) : rung",
            "arrears ? rung + 1 : rung"),
        credit(
            "a finding that is not adverse counts",
            "Judge.java",
            "term != null && term.adverse()",
            "term != null"),
        credit(
            "findings do not add up",
            "Rating.java",
            "reached += policy.notchesOf(kind);",
            "reached = Math.max(reached, rung + policy.notchesOf(kind));"),
        credit(
            "who has no grade is lowered",
            "Rating.java",
            "if (rung == NO_RUNG) {",
            "if (rung == NO_RUNG && findings.isEmpty()) {"),
        credit(
            "the steps of a grade do not chain",
            "Judge.java",
            "tellStep(rating, rating.owing(after.arrears()), \"ARREARS\"",
            "tellStep(before, before.owing(after.arrears()), \"ARREARS\""),
        credit(
            "at the limit is over it",
            "Judge.java",
            "exposure.compareTo(limit) > 0",
            "exposure.compareTo(limit) >= 0 && exposure.signum() > 0"),
        credit(
            "nine tenths are not near",
            "Judge.java",
            "exposure.multiply(THOUSAND).compareTo(near) >= 0",
            "exposure.multiply(THOUSAND).compareTo(near) > 0"),
        credit(
            "a limited part is compared by the whole",
            "Judge.java",
            "component == null || total.component().name().equals(component)",
            "true"),
        credit(
            "a limit of zero is no limit",
            "Judge.java",
            "if (policy.hasRate(amount.currency())) {",
            "if (policy.hasRate(amount.currency()) && !amount.isZero()) {"),
        credit(
            "an alert is told a day early",
            "Agenda.java",
            ".ifPresent(dueOn -> days.add(dueOn.plusDays(policy.overdueAlertDays())));",
            ".ifPresent(dueOn -> days.add(dueOn.plusDays(policy.overdueAlertDays() + 1)));"),
        credit(
            "what happens at one instant is judged one by one",
            "Posting.java",
            "boolean later = !moment.equals(state.moment());",
            "boolean later = true;"),
        credit(
            "an episode begins anew with each event",
            "Judge.java",
            "state.before().alerts().getOrDefault(alert, state.moment())",
            "state.moment()"),
        credit(
            "the grade's limit goes before the debtor's own",
            "Judge.java",
            "if (key.kind() == TermKey.Kind.LIMIT && term != null) {",
            "if (key.kind() == TermKey.Kind.LIMIT && term != null && !limits.containsKey(key.id())) {"),
        credit(
            "a limit that starts tomorrow holds today",
            "Posting.java",
            "from.isAfter(today) ? from.minusDays(1) : null",
            "from.isAfter(today.plusDays(1)) ? from.minusDays(1) : null"),
        credit(
            "a limit ends a day early",
            "Term.java",
            "Day.hasPassed(through, passed)",
            "Day.hasPassed(through.minusDays(1), passed)"),
        credit(
            "after a limit's end the one before holds again",
            "Term.java",
            "latest = terms.get(i).isOpen(passed) ? i : latest;",
            "latest = terms.get(i).isOpen(passed) && !terms.get(i).isOver(passed) ? i : latest;"),
        credit(
            "a later limit voids the earlier one at once",
            "Posting.java",
            "history.removeIf(term -> !term.from().isBefore(added.from()));",
            "history.clear();"),
        credit(
            "a released collateral stays",
            "Posting.java",
            "inForce == null || inForce.amount().isZero() ? null",
            "inForce == null ? null"),
        credit(
            "too much invoiced is a negative exposure",
            "Shipment.java",
            "return Math.max(0, left);",
            "return left;"),
        credit(
            "a return is not taken off",
            "Posting.java",
            "shipment -> shipment.returning(micros, today)",
            "shipment -> shipment.returning(0, today)"),
        credit(
            "a cancelled invoice can bill a shipment",
            "Posting.java",
            "if (cancelled.containsKey(id)) {",
            "if (id.isEmpty()) {"),
        credit(
            "cancelling opens one shipment only",
            "Posting.java",
            "range(shippedBy, first, by -> by.invoiceId().equals(id))",
            "range(shippedBy, first, by -> by.invoiceId().equals(id)).stream().limit(1).toList()"),
        credit(
            "a review settles the period before",
            "Posting.java",
            "!on.isBefore(review)",
            "!on.isBefore(review.minusDays(1))"),
        credit("a review is done twice", "Posting.java", "      reviewed = true;\n", ""),
        credit(
            "who has no credit is reviewed", "CreditFold.java", " && judged.hasCredit()) {", ") {"),
        credit(
            "a day told late begins a period",
            "CreditFold.java",
            " && state.moment().isBefore(wake.at());",
            ";"),
        credit(
            "90 days overdue are told",
            "Posting.java",
            "oldest.get().plusDays(policy.leverageDays()).isBefore(",
            "oldest.get().plusDays(policy.leverageDays() - 1).isBefore("),
        credit(
            "a currency without a rate is not told",
            "Judge.java",
            "if (!policy.hasRate(currency)) {",
            "if (currency.isEmpty()) {"),
        attribution(
            "a touch at the beginning of the window does not count",
            "Posting.java",
            "Moment.firstAt(convertedAt.minus(goal.window()))",
            "Moment.firstAt(convertedAt.minus(goal.window()).plusNanos(1))"),
        attribution(
            "a touch at the instant of the conversion does not count",
            "Posting.java",
            "if (at.isAfter(convertedAt)) {",
            "if (!at.isBefore(convertedAt)) {"),
        attribution(
            "a touch behind a conversion of its own instant is left out",
            "Posting.java",
            "for (Told told : toldNow) {",
            "for (Told told : List.<Told>of()) {"),
        attribution(
            "a tie goes to the shorter id",
            "Moment.java",
            ".thenComparing(Moment::eventId)",
            ".thenComparing((Moment of) -> of.eventId().length()).thenComparing(Moment::eventId)"),
        attribution(
            "the first touch takes its share per touch between",
            "PositionModel.java",
            "weights[0] = permille.get(0) * between;",
            "weights[0] = permille.get(0);"),
        attribution(
            "two touches share by position",
            "PositionModel.java",
            "if (weights.length <= 2) {",
            "if (weights.length <= 1) {"),
        attribution(
            "time decays by whole half-lives only",
            "Halving.java",
            "if (rest >= halfLife) {",
            "if (rest > 2 * halfLife) {"),
        attribution(
            "time does not decay before the last half-life",
            "Halving.java",
            "WORKING_BITS - BITS + (int) halvings",
            "WORKING_BITS - BITS + (int) Math.min(1, halvings)"),
        attribution(
            "a refund counts on the day of its conversion",
            "Posting.java",
            "parts(goal, key, renewed), on, moment.eventId());",
            "parts(goal, key, renewed), renewed.on(), moment.eventId());"),
        attribution(
            "a full refund leaves the credit",
            "Posting.java",
            "document.isGone() ? 0 : AttributionLine.WHOLE_CREDIT",
            "document.cancelled() ? 0 : AttributionLine.WHOLE_CREDIT"),
        attribution(
            "more refunded than paid is a debt of the touches",
            "Document.java",
            "reducedMicros >= valueMicros",
            "reducedMicros == valueMicros"),
        attribution(
            "a conversion for nothing is none", "Document.java", "reducedMicros > 0 && ", ""),
        attribution(
            "what is cancelled before it is made counts",
            "Posting.java",
            "cancelled.containsKey(made.id())",
            "made.id().documentId().isEmpty()"),
        attribution(
            "each part of a document is a conversion",
            "Posting.java",
            "if (!known.isMade()) {",
            "if (known != null) {"),
        attribution(
            "a change of the value adds to it",
            "Posting.java",
            "known.worth(revalued.value().micros())",
            "known.worth(known.valueMicros() + revalued.value().micros())"),
        attribution(
            "the latest milestone counts",
            "Posting.java",
            "milestones.putIfAbsent(",
            "milestones.put("),
        attribution(
            "a milestone is led to by what came before its instant",
            "Journey.java",
            "&& !touches.get(leading + 1).at().isAfter(reached)",
            "&& touches.get(leading + 1).at().isBefore(reached)"),
        attribution(
            "a missing milestone leaves its share to the first touch",
            "WShapeModel.java",
            "if (touch >= 0) {",
            "if (touch < 0) { weights[0] += permille; } else {"),
        attribution(
            "the last touch may be direct",
            "LastNonDirectTouch.java",
            "channel != ChannelKind.DIRECT",
            "channel != ChannelKind.EXCLUDED"),
        attribution(
            "the first paid touch is the first that brought the customer",
            "FirstPaidTouch.java",
            "channel == ChannelKind.PAID",
            "channel != ChannelKind.DIRECT"),
        attribution(
            "an excluded channel takes part",
            "Posting.java",
            "if (policy.kindOf(channel) == ChannelKind.EXCLUDED) {",
            "if (channel.isEmpty()) {"),
        attribution(
            "what nothing earns is lost",
            "Shares.java",
            "rows.get(touches).add(qualifies ? 0 : whole);",
            "rows.get(touches).add(0L);"),
        attribution(
            "a goal of first conversions counts all",
            "Goal.java",
            "return !firstOnly || cycle == Cycle.FIRST;",
            "return true;"),
        attribution(
            "a journey without conversion never ends",
            "Posting.java",
            "if (!awaiting.isUnderWay(now.minus(goal.window()))) {",
            "if (!awaiting.isUnderWay(now.minus(goal.window().multipliedBy(9)))) {"),
        attribution(
            "the last journey before is forgotten while it can be reached in part",
            "Awaiting.java",
            "window.multipliedBy(2)",
            "window"),
        attribution(
            "a touch converts twice",
            "Posting.java",
            "    open = open.with(goal.name(), Awaiting.after(now));\n",
            ""),
        attribution(
            "a touch of a conversion's instant is taken once more",
            "Posting.java",
            " && touched.at().isAfter(awaiting.since())",
            ""),
        attribution(
            "who has bought may still buy for the first time",
            "Posting.java",
            "if (!isOver && !isConvertedNow(goal)) {",
            "if (!isConvertedNow(goal)) {"),
        attribution(
            "a touch is forgotten that a refund asks for",
            "Posting.java",
            "if (!isReached(left)) {",
            "if (left != null) {"),
        dataDriven(
            "a channel is removed with those tried before it",
            "MarkovRemoval.java",
            "remove(without(visits, symbols, other), one, conversions);",
            "remove(without(visits, symbols, one), one, conversions);"),
        dataDriven(
            "what is lost converts",
            "MarkovRemoval.java",
            "chain.isConversion(symbol) ? conversion : loss",
            "chain.isConversion(symbol) ? loss : conversion"),
        dataDriven(
            "the effect is what is left",
            "MarkovRemoval.java",
            "ONE.subtract(without.divide(conversions, DIGITS))",
            "without.divide(conversions, DIGITS)"),
        dataDriven(
            "repeated touches delay",
            "MarkovRemoval.java",
            "BigDecimal all = ZERO;",
            "BigDecimal all = visits[state][state] == null ? ZERO : visits[state][state];"),
        dataDriven(
            "numbers of a chain are free",
            "MarkovChain.java",
            "BigInteger.valueOf(channels.size() + 1L)",
            "BigInteger.ONE"),
        dataDriven(
            "sets of channels are told apart wholly",
            "ShapleyRates.java",
            "int without = set ^ 1 << player;",
            "int without = 0;"),
        dataDriven(
            "journeys that did not convert do not count",
            "ShapleyRates.java",
            "Math.addExact(measures.conversions(), measures.lost())",
            "measures.conversions()"),
        dataDriven(
            "orders of channels weigh the same",
            "ShapleyRates.java",
            "factorials[before].multiply(factorials[players - 1 - before])",
            "factorials[players].divide(BigInteger.valueOf(players))"),
        dataDriven(
            "a channel that lowers the rate earns",
            "ChannelWeights.java",
            "Math.max(0, effect)",
            "Math.abs(effect)"),
        dataDriven(
            "what nothing touched is earned",
            "ChannelWeights.java",
            "if (entry.getKey().path().isEmpty()) {",
            "if (entry.getKey().currency().isEmpty()) {"),
        attribution(
            "a journey is told in the order of lines",
            "Paths.java",
            "private final SortedMap<Moment, Touch> touched = new TreeMap<>();",
            "private final SortedMap<Moment, Touch> touched = new TreeMap<>(java.util.Comparator.comparing(Moment::eventId));"),
        clusters("the largest id survives", "a.compareTo(b) < 0", "a.compareTo(b) > 0"),
        clusters("a split is not seen", "if (!undone.contains(merge.eventId()))", "if (true)"),
        clusters(
            "an id that no merge named before is not told",
            "ids.addAll(after.keySet());",
            "ids.retainAll(after.keySet());"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aPlantedMistakeIsCaught(Mutation mistake) {
    Mutant mutant = Mutant.of(mistake, directory);

    Throwable caught = catchThrowable(() -> mutant.run(mistake.checks()));

    assertThat(caught)
        .as("%s, which %s has to notice", mistake, mistake.checks().getSimpleName())
        .isNotNull()
        .isNotInstanceOf(LinkageError.class)
        .isNotInstanceOf(ReflectiveOperationException.class);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        MoneyChecks.class,
        ReceivablesChecks.class,
        PromotionChecks.class,
        CreditChecks.class,
        ClusterChecks.class,
        AttributionChecks.class,
        DataDrivenChecks.class
      })
  void withoutAMistakeNothingIsCaught(Class<?> checks) {
    assertThatCode(() -> Mutant.unchanged(directory).run(checks)).doesNotThrowAnyException();
  }

  @Test
  void aMutationThatNoLongerFitsItsSourceIsAnError() {
    Mutation stale = money("stale", "no such text", "");

    assertThat(catchThrowable(() -> Mutant.of(stale, directory)))
        .hasMessageContaining("does not stand exactly once")
        .hasMessageContaining("Money.java");
  }

  private static Mutation receivables(
      String mistake, String source, String original, String replacement) {
    return new Mutation(mistake, source, original, replacement, ReceivablesChecks.class);
  }

  private static Mutation money(String mistake, String original, String replacement) {
    return new Mutation(mistake, MONEY, original, replacement, MoneyChecks.class);
  }

  private static Mutation remainders(String mistake, String original, String replacement) {
    return new Mutation(mistake, "LargestRemainder.java", original, replacement, MoneyChecks.class);
  }

  private static Mutation promotions(
      String mistake, String source, String original, String replacement) {
    return new Mutation(
        mistake, "promotions/" + source, original, replacement, PromotionChecks.class);
  }

  private static Mutation credit(
      String mistake, String source, String original, String replacement) {
    return new Mutation(mistake, "credit/" + source, original, replacement, CreditChecks.class);
  }

  private static Mutation attribution(
      String mistake, String source, String original, String replacement) {
    return new Mutation(
        mistake, "attribution/" + source, original, replacement, AttributionChecks.class);
  }

  private static Mutation dataDriven(
      String mistake, String source, String original, String replacement) {
    return new Mutation(
        mistake, "attribution/" + source, original, replacement, DataDrivenChecks.class);
  }

  private static Mutation clusters(String mistake, String original, String replacement) {
    return new Mutation(
        mistake, "identity/Clusters.java", original, replacement, ClusterChecks.class);
  }
}
