package dev.tributary.domain.receivables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tributary.domain.Money;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceivablesFoldTest {

  private final ReceivablesScenario debtor = new ReceivablesScenario();

  @Test
  void anInvoiceIsOpenPerPromotionAndBilledOnce() {
    debtor
        .billed("I1", "2026-03-01", "2026-03-31", "spring 60.00", "40.00", "spring 5.00")
        .expectLastEventPosts(
            "INVOICE RECEIVABLE I1 I1 null 40 2026-03-01",
            "INVOICE RECEIVABLE I1 I1 spring 65 2026-03-01",
            "INVOICE BILLED I1 I1 null -105 2026-03-01");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a cent less leaves a cent,  99.99,  0.01, 0.00",
    "the exact amount closes it, 100.00, 0.00, 0.00",
    "a cent more is unapplied,   100.01, 0.00, 0.01",
    "nothing pays nothing,       0.00, 100.00, 0.00",
  })
  void aPaymentPaysUpToWhatIsOpen(String rule, String paid, String open, String unapplied) {
    debtor
        .billed("I1", "2026-03-01", "2026-03-31", "100.00")
        .paid("P1", "2026-03-02", paid)
        .expectOpen("I1", open)
        .expectUnapplied("P1", unapplied)
        .expectCash(paid);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "the item due a day earlier is paid first, 2026-03-31, 2026-03-30, 100.00, 30.00",
    "on the same due day the smaller id,       2026-03-31, 2026-03-31, 30.00, 100.00",
    "the item due a day later waits,           2026-03-31, 2026-04-01, 30.00, 100.00",
  })
  void theOldestDueIsPaidFirst(
      String rule, String dueOfA, String dueOfB, String openOfA, String openOfB) {
    debtor
        .billed("B", "2026-03-01", dueOfB, "100.00")
        .billed("A", "2026-03-02", dueOfA, "100.00")
        .paid("P1", "2026-03-03", "70.00")
        .expectOpen("A", openOfA)
        .expectOpen("B", openOfB);
  }

  @Test
  void aPaymentGoesOnToTheNextItem() {
    debtor
        .billed("I1", "2026-03-01", "2026-03-31", "spring 30.00")
        .billed("I2", "2026-03-01", "2026-04-30", "summer 50.00")
        .paid("P1", "2026-03-05", "90.00")
        .expectLastEventPosts(
            "PAYMENT CASH P1 P1 null 90 2026-03-05",
            "PAYMENT RECEIVABLE P1 I1 spring -30 2026-03-05",
            "PAYMENT RECEIVABLE P1 I2 summer -50 2026-03-05",
            "PAYMENT UNAPPLIED_CASH P1 P1 null -10 2026-03-05");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "in proportion to what is open,         30.00, 10.00, 20.00",
    "the largest remainder gets the cent,   10.00, 3.33, 6.67",
    "the whole closes both,                 300.00, 100.00, 200.00",
  })
  void aPaymentIsSpreadOverThePromotionsOfAnItem(
      String rule, String paid, String autumn, String spring) {
    debtor
        .billed("I1", "2026-03-01", "2026-03-31", "autumn 100.00", "spring 200.00")
        .paid("P1", "2026-03-05", paid)
        .expectCollected("autumn", autumn)
        .expectCollected("spring", spring);
  }

  @Test
  void onATieNoPromotionComesFirstAndThenTheSmallerId() {
    debtor
        .billed("I1", "2026-03-01", "2026-03-31", "spring 1.00", "autumn 1.00", "1.00")
        .paid("P1", "2026-03-05", "0.02")
        .expectCollected("null", "0.01")
        .expectCollected("autumn", "0.01")
        .expectCollected("spring", "0.00");
  }

  @Test
  void thePromotionsShareByWhatIsStillOpenNotByWhatWasBilled() {
    debtor
        .billed("I1", "2026-03-01", "2026-03-31", "a 0.01", "b 0.01")
        .paid("P1", "2026-03-02", "0.01")
        .paid("P2", "2026-03-03", "0.01")
        .expectCollected("a", "0.01")
        .expectCollected("b", "0.01");
  }

  @Test
  void amountsBelowACentAreNeverPaidTwice() {
    debtor
        .billed("I1", "2026-03-01", "2026-03-31", "a 0.005", "b 0.005")
        .paid("P1", "2026-03-02", "0.01")
        .expectOpen("I1", "a", "0")
        .expectOpen("I1", "b", "0");
  }

  @Test
  void aPaymentInAnotherCurrencyPaysNothing() {
    debtor
        .billed("I1", "2026-03-01", "2026-03-31", "100.00 EUR")
        .paid("P1", "2026-03-02", "100.00 USD")
        .expectOpen("I1", "100.00 EUR")
        .expectUnapplied("P1", "100.00 USD");
  }

  @Test
  void whatIsTooMuchStaysUnappliedWhateverIsBilledLater() {
    debtor
        .paid("P1", "2026-03-01", "30.00")
        .billed("I1", "2026-03-03", "2026-03-31", "40.00")
        .expectOpen("I1", "40.00")
        .expectUnapplied("P1", "30.00");
  }

  @Test
  void anAdvanceWaitsForItsContractAndTheOldestIsUsedFirst() {
    debtor
        .paidUnder("K1", "P2", "2026-03-01", "30.00")
        .paidUnder("K1", "P1", "2026-03-02", "30.00")
        .paidUnder("K2", "P3", "2026-03-02", "30.00")
        .billedUnder("K1", "I1", "2026-03-03", "2026-03-31", "40.00")
        .expectLastEventPosts(
            "INVOICE RECEIVABLE I1 I1 null 40 2026-03-03",
            "INVOICE BILLED I1 I1 null -40 2026-03-03",
            "APPLICATION RECEIVABLE P2 I1 null -30 2026-03-03",
            "APPLICATION UNAPPLIED_CASH P2 P2 null 30 2026-03-03",
            "APPLICATION RECEIVABLE P1 I1 null -10 2026-03-03",
            "APPLICATION UNAPPLIED_CASH P1 P1 null 10 2026-03-03")
        .expectUnapplied("P1", "20.00")
        .expectUnapplied("P3", "30.00");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a cent less leaves the item a cent, 39.99, 0.01, 0.00, 1.00",
    "the exact amount leaves nothing,    40.00, 0.00, 0.00, 1.00",
    "a cent more waits for the next,     40.01, 0.00, 0.00, 0.99",
  })
  void anAdvancePaysUpToWhatItsContractBills(
      String rule, String paid, String open, String unapplied, String openOfNext) {
    debtor
        .paidUnder("K1", "P1", "2026-03-01", paid)
        .billedUnder("K1", "I1", "2026-03-03", "2026-03-31", "40.00")
        .expectOpen("I1", open)
        .billedUnder("K1", "I2", "2026-03-04", "2026-03-31", "1.00")
        .expectOpen("I2", openOfNext)
        .expectUnapplied("P1", unapplied);
  }

  @Test
  void aPaymentForAContractPaysNothingElse() {
    debtor
        .billed("I1", "2026-03-01", "2026-03-05", "10.00")
        .billedUnder("K1", "I2", "2026-03-01", "2026-03-31", "10.00")
        .paidUnder("K1", "P1", "2026-03-02", "15.00")
        .expectOpen("I1", "10.00")
        .expectOpen("I2", "0")
        .expectUnapplied("P1", "5.00");
  }

  @Test
  void anAdvanceInAnotherCurrencyStays() {
    debtor
        .paidUnder("K1", "P1", "2026-03-01", "30.00 USD")
        .billedUnder("K1", "I1", "2026-03-03", "2026-03-31", "40.00 EUR")
        .expectOpen("I1", "40.00 EUR")
        .expectUnapplied("P1", "30.00 USD");
  }

  @Test
  void aPaymentPaysTheInvoicesItNamesAndNotTheOldest() {
    debtor
        .billed("I1", "2026-03-01", "2026-03-05", "10.00")
        .billed("I2", "2026-03-01", "2026-03-31", "10.00")
        .billed("I3", "2026-03-01", "2026-03-31", "10.00")
        .billed("I4", "2026-03-01", "2026-03-31", "10.00")
        .paidFor("P1", "2026-03-02", "25.00", "I2 10.00", "I4 5.00", "I3 10.00")
        .expectLastEventPosts(
            "PAYMENT CASH P1 P1 null 25 2026-03-02",
            "PAYMENT RECEIVABLE P1 I2 null -10 2026-03-02",
            "PAYMENT RECEIVABLE P1 I4 null -5 2026-03-02",
            "PAYMENT RECEIVABLE P1 I3 null -10 2026-03-02")
        .expectOpen("I1", "10.00");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a cent less leaves the item a cent, 10.00,  9.99, 0.01, 0.01",
    "what is open leaves nothing of it,  10.00, 10.00, 0.00, 0.00",
    "a cent more is unapplied,           10.01, 10.01, 0.00, 0.01",
  })
  void anAllocationPaysUpToWhatIsOpen(
      String rule, String paid, String allocated, String open, String unapplied) {
    debtor
        .billed("I1", "2026-03-01", "2026-03-31", "10.00")
        .billed("I2", "2026-03-01", "2026-03-05", "50.00")
        .paidFor("P1", "2026-03-02", paid, "I1 " + allocated)
        .expectOpen("I1", open)
        .expectOpen("I2", "50.00")
        .expectUnapplied("P1", unapplied);
  }

  @Test
  void anAllocationWaitsForItsInvoice() {
    debtor
        .paidFor("P1", "2026-03-01", "30.00", "I1 25.00")
        .billed("I2", "2026-03-02", "2026-03-31", "40.00")
        .expectOpen("I2", "40.00")
        .billed("I1", "2026-03-03", "2026-03-31", "40.00")
        .expectOpen("I1", "15.00")
        .expectUnapplied("P1", "5.00");
  }

  @Test
  void instalmentsAreDueOnDaysOfTheirOwnAndTheLastTakesWhatIsLeft() {
    debtor
        .billedInParts(
            "I1",
            "2026-03-01",
            List.of("autumn 10.00", "spring 20.01"),
            "2026-05-01 15.00",
            "2026-04-01 15.01")
        .expectOpenDue("I1", "2026-04-01", "15.01")
        .expectOpenDue("I1", "2026-05-01", "15.00")
        .expectOpen("I1", "autumn", "10.00")
        .expectOpen("I1", "spring", "20.01")
        .paidFor("P1", "2026-03-02", "16.00", "I1 16.00")
        .expectOpenDue("I1", "2026-04-01", "0")
        .expectOpenDue("I1", "2026-05-01", "14.01");
  }

  @Test
  void aCancelledInvoiceIsOwedNoLongerAndWhatPaidItIsUnapplied() {
    debtor
        .billed("I1", "2026-03-01", "2026-03-31", "spring 30.00", "10.00")
        .paid("P1", "2026-03-02", "20.00")
        .cancelled("I1", "2026-03-03")
        .expectLastEventPosts(
            "RELEASE RECEIVABLE P1 I1 null 5 2026-03-03",
            "RELEASE RECEIVABLE P1 I1 spring 15 2026-03-03",
            "RELEASE UNAPPLIED_CASH P1 P1 null -20 2026-03-03",
            "CANCELLATION RECEIVABLE I1 I1 null -10 2026-03-03",
            "CANCELLATION RECEIVABLE I1 I1 spring -30 2026-03-03",
            "CANCELLATION CANCELLED I1 I1 null 40 2026-03-03")
        .expectCollected("spring", "0")
        .expectCash("20.00")
        .bounced("P1", "2026-03-04")
        .expectOpen("I1", "0")
        .expectUnapplied("P1", "0")
        .expectCash("0");
  }

  @Test
  void whatWasCreditedOfACancelledInvoiceStaysCredited() {
    debtor
        .billed("I1", "2026-03-01", "2026-03-31", "40.00")
        .credited("C1", "2026-03-02", "I1", "15.00")
        .cancelled("I1", "2026-03-03")
        .expectLastEventPosts(
            "CANCELLATION RECEIVABLE I1 I1 null -25 2026-03-03",
            "CANCELLATION CANCELLED I1 I1 null 25 2026-03-03")
        .expectFreeCredit("C1", "0");
  }

  @Test
  void anInvoiceThatComesAfterItsCancellationPostsNothing() {
    debtor
        .cancelled("I1", "2026-03-01")
        .billed("I1", "2026-03-02", "2026-03-31", "40.00")
        .expectLastEventPosts();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "less than is open,        10.00, 30.00, 10.00",
    "all that is open,         40.00,  0.00, 40.00",
    "a cent more gives up all, 40.01,  0.00, 40.00",
  })
  void aWriteOffGivesUpWhatIsOpen(String rule, String amount, String open, String givenUp) {
    debtor
        .billed("I1", "2026-03-01", "2026-03-31", "40.00")
        .billed("I2", "2026-03-01", "2026-03-05", "40.00")
        .writtenOff("W1", "2026-08-01", "I1", amount)
        .expectOpen("I1", open)
        .expectOpen("I2", "40.00")
        .expectSum("given up", givenUp, LedgerAccount.WRITTEN_OFF)
        .expectCash("0");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a cent less leaves a cent,  9.99, 0.01, 0.00",
    "all that is open,          10.00, 0.00, 0.00",
    "a cent more is free,       10.01, 0.00, 0.01",
  })
  void anAdjustmentDownLowersWhatIsOpen(String rule, String amount, String open, String free) {
    debtor
        .billed("I1", "2026-03-01", "2026-03-31", "10.00")
        .owesLess("A1", "2026-03-02", "I1", amount)
        .expectOpen("I1", open)
        .expectFreeCredit("A1", free)
        .expectSum("adjusted", amount, LedgerAccount.ADJUSTED);
  }

  @Test
  void anAdjustmentDownOfNoInvoiceLowersTheOldestDue() {
    debtor
        .billed("I1", "2026-03-01", "2026-03-31", "10.00")
        .billed("I2", "2026-03-01", "2026-03-05", "10.00")
        .owesLess("A1", "2026-03-02", null, "12.00")
        .expectOpen("I1", "8.00")
        .expectOpen("I2", "0");
  }

  @Test
  void anAdjustmentUpIsDueAtOnceAndPaidLikeAnyItem() {
    debtor
        .billed("I1", "2026-03-01", "2026-03-31", "10.00")
        .owesMore("A1", "2026-03-02", "I1", "3.00")
        .expectOpenDue("I1", "2026-03-02", "3.00")
        .owesMore("A2", "2026-03-03", null, "2.00")
        .expectOpen("A2", "2.00")
        .paid("P1", "2026-03-04", "4.00")
        .expectOpenDue("I1", "2026-03-02", "0")
        .expectOpen("A2", "1.00")
        .expectOpen("I1", "10.00");
  }

  @Test
  void aRefundGivesBackTheNamedPaymentsRest() {
    debtor
        .paid("P1", "2026-03-01", "10.00")
        .paid("P2", "2026-03-02", "10.00")
        .refunded("R1", "2026-03-03", "P2", null, "4.00")
        .expectLastEventPosts(
            "REFUND UNAPPLIED_CASH P2 P2 null 4 2026-03-03", "REFUND CASH R1 R1 null -4 2026-03-03")
        .expectUnapplied("P1", "10.00")
        .expectUnapplied("P2", "6.00")
        .expectCash("16.00");
  }

  @Test
  void aFreeCreditNoteIsPaidOut() {
    debtor
        .credited("C1", "2026-03-01", null, "10.00")
        .refunded("R1", "2026-03-02", null, "C1", "10.00")
        .expectFreeCredit("C1", "0")
        .expectCash("-10.00");
  }

  @Test
  void aRefundOfNothingNamedTakesTheOldestCashFirstAndThenCredit() {
    debtor
        .credited("C1", "2026-02-01", null, "10.00")
        .paid("P2", "2026-03-01", "10.00")
        .paid("P1", "2026-03-02", "10.00")
        .refunded("R1", "2026-03-03", null, null, "23.00")
        .expectUnapplied("P2", "0")
        .expectUnapplied("P1", "0")
        .expectFreeCredit("C1", "7.00");
  }

  @Test
  void whatIsPaidBackBeyondWhatThereWasIsOwed() {
    debtor
        .paid("P1", "2026-03-01", "10.00")
        .refunded("R1", "2026-03-03", "P1", null, "12.00")
        .expectOpenDue("R1", "2026-03-03", "2.00")
        .bounced("P1", "2026-03-05")
        .expectOpenDue("P1", "2026-03-05", "10.00")
        .expectCash("-12.00");
  }

  @Test
  void atTheSameInstantAnInvoiceIsThereBeforeItsPayment() {
    debtor
        .paid("P1", "2026-03-01", "40.00")
        .billed("I1", "2026-03-01", "2026-03-31", "40.00")
        .expectLastEventPosts(
            "PAYMENT CASH P1 P1 null 40 2026-03-01",
            "PAYMENT RECEIVABLE P1 I1 null -40 2026-03-01");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a cent less leaves a cent,  99.99,  0.01, 0.00",
    "the exact amount closes it, 100.00, 0.00, 0.00",
    "a cent more is free,        100.01, 0.00, 0.01",
  })
  void aCreditNoteLowersItsInvoiceUpToWhatIsOpen(
      String rule, String credited, String open, String free) {
    debtor
        .billed("I1", "2026-03-01", "2026-03-31", "100.00")
        .billed("I2", "2026-03-01", "2026-03-15", "70.00")
        .credited("C1", "2026-03-02", "I1", credited)
        .expectOpen("I1", open)
        .expectOpen("I2", "70.00")
        .expectFreeCredit("C1", free)
        .expectCash("0");
  }

  @Test
  void aCreditNoteOnAPaidInvoiceIsFree() {
    debtor
        .billed("I1", "2026-03-01", "2026-03-31", "100.00")
        .paid("P1", "2026-03-02", "100.00")
        .credited("C1", "2026-03-03", "I1", "10.00")
        .expectLastEventPosts(
            "CREDIT_NOTE CREDITED C1 C1 null 10 2026-03-03",
            "CREDIT_NOTE FREE_CREDIT C1 C1 null -10 2026-03-03");
  }

  @Test
  void aFreeCreditNoteStaysOpenWhateverIsBilledLater() {
    debtor
        .credited("C1", "2026-03-01", null, "10.00")
        .billed("I1", "2026-03-03", "2026-03-31", "100.00")
        .expectFreeCredit("C1", "10.00")
        .expectOpen("I1", "100.00");
  }

  @Test
  void aCreditNoteWaitsForItsInvoiceAndIsUsedBeforeMoneyThatDoes() {
    debtor
        .paidFor("P1", "2026-03-01", "100.00", "I1 100.00")
        .credited("C1", "2026-03-02", "I1", "30.00")
        .credited("C2", "2026-03-02", "another invoice", "30.00")
        .billed("I1", "2026-03-03", "2026-03-31", "100.00")
        .expectLastEventPosts(
            "INVOICE RECEIVABLE I1 I1 null 100 2026-03-03",
            "INVOICE BILLED I1 I1 null -100 2026-03-03",
            "CREDIT_NOTE RECEIVABLE C1 I1 null -30 2026-03-03",
            "CREDIT_NOTE FREE_CREDIT C1 C1 null 30 2026-03-03",
            "APPLICATION RECEIVABLE P1 I1 null -70 2026-03-03",
            "APPLICATION UNAPPLIED_CASH P1 P1 null 70 2026-03-03")
        .expectFreeCredit("C2", "30.00");
  }

  @Test
  void aReversalGivesEverythingBackWhereItWasTaken() {
    debtor
        .billedUnder("K1", "I1", "2026-03-01", "2026-03-31", "autumn 10.00", "spring 20.00")
        .paidUnder("K1", "P1", "2026-03-02", "45.00")
        .billedUnder("K1", "I2", "2026-03-03", "2026-03-31", "summer 5.00")
        .bounced("P1", "2026-03-04")
        .expectLastEventPosts(
            "REVERSAL RECEIVABLE P1 I1 autumn 10 2026-03-04",
            "REVERSAL RECEIVABLE P1 I1 spring 20 2026-03-04",
            "REVERSAL RECEIVABLE P1 I2 summer 5 2026-03-04",
            "REVERSAL UNAPPLIED_CASH P1 P1 null 10 2026-03-04",
            "REVERSAL CASH P1 P1 null -45 2026-03-04")
        .expectCollected("autumn", "0")
        .expectCollected("spring", "0")
        .expectCash("0");
  }

  @Test
  void anItemThatIsOpenAgainIsPaidByTheNextPaymentButNotByUnappliedCash() {
    debtor
        .billed("I1", "2026-03-01", "2026-03-31", "10.00")
        .paid("P1", "2026-03-02", "10.00")
        .paid("P2", "2026-03-03", "10.00")
        .bounced("P1", "2026-03-04")
        .expectOpen("I1", "10.00")
        .expectUnapplied("P2", "10.00")
        .paid("P3", "2026-03-05", "4.00")
        .expectPays("P3", "I1", "4.00")
        .expectOpen("I1", "6.00");
  }

  @Test
  void aCreditBetweenPaymentAndReversalIsKept() {
    debtor
        .billed("I1", "2026-03-01", "2026-03-31", "100.00")
        .paid("P1", "2026-03-02", "60.00")
        .credited("C1", "2026-03-03", "I1", "40.00")
        .bounced("P1", "2026-03-04")
        .expectOpen("I1", "60.00")
        .expectFreeCredit("C1", "0");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a moment after its payment, 2026-03-02T12:00:00.000001Z",
    "at the same instant,        2026-03-02T12:00:00Z",
    "a moment before,            2026-03-02T11:59:59.999999Z",
  })
  void aBouncedPaymentLeavesNothingOnEitherSideOfItsReversal(String rule, String reversedAt) {
    debtor
        .billed("I1", "2026-03-01", "2026-03-31", "100.00")
        .paid("P1", "2026-03-02T12:00:00Z", "60.00")
        .bounced("P1", reversedAt)
        .expectOpen("I1", "100.00")
        .expectUnapplied("P1", "0")
        .expectCash("0");
  }

  @Test
  void aPaymentThatComesAfterItsReversalPostsNothing() {
    debtor
        .billed("I1", "2026-03-01", "2026-03-31", "100.00")
        .bounced("P1", "2026-03-02")
        .expectLastEventPosts()
        .paid("P1", "2026-03-03", "60.00")
        .expectLastEventPosts();
  }

  @Test
  void aSecondReversalSaysNothingNew() {
    debtor
        .billed("I1", "2026-03-01", "2026-03-31", "100.00")
        .paid("P1", "2026-03-02", "60.00")
        .bounced("P1", "2026-03-03")
        .bounced("P1", "2026-03-04")
        .expectLastEventPosts()
        .expectOpen("I1", "100.00");
  }

  @Test
  void documentsThatShareAnIdBothCount() {
    debtor
        .billed("I1", "2026-03-01", "2026-03-31", "100.00")
        .billed("I1", "2026-03-02", "2026-04-30", "50.00")
        .credited("C1", "2026-03-03", "I1", "110.00")
        .credited("C1", "2026-03-04", "I1", "5.00")
        .expectOpen("I1", "35.00")
        .paid("P1", "2026-03-05", "20.00")
        .paid("P1", "2026-03-06", "20.00")
        .expectOpen("I1", "0")
        .expectUnapplied("P1", "5.00")
        .bounced("P1", "2026-03-07")
        .expectOpen("I1", "35.00")
        .expectCash("0");
  }

  @Test
  void aLateEventGivesWhatItWouldHaveGivenInTime() {
    List<ReceivablesLine> inTime =
        new ReceivablesScenario()
            .billed("I1", "2026-03-01", "2026-03-31", "100.00")
            .paid("P1", "2026-03-02", "60.00")
            .lines();

    List<ReceivablesLine> late =
        new ReceivablesScenario()
            .paid("P1", "2026-03-02", "60.00")
            .billed("I1", "2026-03-01", "2026-03-31", "100.00")
            .lines();

    assertThat(late)
        .extracting(ReceivablesLine::account, ReceivablesLine::amount, ReceivablesLine::entry)
        .isEqualTo(
            inTime.stream()
                .map(line -> tuple(line.account(), line.amount(), line.entry()))
                .toList());
  }

  @Test
  void aClosedInvoiceLeavesTheAccountAndItsPaymentStays() {
    Account account =
        debtor
            .billed("I1", "2026-03-01", "2026-03-31", "100.00")
            .credited("C1", "2026-03-02", "I1", "40.00")
            .paid("P1", "2026-03-03", "60.00")
            .account();

    assertThat(account.openItems()).isEmpty();
    assertThat(account.itemsOf()).isEmpty();
    assertThat(account.pots()).isEmpty();
    assertThat(account.payments()).containsOnlyKeys("P1");
  }

  @Test
  void aBouncedPaymentKeepsNothingButItsId() {
    Account account =
        debtor
            .billed("I1", "2026-03-01", "2026-03-31", "10.00")
            .paid("P1", "2026-03-03", "60.00")
            .bounced("P1", "2026-03-04")
            .account();

    assertThat(account.pots()).isEmpty();
    assertThat(account.payments()).containsEntry("P1", Payment.REVERSED);
  }

  @Test
  void anAmountWithASignIsRefusedByName() {
    Money negative = new Money(-1, "EUR");

    assertThatThrownBy(() -> PaymentReceived.unallocated("P1", LocalDate.EPOCH, negative))
        .hasMessageContaining("amount of a payment is negative");
    assertThatThrownBy(() -> new CreditNoteIssued("C1", null, LocalDate.EPOCH, negative))
        .hasMessageContaining("amount of a credit note is negative");
    assertThatThrownBy(() -> new InvoiceLine(null, negative))
        .hasMessageContaining("amount of an invoice line is negative");
  }

  @Test
  void partsThatAreNotTheWholeAreRefusedByName() {
    assertThatThrownBy(
            () ->
                debtor.billedInParts(
                    "I1", "2026-03-01", List.of("10.00"), "2026-04-01 5.00", "2026-05-01 4.99"))
        .hasMessageContaining("invoice I1 bills 10.00 EUR, but its instalments are 9.99 EUR");
    assertThatThrownBy(() -> debtor.paidFor("P1", "2026-03-01", "10.00", "I1 10.01"))
        .hasMessageContaining("payment P1 is of 10.00 EUR, but 10.01 EUR of it is allocated");
  }

  @Test
  void anInvoiceInTwoCurrenciesIsRefusedByName() {
    assertThatThrownBy(
            () -> debtor.billed("I1", "2026-03-01", "2026-03-31", "1.00 EUR", "1.00 USD"))
        .hasMessageContaining("invoice I1 mixes EUR and USD");
  }
}
