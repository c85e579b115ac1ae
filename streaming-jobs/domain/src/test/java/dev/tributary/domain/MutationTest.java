package dev.tributary.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

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
            "the newest payment's cash is used first",
            "receivables/CashKey.java",
            ".thenComparing(CashKey::receivedAt)",
            ".thenComparing(key -> key.receivedAt().occurredAt().equals(Instant.MIN)"
                + " ? Long.MIN_VALUE : -key.receivedAt().occurredAt().getEpochSecond())"
                + ".thenComparing(CashKey::receivedAt)"),
        receivables(
            "unapplied cash is used before waiting credit",
            POSTING,
            "    useWaitingCredits(item);\n    useUnappliedCash(item);",
            "    useUnappliedCash(item);\n    useWaitingCredits(item);"),
        receivables(
            "a payment stops at the first item",
            POSTING,
            "oldest = oldestDue(currency);\n    }",
            "oldest = Optional.empty();\n    }"),
        receivables(
            "a payment pays a millionth too little",
            POSTING,
            "long micros = Math.min(atMost, before.total());",
            "long micros = Math.min(Math.max(atMost - 1, 1), before.total());"),
        receivables(
            "the last millionth of a credit note is not kept waiting",
            POSTING,
            "if (left > 0 && creditNote.invoiceId() != null)",
            "if (left > 1_000_000 && creditNote.invoiceId() != null)"),
        receivables(
            "the last cent of a remainder is forgotten",
            POSTING,
            "return used == entry.getValue().micros()",
            "return entry.getValue().micros() - used <= 10_000"),
        receivables(
            "unapplied cash grows where it is used",
            POSTING,
            "post(UNAPPLIED_CASH, APPLICATION, id, id, null, new Money(paid.total(),",
            "post(UNAPPLIED_CASH, APPLICATION, id, id, null, new Money(-paid.total(),"),
        receivables(
            "cash used later is taken for paid at once",
            POSTING,
            "lower(item, cash.getValue().micros(), APPLICATION, id)",
            "lower(item, cash.getValue().micros(), PAYMENT, id)"),
        receivables(
            "a reversal forgets what lies unapplied",
            POSTING,
            "for (CashKey rest : payment.unapplied())",
            "for (CashKey rest : List.<CashKey>of())"),
        receivables(
            "a reversal forgets what was used later",
            POSTING,
            "Payment payment = payments.get(id).paying(item, paid);",
            "Payment payment = payments.get(id);"),
        receivables(
            "a payment after its reversal counts",
            POSTING,
            "if (payment.reversed() || received.amount().isZero())",
            "if (received.amount().isZero())"),
        receivables(
            "an item opened again loses what was open",
            POSTING,
            "openItems = openItems.with(item, before.plus(amounts));",
            "openItems = openItems.with(item, amounts);"),
        receivables(
            "a payment pays items of any currency",
            POSTING,
            ".filter(item -> item.currency().equals(currency));",
            ".filter(item -> !item.currency().isEmpty());"),
        receivables(
            "an invoice counts on its due day",
            "receivables/ReceivablesFold.java",
            "invoice.issuedOn()",
            "invoice.dueOn()"),
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
        money(
            "the smallest remainder gets the unit",
            "comparingLong((Integer i) -> remainders[i]).reversed()",
            "comparingLong((Integer i) -> remainders[i])"),
        money(
            "a tie goes to the later position",
            "IntStream.range(0, shares.length)\n        .boxed()",
            "IntStream.range(0, shares.length)\n        .map(i -> shares.length - 1 - i).boxed()"),
        money("a part may exceed its limit below a cent", "unit = unitOf(limit.micros, unit);", ""),
        money(
            "every amount is split by the cent",
            "return split(weights, unitOf(micros, minorUnit()));",
            "return split(weights, unitOf(micros, 10_000));"),
        money(
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
            "case PAYMENT, APPLICATION, REVERSAL ->",
            "case REVERSAL -> Optional.empty();\n      case PAYMENT, APPLICATION ->"),
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
        ClusterChecks.class
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

  private static Mutation promotions(
      String mistake, String source, String original, String replacement) {
    return new Mutation(
        mistake, "promotions/" + source, original, replacement, PromotionChecks.class);
  }

  private static Mutation clusters(String mistake, String original, String replacement) {
    return new Mutation(
        mistake, "identity/Clusters.java", original, replacement, ClusterChecks.class);
  }
}
