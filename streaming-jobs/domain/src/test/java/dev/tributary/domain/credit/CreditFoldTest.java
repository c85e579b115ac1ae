package dev.tributary.domain.credit;

import static dev.tributary.domain.credit.AssessmentKind.DEBTS_TO_OTHERS;
import static dev.tributary.domain.credit.AssessmentKind.REPAY_ABILITY;
import static dev.tributary.domain.credit.AssessmentKind.RISKY_PROJECTS;
import static dev.tributary.domain.credit.AssessmentKind.RIVAL_GOODS;
import static dev.tributary.domain.credit.CreditEntry.ALERT;
import static dev.tributary.domain.credit.CreditEntry.COLLATERAL;
import static dev.tributary.domain.credit.CreditEntry.EXPOSURE;
import static dev.tributary.domain.credit.CreditEntry.FELL_DUE;
import static dev.tributary.domain.credit.CreditEntry.GRADE;
import static dev.tributary.domain.credit.CreditEntry.LEVERAGE;
import static dev.tributary.domain.credit.CreditEntry.LIMIT;
import static dev.tributary.domain.credit.CreditEntry.PAID_IN_TIME;
import static dev.tributary.domain.credit.CreditEntry.REVIEW;
import static dev.tributary.domain.receivables.LedgerAccount.FREE_CREDIT;
import static dev.tributary.domain.receivables.LedgerAccount.UNAPPLIED_CASH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.domain.Money;
import dev.tributary.domain.receivables.Entry;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The boundaries of the rules, a story each. */
class CreditFoldTest {

  /** Dollars are worth half a euro; a debtor of grade A has 1000 euros, one without a grade 50. */
  static final CreditPolicy BY_GRADE =
      with(
          Map.of(
              "A", euros(1_000), "B", euros(500), "D", euros(0), CreditPolicy.UNRATED, euros(50)));

  private static final CreditPolicy NO_LIMITS = with(Map.of());

  // What is at risk (CRD-8, ARX-2)

  @Test
  void whatIsDueTodayIsNotOverdueYet() {
    story()
        .billed("I1", "2026-03-01", "2026-03-31", "100.00")
        .closed("2026-03-30")
        .expect(EXPOSURE, "NOT_DUE I1 2026-03-31 100.00 EUR")
        .expect(FELL_DUE)
        .closed("2026-03-31")
        .expect(EXPOSURE, "OVERDUE I1 2026-03-31 100.00 EUR")
        .expect(FELL_DUE, "I1 2026-03-31 100.00 EUR");
  }

  @Test
  void aCentLeftOpenIsOverdue() {
    story()
        .billed("I1", "2026-03-01", "2026-03-31", "100.00")
        .paid("P1", "2026-03-31", "I1", "2026-03-31", "99.99")
        .closed("2026-03-31")
        .expect(EXPOSURE, "OVERDUE I1 2026-03-31 0.01 EUR");
  }

  @Test
  void theMoveToOverdueNamesTheDayAndItsRule() {
    assertThat(
            story().billed("I1", "2026-03-01", "2026-03-31", "100.00").closed("2026-03-31").lines())
        .filteredOn(line -> line.entry() == EXPOSURE && line.evidenceId().equals("day:2026-03-31"))
        .hasSize(2)
        .allMatch(line -> line.ruleId().equals("ARX-2"))
        .allMatch(line -> line.effectiveOn().toString().equals("2026-04-01"));
  }

  @Test
  void whatIsBilledAfterItsDueDayIsOverdueAtOnceWhateverPassedBefore() {
    CreditScenario late =
        story()
            .billed("I2", "2026-03-20", "2026-03-10", "7.00")
            .closed("2026-03-25")
            .expect(EXPOSURE, "OVERDUE I2 2026-03-10 7.00 EUR");
    late.billed("I1", "2026-03-01", "2026-03-15", "100.00")
        .expect(EXPOSURE, "OVERDUE I2 2026-03-10 7.00 EUR", "OVERDUE I1 2026-03-15 100.00 EUR");
  }

  @Test
  void moneyThatLiesUnappliedAndFreeCreditLowerTheExposure() {
    story()
        .limited("2026-03-01", "70.00")
        .billed("I1", "2026-03-01", "2026-03-31", "100.00")
        .left(UNAPPLIED_CASH, Entry.PAYMENT, "P1", "2026-03-02", "-20.00")
        .left(FREE_CREDIT, Entry.CREDIT_NOTE, "C1", "2026-03-03", "-10.00")
        .expect(
            EXPOSURE,
            "NOT_DUE I1 2026-03-31 100.00 EUR",
            "UNAPPLIED_CASH P1 -20.00 EUR",
            "FREE_CREDIT C1 -10.00 EUR")
        .expectAlerts("NEAR_LIMIT");
  }

  @Test
  void aShipmentCountsUntilItIsInvoiced() {
    story()
        .shipped("S1", "2026-03-01", "100.00")
        .expect(EXPOSURE, "SHIPPED_NOT_INVOICED S1 100.00 EUR")
        .invoiced("I1", "2026-03-02", "S1", "99.99")
        .expect(EXPOSURE, "SHIPPED_NOT_INVOICED S1 0.01 EUR")
        .invoiced("I2", "2026-03-03", "S1", "40.00")
        .expect(EXPOSURE);
  }

  @Test
  void aShipmentInvoicedBeforeItLeavesIsNotCountedButItsRestIs() {
    story()
        .invoiced("I1", "2026-03-01", "S1", "60.00")
        .expect(EXPOSURE)
        .shipped("S1", "2026-03-02", "100.00")
        .expect(EXPOSURE, "SHIPPED_NOT_INVOICED S1 40.00 EUR");
  }

  @Test
  void whatComesBackIsNotCountedWhereItNamesItsShipment() {
    story()
        .shipped("S1", "2026-03-01", "100.00")
        .returned("R0", "2026-03-02", null, "90.00")
        .expect(EXPOSURE, "SHIPPED_NOT_INVOICED S1 100.00 EUR")
        .returned("R1", "2026-03-02", "S1", "30.00")
        .expect(EXPOSURE, "SHIPPED_NOT_INVOICED S1 70.00 EUR")
        .returned("R2", "2026-03-03", "S1", "80.00")
        .expect(EXPOSURE);
  }

  @Test
  void aCancelledInvoiceLeavesItsShipmentUninvoicedForGood() {
    story()
        .shipped("S1", "2026-03-01", "100.00")
        .invoiced("I1", "2026-03-02", "S1", "100.00")
        .invoiced("I2", "2026-03-02", "S1", "30.00")
        .billingCancelled("I1", "2026-03-03")
        .expect(EXPOSURE, "SHIPPED_NOT_INVOICED S1 70.00 EUR");
    story()
        .shipped("S1", "2026-03-01", "100.00")
        .billingCancelled("I1", "2026-03-02")
        .invoiced("I1", "2026-03-03", "S1", "100.00")
        .expect(EXPOSURE, "SHIPPED_NOT_INVOICED S1 100.00 EUR");
  }

  @Test
  void aCancelledInvoiceLeavesAllItsShipmentsUninvoiced() {
    story()
        .shipped("S1", "2026-03-01", "10.00")
        .shipped("S2", "2026-03-01", "20.00")
        .invoiced("I1", "2026-03-02", "S1", "10.00")
        .invoiced("I1", "2026-03-02", "S2", "20.00")
        .billingCancelled("I1", "2026-03-03")
        .expect(EXPOSURE, "SHIPPED_NOT_INVOICED S1 10.00 EUR", "SHIPPED_NOT_INVOICED S2 20.00 EUR");
  }

  @Test
  void anInvoiceInAnotherCurrencySaysNothingAboutAShipment() {
    story()
        .shipped("S1", "2026-03-01", "100.00")
        .invoiced("I1", "2026-03-02", "S1", "100.00 USD")
        .expect(EXPOSURE, "SHIPPED_NOT_INVOICED S1 100.00 EUR");
  }

  @Test
  void aSettledShipmentIsForgottenAWindowAfterTheLastThatWasHeardOfIt() {
    CreditScenario settled =
        story()
            .shipped("S1", "2026-03-01", "100.00")
            .invoiced("I1", "2026-03-02", "S1", "100.00")
            .closed("2028-01-01");
    assertThat(settled.state().deliveries().shipments()).isEmpty();
    settled
        .billingCancelled("I1", "2027-03-02")
        .expect(EXPOSURE, "SHIPPED_NOT_INVOICED S1 100.00 EUR");
    story()
        .shipped("S1", "2026-03-01", "100.00")
        .invoiced("I1", "2026-03-02", "S1", "100.00")
        .billingCancelled("I1", "2027-03-03")
        .closed("2028-01-01")
        .expect(EXPOSURE);
    story()
        .shipped("S1", "2026-03-01", "100.00")
        .invoiced("I1", "2026-03-02", "S1", "99.00")
        .billingCancelled("I1", "2027-03-03")
        .closed("2028-01-01")
        .expect(EXPOSURE, "SHIPPED_NOT_INVOICED S1 100.00 EUR");
  }

  // Limits and collateral (CRD-6, CRD-8)

  @Test
  void aLimitThatStartsTomorrowHoldsWithThePassingOfToday() {
    CreditScenario tomorrow = story().limited(null, "2026-03-10", "2026-03-11", null, "80.00");
    tomorrow.closed("2026-03-09").expect(LIMIT);
    tomorrow.closed("2026-03-10").expect(LIMIT, "2026-03-11 80.00 EUR");
    story()
        .limited(null, "2026-03-10", "2026-03-10", null, "80.00")
        .closed("2026-03-09")
        .expect(LIMIT, "2026-03-10 80.00 EUR");
  }

  @Test
  void aLimitThatEndsTodayHoldsToday() {
    CreditScenario today =
        byGrade().limited(null, "2026-03-10", "2026-03-10", "2026-03-10", "80.00");
    today.closed("2026-03-09").expect(LIMIT, "2026-03-10 80.00 EUR");
    today
        .closed("2026-03-10")
        .expect(
            LIMIT,
            "2026-03-10 80.00 EUR",
            "-2026-03-11 -80.00 EUR",
            "unrated 2026-03-11 50.00 EUR");
  }

  @Test
  void aLimitHoldsOnItsLastDayThoughTheDayBeforeIsTold() {
    CreditScenario last =
        story()
            .limited(null, "2026-03-01", "2026-03-01", "2026-03-10", "80.00")
            .pledged("C1", "2026-03-01", "2026-03-10", null, "9.00");
    last.closed("2026-03-09")
        .expect(LIMIT, "2026-03-01 80.00 EUR")
        .expect(COLLATERAL, "C1 9.00 EUR");
    last.closed("2026-03-10").expect(LIMIT, "2026-03-01 80.00 EUR", "-2026-03-11 -80.00 EUR");
  }

  @Test
  void aLaterLimitReplacesAnEarlierOneFromItsOwnFirstDayOn() {
    CreditScenario two =
        story()
            .limited("2026-03-01", "80.00")
            .limited(null, "2026-03-05", "2026-03-20", "2026-03-25", "90.00");
    two.closed("2026-03-18").expect(LIMIT, "2026-03-01 80.00 EUR");
    // Lines of one day are netted: 80.00 less and 90.00 more.
    two.closed("2026-03-19").expect(LIMIT, "2026-03-01 80.00 EUR", "2026-03-20 10.00 EUR");
    two.closed("2026-03-25")
        .expect(LIMIT, "2026-03-01 80.00 EUR", "2026-03-20 10.00 EUR", "-2026-03-26 -90.00 EUR");
  }

  @Test
  void aLaterLimitReplacesOneThatWouldHaveBegunAfterIt() {
    story()
        .limited(null, "2026-03-01", "2026-03-20", null, "90.00")
        .limited(null, "2026-03-05", "2026-03-10", null, "70.00")
        .closed("2026-03-31")
        .expect(LIMIT, "2026-03-10 70.00 EUR");
  }

  @Test
  void aLimitOfZeroMeansCashOnlyAndIsNotNoLimit() {
    story()
        .billed("I1", "2026-03-01", "2026-03-31", "0.01")
        .expect(LIMIT)
        .expectAlerts()
        .limited("2026-03-02", "0.00")
        .expect(LIMIT, "2026-03-02 0.00 EUR")
        .expectAlerts("OVER_LIMIT")
        .paid("P1", "2026-03-03", "I1", "2026-03-31", "0.01")
        .expectAlerts();
  }

  @Test
  void theGradesLimitFollowsTheGrade() {
    byGrade()
        .billed("I1", "2026-03-01", "2026-03-31", "40.00")
        .paid("P1", "2026-03-02", "I1", "2026-03-31", "40.00")
        .closed("2026-03-31")
        .expect(
            LIMIT,
            "unrated 2026-03-01 50.00 EUR",
            "-unrated 2026-04-01 -50.00 EUR",
            "A 2026-04-01 1000.00 EUR");
  }

  @Test
  void collateralHoldsFromItsFirstDayToItsLast() {
    CreditScenario pledge = story().pledged("C1", "2026-03-01", "2026-03-05", "2026-03-10", "9.00");
    pledge.closed("2026-03-03").expect(COLLATERAL);
    pledge.closed("2026-03-04").expect(COLLATERAL, "C1 9.00 EUR");
    pledge.closed("2026-03-09").expect(COLLATERAL, "C1 9.00 EUR");
    pledge.closed("2026-03-10").expect(COLLATERAL);
  }

  @Test
  void aLaterCollateralOfTheSameIdReplacesItAndZeroReleasesIt() {
    story()
        .pledged("C1", "2026-03-01", "2026-03-01", null, "9.00")
        .pledged("C2", "2026-03-01", "2026-03-01", null, "5.00")
        .pledged("C1", "2026-03-02", "2026-03-02", null, "7.00")
        .expect(COLLATERAL, "C1 7.00 EUR", "C2 5.00 EUR")
        .pledged("C2", "2026-03-03", "2026-03-03", null, "0.00")
        .expect(COLLATERAL, "C1 7.00 EUR");
  }

  // What fell due and was paid in time (CRD-2)

  @Test
  void whatIsPaidOnTheDueDayIsInTime() {
    story()
        .billed("I1", "2026-03-01", "2026-03-31", "100.00")
        .paid("P1", "2026-03-31T21:59:59Z", "I1", "2026-03-31", "60.00")
        .paid("P2", "2026-03-31T22:00:00Z", "I1", "2026-03-31", "40.00")
        .closed("2026-03-31")
        .expect(FELL_DUE, "I1 2026-03-31 100.00 EUR")
        .expect(PAID_IN_TIME, "I1 2026-03-31 60.00 EUR")
        .expect(EXPOSURE);
  }

  @Test
  void aBouncedPaymentWasNotInTimeAndALateOneChangesNothing() {
    story()
        .billed("I1", "2026-03-01", "2026-03-31", "100.00")
        .paid("P1", "2026-03-20", "I1", "2026-03-31", "60.00")
        .paid("P2", "2026-03-21", "I1", "2026-03-31", "40.00")
        .bounced("P1", "2026-04-10", "I1", "2026-03-31", "60.00")
        .paid("P3", "2026-04-11", "I1", "2026-03-31", "60.00")
        .bounced("P3", "2026-04-12", "I1", "2026-03-31", "60.00")
        .closed("2026-04-30")
        .expect(FELL_DUE, "I1 2026-03-31 100.00 EUR")
        .expect(PAID_IN_TIME, "I1 2026-03-31 40.00 EUR")
        .expect(EXPOSURE, "OVERDUE I1 2026-03-31 60.00 EUR");
  }

  @Test
  void aPaymentThatBouncesBeforeTheDueDayWasNeverInTime() {
    story()
        .billed("I1", "2026-03-01", "2026-03-31", "100.00")
        .paid("P1", "2026-03-20", "I1", "2026-03-31", "100.00")
        .bounced("P1", "2026-03-25", "I1", "2026-03-31", "100.00")
        .closed("2026-03-31")
        .expect(PAID_IN_TIME);
  }

  @Test
  void aCreditLowersWhatFellDueAndWhatWasPaidOnlyWhereThatIsMore() {
    CreditScenario credited =
        story()
            .billed("I1", "2026-03-01", "2026-03-31", "100.00")
            .paid("P1", "2026-03-20", "I1", "2026-03-31", "60.00")
            .owed(Entry.CREDIT_NOTE, "C1", "I1", "2026-03-21", "2026-03-31", "-10.00")
            .closed("2026-04-30")
            .expect(FELL_DUE, "I1 2026-03-31 90.00 EUR")
            .expect(PAID_IN_TIME, "I1 2026-03-31 60.00 EUR");
    credited
        .owed(Entry.WRITE_OFF, "W1", "I1", "2026-04-02", "2026-03-31", "-30.00")
        .expect(FELL_DUE, "I1 2026-03-31 60.00 EUR")
        .expect(PAID_IN_TIME, "I1 2026-03-31 60.00 EUR");
    credited
        .owed(Entry.ADJUSTMENT, "A1", "I1", "2026-04-03", "2026-03-31", "-0.01")
        .expect(FELL_DUE, "I1 2026-03-31 59.99 EUR")
        .expect(PAID_IN_TIME, "I1 2026-03-31 59.99 EUR");
  }

  @Test
  void aCancelledInvoiceFellNotDue() {
    story()
        .billed("I1", "2026-03-01", "2026-03-31", "100.00")
        .paid("P1", "2026-03-20", "I1", "2026-03-31", "60.00")
        .owed(Entry.CANCELLATION, "I1", "I1", "2026-04-02", "2026-03-31", "-100.00")
        .owed(Entry.RELEASE, "P1", "I1", "2026-04-02", "2026-03-31", "60.00")
        .left(UNAPPLIED_CASH, Entry.RELEASE, "P1", "2026-04-02", "-60.00")
        .closed("2026-04-30")
        .expect(FELL_DUE)
        .expect(PAID_IN_TIME)
        .expect(EXPOSURE, "UNAPPLIED_CASH P1 -60.00 EUR")
        .expectGrade("unrated");
  }

  @Test
  void moneyOwedBecauseItWasPaidBackAndBouncedFallsDue() {
    story()
        .owed(Entry.REVERSAL, "P1", "P1", "2026-03-10", "2026-03-10", "25.00")
        .owed(Entry.REFUND, "R1", "R1", "2026-03-10", "2026-03-10", "5.00")
        .closed("2026-03-10")
        .expect(FELL_DUE, "P1 2026-03-10 25.00 EUR", "R1 2026-03-10 5.00 EUR")
        .expect(PAID_IN_TIME);
  }

  @Test
  void anOpenDisputeLeavesOutWhatWasNotPaidInTimeOldestDueFirst() {
    CreditScenario disputed =
        story()
            .billed("I1", "2026-03-01", "2026-03-10", "50.00")
            .billed("I1", "2026-03-01", "2026-03-20", "50.00")
            .billed("I2", "2026-03-01", "2026-03-20", "7.00")
            .paid("P1", "2026-03-02", "I1", "2026-03-10", "30.00")
            .disputed("D1", "2026-03-03", "I1", "45.00")
            .disputed("D2", "2026-03-03", "I1", "99.00 USD")
            .closed("2026-03-31")
            .expect(
                FELL_DUE,
                "I1 2026-03-10 30.00 EUR",
                "I1 2026-03-20 25.00 EUR",
                "I2 2026-03-20 7.00 EUR")
            .expect(PAID_IN_TIME, "I1 2026-03-10 30.00 EUR")
            .expect(
                EXPOSURE,
                "OVERDUE I1 2026-03-10 20.00 EUR",
                "OVERDUE I1 2026-03-20 50.00 EUR",
                "OVERDUE I2 2026-03-20 7.00 EUR");
    disputed
        .paid("P2", "2026-03-25", "I1", "2026-03-20", "50.00")
        .expect(
            FELL_DUE,
            "I1 2026-03-10 30.00 EUR",
            "I1 2026-03-20 25.00 EUR",
            "I2 2026-03-20 7.00 EUR");
    disputed
        .resolved("D1", "2026-03-28")
        .expect(
            FELL_DUE,
            "I1 2026-03-10 50.00 EUR",
            "I1 2026-03-20 50.00 EUR",
            "I2 2026-03-20 7.00 EUR");
  }

  @Test
  void aDisputeResolvedBeforeItIsOpenedLeavesOutNothing() {
    story()
        .billed("I1", "2026-03-01", "2026-03-10", "50.00")
        .resolved("D1", "2026-03-02")
        .disputed("D1", "2026-03-03", "I1", "45.00")
        .closed("2026-03-31")
        .expect(FELL_DUE, "I1 2026-03-10 50.00 EUR");
  }

  @Test
  void whatHasLeftTheWindowIsRatedNoMore() {
    CreditScenario story =
        story()
            .billed("I1", "2026-03-01", "2026-03-31", "100.00")
            .billed("I2", "2026-03-01", "2026-04-01", "100.00")
            .paid("P1", "2026-04-10", "I1", "2026-03-31", "100.00")
            .paid("P2", "2026-03-10", "I2", "2026-04-01", "100.00");
    story.closed("2027-03-30").expectGrade("D");
    story
        .closed("2027-03-31")
        .expectGrade("A")
        .expect(FELL_DUE, "I1 2026-03-31 100.00 EUR", "I2 2026-04-01 100.00 EUR");
    assertThat(story.state().debts().rated()).hasSize(1);
    story.closed("2027-04-01").expectGrade("unrated");
    assertThat(story.state().debts()).isEqualTo(Debts.NONE);
    story
        .owed(Entry.CREDIT_NOTE, "C1", "I1", "2027-04-01", "2026-03-31", "-1.00")
        .expect(FELL_DUE, "I1 2026-03-31 100.00 EUR", "I2 2026-04-01 100.00 EUR");
  }

  // The grade (CRD-1..5)

  @Test
  void aRateOfExactly95PercentReachesB() {
    rated("94.99").expectGrade("C");
    rated("95.00").expectGrade("B");
    rated("99.99").expectGrade("B");
    rated("100.00").expectGrade("A");
    rated("80.00").expectGrade("C");
    rated("79.99").expectGrade("D");
  }

  @Test
  void aMillionthBelowARateDoesNotReachIt() {
    rated("94.999999").expectGrade("C");
    rated("99.999999").expectGrade("B");
  }

  @Test
  void nobodyIsRatedBeforeSomethingFellDue() {
    story()
        .billed("I1", "2026-03-01", "2026-03-31", "100.00")
        .assessed(RIVAL_GOODS, true, "2026-03-01", "2026-03-01")
        .closed("2026-03-30")
        .expect(GRADE)
        .expectGrade("unrated");
  }

  @Test
  void theBestGradeNeedsThatNothingIsOverdue() {
    CreditScenario arrears =
        story()
            .billed("I0", "2025-01-01", "2025-02-28", "5.00")
            .billed("I1", "2026-03-01", "2026-03-31", "100.00")
            .paid("P1", "2026-03-10", "I1", "2026-03-31", "100.00")
            .closed("2026-03-31")
            .expectGrade("B");
    arrears.paid("P0", "2026-03-20", "I0", "2025-02-28", "4.99").expectGrade("B");
    arrears.paid("P2", "2026-03-21", "I0", "2025-02-28", "0.01").expectGrade("A");
  }

  @Test
  void arrearsDoNotLowerAnotherGradeThanTheBest() {
    story()
        .billed("I1", "2026-03-01", "2026-03-31", "100.00")
        .paid("P1", "2026-03-10", "I1", "2026-03-31", "96.00")
        .closed("2026-03-31")
        .expectGrade("B");
  }

  @Test
  void findingsAddUpAndTheLowestGradeIsTheFloor() {
    rated("100.00")
        .assessed(DEBTS_TO_OTHERS, true, "2026-03-02", "2026-03-02")
        .expectGrade("B")
        .assessed(RIVAL_GOODS, true, "2026-03-03", "2026-03-03")
        .expectGrade("C")
        .assessed(REPAY_ABILITY, true, "2026-03-03", "2026-03-03")
        .expectGrade("D")
        .assessed(RISKY_PROJECTS, true, "2026-03-03", "2026-03-03")
        .expectGrade("D")
        .assessed(DEBTS_TO_OTHERS, false, "2026-03-04", "2026-03-04")
        .expectGrade("D")
        .assessed(RIVAL_GOODS, false, "2026-03-05", "2026-03-05")
        .expectGrade("C");
  }

  @Test
  void aFindingHoldsFromItsDayOnAndTheLatestOfAKindHolds() {
    CreditScenario tomorrow =
        story()
            .billed("I1", "2026-03-01", "2026-03-05", "1.00")
            .paid("P1", "2026-03-01", "I1", "2026-03-05", "1.00")
            .assessed(RIVAL_GOODS, true, "2026-03-10", "2026-03-11");
    tomorrow.closed("2026-03-09").expectGrade("A");
    tomorrow.closed("2026-03-10").expectGrade("B");
    tomorrow
        .assessed(RIVAL_GOODS, true, "2026-03-12", "2026-03-12")
        .closed("2026-03-31")
        .expectGrade("B");
  }

  @Test
  void severalReasonsAtOnceAreStepsThatChain() {
    story()
        .billed("I1", "2026-03-01", "2026-03-05", "100.00")
        .billed("I0", "2024-03-01", "2024-03-05", "1.00")
        .paid("P1", "2026-03-01", "I1", "2026-03-05", "100.00")
        .assessed(DEBTS_TO_OTHERS, true, "2026-03-04", "2026-03-06")
        .closed("2026-03-06")
        .expectInOrder(
            GRADE,
            "-COLLECTION_RATE unrated 2024-03-06",
            "COLLECTION_RATE D 2024-03-06",
            "-COLLECTION_RATE D 2025-03-06",
            "COLLECTION_RATE unrated 2025-03-06",
            "-COLLECTION_RATE unrated 2026-03-06",
            "COLLECTION_RATE B 2026-03-06",
            "-DEBTS_TO_OTHERS B 2026-03-06",
            "DEBTS_TO_OTHERS C 2026-03-06");
    story()
        .billed("I1", "2026-03-01", "2026-03-05", "100.00")
        .paid("P1", "2026-03-01", "I1", "2026-03-05", "100.00")
        .billed("I2", "2026-03-01", "2026-03-06", "10.00")
        .assessed(RIVAL_GOODS, true, "2026-03-04", "2026-03-07")
        .closed("2026-03-06")
        .expectInOrder(
            GRADE,
            "-COLLECTION_RATE unrated 2026-03-06",
            "COLLECTION_RATE A 2026-03-06",
            "-COLLECTION_RATE A 2026-03-07",
            "COLLECTION_RATE C 2026-03-07",
            "-RIVAL_GOODS C 2026-03-07",
            "RIVAL_GOODS D 2026-03-07");
  }

  @Test
  void amountsOfSeveralCurrenciesAreRatedInTheBaseCurrency() {
    // 50.00 of 50.00 euros and 90.00 of 100.00 dollars, which are worth half: 95.00 of 100.00.
    CreditScenario two =
        new CreditScenario(NO_LIMITS)
            .billed("I1", "2026-03-01", "2026-03-05", "50.00")
            .billed("I2", "2026-03-01", "2026-03-05", "100.00 USD")
            .billed("I3", "2026-03-01", "2026-03-05", "100.00 JPY")
            .paid("P1", "2026-03-02", "I1", "2026-03-05", "50.00")
            .paid("P2", "2026-03-02", "I2", "2026-03-05", "90.00 USD")
            .closed("2026-03-05")
            .expectGrade("B");
    two.bounced("P2", "2026-03-03", "I2", "2026-03-05", "0.01 USD").expectGrade("C");
  }

  // Alerts (CRD-8, ARX-2)

  @Test
  void anExposureExactlyAtTheLimitIsNotAboveIt() {
    limited("100.00").billed("I1", "2026-03-01", "2026-12-31", "100.00").expectAlerts("NEAR_LIMIT");
    limited("100.00").billed("I1", "2026-03-01", "2026-12-31", "100.01").expectAlerts("OVER_LIMIT");
    limited("100.00").billed("I1", "2026-03-01", "2026-12-31", "90.00").expectAlerts("NEAR_LIMIT");
    limited("100.00").billed("I1", "2026-03-01", "2026-12-31", "89.99").expectAlerts();
  }

  @Test
  void anAlertIsRaisedOnceAndClearedOnce() {
    limited("100.00")
        .billed("I1", "2026-03-01", "2026-12-31", "150.00")
        .billed("I2", "2026-03-02", "2026-12-31", "50.00")
        .paid("P1", "2026-03-03", "I1", "2026-12-31", "120.00")
        .billed("I3", "2026-03-04", "2026-12-31", "21.00")
        .expectInOrder(
            ALERT,
            "RAISED OVER_LIMIT 2026-03-01 150.00 EUR",
            "CLEARED OVER_LIMIT 2026-03-03 80.00 EUR",
            "RAISED OVER_LIMIT 2026-03-04 101.00 EUR");
  }

  @Test
  void whatHappensAtOneInstantIsJudgedTogether() {
    String noon = "2026-03-02T12:00:00Z";
    CreditScenario paidAtOnce =
        limited("100.00")
            .billed("I1", noon, "2026-12-31", "150.00")
            .paid("P1", noon, "I1", "2026-12-31", "100.00")
            .expect(ALERT)
            .expectAlerts();
    assertThat(paidAtOnce.lines()).anyMatch(line -> line.entry() == ALERT);
    limited("100.00")
        .billed("I1", "2026-03-01", "2026-12-31", "150.00")
        .paid("P1", noon, "I1", "2026-12-31", "100.00")
        .billed("I2", noon, "2026-12-31", "80.00")
        .expectInOrder(ALERT, "RAISED OVER_LIMIT 2026-03-01 150.00 EUR");
  }

  @Test
  void anEpisodeStartsWhenItHappenedOrWithTheDay() {
    CreditScenario days =
        limited("100.00")
            .billed("I1", "2026-03-01T09:15:00Z", "2026-03-05", "150.00")
            .closed("2026-04-04");
    assertThat(days.state().verdict().alerts())
        .extractingByKey(new Alert(AlertKind.OVER_LIMIT, null))
        .hasToString("2026-03-01T09:15:00Z");
    assertThat(days.state().verdict().alerts())
        .extractingByKey(new Alert(AlertKind.OVERDUE, null))
        .hasToString("2026-04-04T22:00:00Z");
  }

  @Test
  void overdueFor30DaysIsNoAlertAndADayMoreIs() {
    CreditScenario overdue = story().billed("I1", "2026-03-01", "2026-03-01", "1.00");
    overdue.closed("2026-03-30").expectAlerts();
    overdue.closed("2026-03-31").expectAlerts("OVERDUE");
    overdue
        .billed("I2", "2026-03-02", "2026-03-05", "1.00")
        .paid("P1", "2026-04-02", "I1", "2026-03-01", "1.00")
        .closed("2026-04-03")
        .expectAlerts();
    overdue
        .closed("2026-04-04")
        .expectInOrder(
            ALERT,
            "RAISED OVERDUE 2026-04-01 2.00 EUR",
            "CLEARED OVERDUE 2026-04-02 1.00 EUR",
            "RAISED OVERDUE 2026-04-05 1.00 EUR");
  }

  @Test
  void aPartOfTheExposureCanBeLimited() {
    CreditScenario part =
        story()
            .limited("SHIPPED_NOT_INVOICED", "2026-03-01", "2026-03-01", null, "30.00")
            .billed("I1", "2026-03-01", "2026-12-31", "150.00")
            .shipped("S1", "2026-03-02", "30.00")
            .expect(LIMIT, "SHIPPED_NOT_INVOICED 2026-03-01 30.00 EUR")
            .expectAlerts("NEAR_LIMIT SHIPPED_NOT_INVOICED");
    part.shipped("S2", "2026-03-03", "0.01")
        .expectAlerts("OVER_LIMIT SHIPPED_NOT_INVOICED")
        .expect(
            ALERT,
            "RAISED NEAR_LIMIT SHIPPED_NOT_INVOICED 2026-03-02 30.00 EUR",
            "CLEARED NEAR_LIMIT SHIPPED_NOT_INVOICED 2026-03-03 30.01 EUR",
            "RAISED OVER_LIMIT SHIPPED_NOT_INVOICED 2026-03-03 30.01 EUR");
  }

  @Test
  void aLimitOfAPartLeavesTheGradesLimitForTheWhole() {
    byGrade()
        .limited("OVERDUE", "2026-03-01", "2026-03-01", null, "30.00")
        .expect(LIMIT, "OVERDUE 2026-03-01 30.00 EUR", "unrated 2026-03-01 50.00 EUR");
  }

  @Test
  void currenciesAreComparedAtTheDeclaredRate() {
    CreditScenario dollars =
        new CreditScenario(NO_LIMITS)
            .limited("2026-03-01", "100.00")
            .billed("I1", "2026-03-01", "2026-12-31", "50.00")
            .billed("I2", "2026-03-02", "2026-12-31", "100.00 USD")
            .expectAlerts("NEAR_LIMIT");
    dollars.billed("I3", "2026-03-03", "2026-12-31", "0.01 USD").expectAlerts("OVER_LIMIT");
  }

  @Test
  void aCurrencyWithoutARateIsToldAndNotCompared() {
    new CreditScenario(NO_LIMITS)
        .limited("2026-03-01", "100.00")
        .billed("I1", "2026-03-01", "2026-12-31", "9000.00 JPY")
        .expectAlerts("NO_RATE JPY")
        .paid("P1", "2026-03-02", "I1", "2026-12-31", "9000.00 JPY")
        .expectAlerts()
        .limited("2026-03-03", "9.00 JPY")
        .expectAlerts("NO_RATE JPY");
  }

  // Reviews (CUS-6)

  @Test
  void aReviewBecomesDueWithTheFirstOfFebruaryAndAugust() {
    CreditScenario debtor = limited("100.00");
    debtor.closed("2026-07-30").expect(REVIEW);
    debtor.closed("2026-07-31").expect(REVIEW, "DUE 2026-08");
    debtor.closed("2027-01-31").expect(REVIEW, "DUE 2026-08", "DUE 2027-02");
    assertThat(debtor.lines())
        .filteredOn(line -> line.entry() == REVIEW)
        .extracting(line -> line.dueOn() + " " + line.effectiveOn())
        .containsExactly("2026-08-31 2026-08-01", "2027-02-28 2027-02-01");
  }

  @Test
  void aReviewInItsPeriodIsDoneOnce() {
    CreditScenario debtor = limited("100.00").closed("2027-01-31");
    debtor
        .reviewed("2026-07-31")
        .reviewed("2026-08-01", "2026-07-31")
        .expect(REVIEW, "DUE 2026-08", "DUE 2027-02");
    debtor
        .reviewed("2026-08-01")
        .reviewed("2026-08-02")
        .reviewed("2027-01-31")
        .expect(REVIEW, "DUE 2026-08", "DONE 2026-08", "DUE 2027-02");
    debtor
        .reviewed("2027-02-01")
        .expect(REVIEW, "DUE 2026-08", "DONE 2026-08", "DUE 2027-02", "DONE 2027-02");
    limited("100.00")
        .reviewed("2027-01-31")
        .closed("2026-07-31")
        .expect(REVIEW, "DUE 2026-08", "DONE 2026-08");
  }

  @Test
  void aReviewOfTheNextPeriodDoesNotSettleThisOne() {
    story()
        .limited(null, "2026-03-01", "2026-03-01", "2026-12-31", "100.00")
        .reviewed("2027-02-01")
        .closed("2027-03-31")
        .expect(REVIEW, "DUE 2026-08");
  }

  @Test
  void whoHasNoCreditIsNotReviewed() {
    limited("0.00").closed("2026-12-31").expect(REVIEW);
    limited("0.00")
        .billed("I1", "2026-03-01", "2026-12-31", "1.00")
        .closed("2026-12-31")
        .expect(REVIEW, "DUE 2026-08");
    story()
        .limited(null, "2026-03-01", "2026-03-01", "2026-07-31", "5.00")
        .closed("2026-12-31")
        .expect(REVIEW);
    story()
        .limited(null, "2026-03-01", "2026-08-01", null, "5.00")
        .closed("2026-12-31")
        .expect(REVIEW, "DUE 2026-08");
  }

  @Test
  void aDayToldLateBeginsNoPeriod() {
    story().billed("I1", "2026-08-10", "2026-07-31", "1.00").closed("2026-12-31").expect(REVIEW);
  }

  // Leverage (ARX-4)

  @Test
  void goodsShippedToWhoIsOverdueFor90DaysAreNotToldAndADayLaterThey() {
    CreditScenario overdue =
        story()
            .billed("I1", "2026-03-01", "2026-03-01", "1.00")
            .shipped("S1", "2026-05-30", "10.00")
            .closed("2026-12-31")
            .expect(LEVERAGE);
    overdue
        .shipped("S2", "2026-05-31", "20.00")
        .expect(LEVERAGE, "S2 20.00 EUR")
        .paid("P1", "2026-06-01", "I1", "2026-03-01", "1.00")
        .shipped("S3", "2026-06-02", "30.00")
        .expect(LEVERAGE, "S2 20.00 EUR");
  }

  // Time

  @Test
  void anEventAtTheInstantAWakeNamesFollowsIt() {
    limited("100.00")
        .billed("I1", "2026-03-01", "2026-03-05", "150.00")
        .paid("P1", "2026-04-04T22:00:00Z", "I1", "2026-03-05", "150.00")
        .closed("2026-04-30")
        .expectInOrder(
            ALERT,
            "RAISED OVER_LIMIT 2026-03-01 150.00 EUR",
            "CLEARED OVER_LIMIT 2026-04-05 0.00 EUR");
  }

  @Test
  void aSettledDebtorWaitsForNothing() {
    CreditScenario settled =
        story()
            .billed("I1", "2026-03-01", "2026-03-05", "150.00")
            .paid("P1", "2026-03-02", "I1", "2026-03-05", "150.00")
            .shipped("S1", "2026-03-01", "10.00")
            .invoiced("I9", "2026-03-01", "S1", "10.00")
            .assessed(RIVAL_GOODS, false, "2026-03-01", "2026-03-10")
            .closed("2027-03-05");
    CreditFold fold = new CreditFold(CreditPolicy.standard(CreditScenario.BERLIN, "EUR"));
    assertThat(fold.nextWake(settled.state())).isEmpty();
    assertThat(fold.nextWake(fold.start())).isEmpty();
    assertThat(settled.state().debts()).isEqualTo(Debts.NONE);
    assertThat(settled.state().deliveries()).isEqualTo(Deliveries.NONE);
  }

  private static CreditScenario story() {
    return new CreditScenario();
  }

  private static CreditScenario byGrade() {
    return new CreditScenario(BY_GRADE);
  }

  private static CreditScenario limited(String amount) {
    return story().limited("2026-03-01T00:00:00Z", amount);
  }

  /** Of 100.00, this was paid in time and the rest a day late. */
  private static CreditScenario rated(String paid) {
    return story()
        .billed("I1", "2026-01-01", "2026-01-31", "100.00")
        .paid("P1", "2026-01-10", "I1", "2026-01-31", paid)
        .owed(Entry.PAYMENT, "P2", "I1", "2026-02-01", "2026-01-31", missing(paid))
        .closed("2026-03-31");
  }

  private static String missing(String paid) {
    return new BigDecimal(paid).subtract(new BigDecimal(100)).toPlainString();
  }

  private static CreditPolicy with(Map<String, Money> limitByGrade) {
    CreditPolicy standard = CreditPolicy.standard(CreditScenario.BERLIN, "EUR");
    return new CreditPolicy(
        standard.zone(),
        standard.ladder(),
        12,
        standard.notches(),
        900,
        30,
        90,
        limitByGrade,
        "EUR",
        Map.of("USD", 500_000L),
        Set.of(2, 8));
  }

  private static Money euros(long amount) {
    return new Money(amount * 1_000_000, "EUR");
  }
}
