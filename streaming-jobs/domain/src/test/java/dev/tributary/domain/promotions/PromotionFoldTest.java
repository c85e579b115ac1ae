package dev.tributary.domain.promotions;

import static dev.tributary.domain.ExactSplit.money;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.domain.Money;
import dev.tributary.domain.Place;
import dev.tributary.domain.receivables.Debtor;
import dev.tributary.domain.receivables.Entry;
import dev.tributary.domain.receivables.LedgerAccount;
import dev.tributary.domain.receivables.ReceivablesLine;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromotionFoldTest {

  private static final LocalDate DAY = LocalDate.parse("2026-03-05");

  private final PromotionFold fold = new PromotionFold(new PromotionPolicy(true));

  @Test
  void aPlanCountsOnItsFirstDayWithoutACostClass() {
    assertThat(contributionsOf(new Planned("acme", "spring", "north", DAY, money("500.00 EUR"))))
        .containsExactly(
            Map.entry(
                new PromotionAddress("acme", "spring", "north", null, "EUR", DAY),
                new PromotionMeasures(0, 500_000_000, 0, 0, 0, 0, 0, 0, 0)));
  }

  @Test
  void aCostCountsInItsClassOnItsDay() {
    assertThat(
            contributionsOf(
                new CostIncurred("acme", "spring", "MEDIA", DAY, money("0.0001 EUR"), null)))
        .containsExactly(
            Map.entry(
                new PromotionAddress("acme", "spring", null, "MEDIA", "EUR", DAY),
                new PromotionMeasures(100, 0, 0, 0, 0, 0, 0, 0, 0)));
  }

  @ParameterizedTest
  @CsvSource({"AT_SALE, 12000000", "ON_ACCOUNT, 0"})
  void aSaleCountsAsCollectedOnlyWhenItIsPaidAtOnce(Settlement settlement, long collected) {
    SaleRecorded sale = sale(settlement, new SaleLine("spring", 2_000_000, 12_000_000, 7_000_000));

    assertThat(contributionsOf(sale))
        .containsExactly(
            Map.entry(
                new PromotionAddress("acme", "spring", "north", null, "EUR", DAY),
                new PromotionMeasures(0, 0, 12_000_000, 7_000_000, 2_000_000, collected, 0, 1, 0)));
  }

  @Test
  void everyLineOfASaleCountsForItsOwnPromotionAndNoneIsLost() {
    SaleRecorded sale =
        sale(
            Settlement.AT_SALE,
            new SaleLine("spring", 1, 10, 4),
            new SaleLine(null, 1, 20, 8),
            new SaleLine("spring", 1, 30, 12));

    assertThat(contributionsOf(sale))
        .containsOnly(
            Map.entry(
                new PromotionAddress("acme", null, "north", null, "EUR", DAY),
                new PromotionMeasures(0, 0, 20, 8, 1, 20, 0, 1, 0)),
            Map.entry(
                new PromotionAddress("acme", "spring", "north", null, "EUR", DAY),
                new PromotionMeasures(0, 0, 40, 16, 2, 40, 0, 2, 0)));
    assertThat(sale.promotions())
        .containsExactly(new Promotion("acme", null), new Promotion("acme", "spring"));
  }

  @Test
  void aCustomerParticipatesOncePerPromotionAndNotWithoutOne() {
    SaleRecorded sale =
        sale(
            Settlement.AT_SALE,
            new SaleLine("spring", 1, 10, 4),
            new SaleLine(null, 1, 20, 8),
            new SaleLine("spring", 1, 30, 12),
            new SaleLine("summer", 1, 30, 12));
    List<String> members = new ArrayList<>();

    fold.members(sale, (address, member) -> members.add(address + " " + member));

    assertThat(members)
        .containsExactly(
            PromotionAddress.ofParticipants("acme", "spring") + " customer-1",
            PromotionAddress.ofParticipants("acme", "summer") + " customer-1");
  }

  @Test
  void participantsAreCountedOverAllRegionsAndDays() {
    assertThat(PromotionAddress.ofParticipants("acme", "spring"))
        .isEqualTo(new PromotionAddress("acme", "spring", null, null, "", null));
    assertThat(fold.ofMembers(3)).isEqualTo(new PromotionMeasures(0, 0, 0, 0, 0, 0, 0, 0, 3));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @CsvSource({
    "INVOICE,     RECEIVABLE,     ,       ",
    "PAYMENT,     RECEIVABLE,     -7.00,  0",
    "APPLICATION, RECEIVABLE,     -7.00,  0",
    "REVERSAL,    RECEIVABLE,     -7.00,  0",
    "RELEASE,     RECEIVABLE,     -7.00,  0",
    "REFUND,      RECEIVABLE,     -7.00,  0",
    "WRITE_OFF,   RECEIVABLE,     ,       ",
    "ADJUSTMENT,  RECEIVABLE,     ,       ",
    "CANCELLATION, RECEIVABLE,    ,       ",
    "CREDIT_NOTE, RECEIVABLE,     0,      -7.00",
    "PAYMENT,     CASH,           ,       ",
    "APPLICATION, UNAPPLIED_CASH, ,       ",
    "CREDIT_NOTE, CREDITED,       ,       ",
    "CREDIT_NOTE, FREE_CREDIT,    ,       ",
    "INVOICE,     BILLED,         ,       ",
  })
  void whatLowersAReceivableIsReceivedForItsPromotion(
      Entry entry, LedgerAccount account, String collected, String credited) {
    ReceivablesLine line =
        new ReceivablesLine(
            account,
            entry,
            "document",
            "item",
            "spring",
            "north",
            money("7.00 EUR"),
            DAY,
            null,
            entry.ruleId(),
            new Place(Instant.EPOCH, 0, 0, "evidence"));

    if (collected == null) {
      assertThat(Receipt.of(new Debtor("acme", "customer-1"), line)).isEmpty();
    } else {
      assertThat(Receipt.of(new Debtor("acme", "customer-1"), line))
          .contains(
              new Receipt(
                  "acme",
                  "spring",
                  "north",
                  DAY,
                  money(collected + " EUR"),
                  money(credited + " EUR")));
    }
  }

  @Test
  void aReceiptIsInOneCurrency() {
    assertThatThrownBy(
            () -> new Receipt("acme", null, null, DAY, money("1 EUR"), Money.zero("USD")))
        .hasMessageContaining("EUR and USD");
  }

  @Test
  void anEventTakenBackLeavesNothing() {
    PromotionMeasures measures = new PromotionMeasures(1, 2, 3, 4, 5, 6, 7, 8, 9);

    assertThat(measures.isZero()).isFalse();
    assertThat(measures.plus(measures.negate()).isZero()).isTrue();
  }

  @Test
  void resultsForAnyEventsAreThoseOfTheReference() {
    PromotionChecks.run();
  }

  private static SaleRecorded sale(Settlement settlement, SaleLine... lines) {
    return new SaleRecorded("acme", "customer-1", "north", DAY, settlement, "EUR", List.of(lines));
  }

  private Map<PromotionAddress, PromotionMeasures> contributionsOf(PromotionEvent event) {
    Map<PromotionAddress, PromotionMeasures> sums = new TreeMap<>();
    fold.contributions(
        event, (address, measures) -> sums.merge(address, measures, PromotionMeasures::plus));
    return sums;
  }
}
