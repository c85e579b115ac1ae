package dev.tributary.jobs;

import static dev.tributary.stories.Events.COMPANY;
import static dev.tributary.stories.Events.envelope;
import static dev.tributary.stories.Events.invoice;
import static dev.tributary.stories.Events.march;
import static dev.tributary.stories.Events.yuan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.domain.Money;
import dev.tributary.domain.Place;
import dev.tributary.domain.credit.BalanceMoved;
import dev.tributary.domain.credit.Component;
import dev.tributary.domain.credit.CreditEvent;
import dev.tributary.domain.credit.ShipmentInvoiced;
import dev.tributary.domain.receivables.Entry;
import dev.tributary.domain.receivables.LedgerAccount;
import dev.tributary.domain.receivables.ReceivablesLine;
import dev.tributary.events.AssessmentKind;
import dev.tributary.events.CreditLimitSet;
import dev.tributary.events.DebtorAssessed;
import dev.tributary.events.GoodsShipped;
import dev.tributary.events.InvoiceIssued;
import dev.tributary.events.InvoiceLine;
import dev.tributary.events.LimitHolder;
import dev.tributary.events.ShipmentLine;
import dev.tributary.runtime.ledger.Change;
import dev.tributary.runtime.ledger.Posted;
import dev.tributary.schemas.WireFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.DefaultOpenContext;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CreditEventsTest {

  private static final String SUBJECT = Subject.of(COMPANY, "ann");

  private static CreditLimitSet limit(LimitHolder holder, String component) {
    return CreditLimitSet.newBuilder()
        .setEnvelope(envelope("limit", 1))
        .setHolder(holder)
        .setHolderId("ann")
        .setComponent(component)
        .setEffectiveOn(march(1))
        .setAmountMicros(yuan(5))
        .setCurrency("CNY")
        .setApprovedBy("manager")
        .setAuthorityLevel(1)
        .build();
  }

  @Test
  void aShipmentIsWorthItsLines() {
    GoodsShipped shipped =
        GoodsShipped.newBuilder()
            .setEnvelope(envelope("shipped", 1))
            .setShipmentId("s1")
            .setCustomerId("ann")
            .setRegion("East")
            .setShippedOn(march(1))
            .setCurrency("CNY")
            .setLines(
                List.of(
                    new ShipmentLine(1, "tea", null, 1L, 1L, yuan(3)),
                    new ShipmentLine(2, "cup", null, 1L, 1L, yuan(4))))
            .build();

    assertThat(CreditEvents.of(shipped))
        .contains(
            new dev.tributary.domain.credit.GoodsShipped(
                "s1", march(1), new Money(yuan(7), "CNY")));
  }

  @Test
  void anInvoiceMattersBesideItsLinesWhenItBillsAShipment() {
    InvoiceIssued invoice = invoice("i1", "ann", 2, 20, null, 3);
    assertThat(CreditEvents.of(invoice)).isEmpty();

    invoice.setShipmentId("s1");
    invoice.setLines(
        List.of(
            new InvoiceLine(1, null, yuan(3), null), new InvoiceLine(2, "promo", yuan(4), null)));
    assertThat(CreditEvents.of(invoice))
        .contains(new ShipmentInvoiced("i1", "s1", march(2), new Money(yuan(7), "CNY")));
  }

  @ParameterizedTest
  @EnumSource(LimitHolder.class)
  void onlyACustomersOwnLimitNamesACustomer(LimitHolder holder) {
    CreditLimitSet limit = limit(holder, null);

    assertThat(DomainEvents.customerId(limit).isPresent())
        .isEqualTo(holder == LimitHolder.CUSTOMER);
    assertThat(CreditEvents.of(limit).isPresent()).isEqualTo(holder == LimitHolder.CUSTOMER);
  }

  @ParameterizedTest
  @EnumSource(Component.class)
  void aLimitCanBeSetForEveryPartOfAnExposure(Component component) {
    assertThat(new WireFormat().violation(limit(LimitHolder.CUSTOMER, component.name()))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(AssessmentKind.class)
  void everyKindOfFindingIsKnown(AssessmentKind kind) {
    DebtorAssessed assessed =
        DebtorAssessed.newBuilder()
            .setEnvelope(envelope("assessed", 1))
            .setAssessmentId("a1")
            .setCustomerId("ann")
            .setKind(kind)
            .setAdverse(true)
            .setAssessedOn(march(1))
            .setEvidence("seen")
            .setStaffId("staff")
            .build();

    assertThat(CreditEvents.of(assessed)).isPresent();
    assertThat(Policy.shipped().credit().notches()).containsKey(kind.name());
  }

  @Test
  void aReversedLineTakesBackTheVeryEventThatItWas() throws Exception {
    ReceivablesLine line = line(LedgerAccount.RECEIVABLE, "promo", 5);
    ReceivablesLine other = line(LedgerAccount.RECEIVABLE, "promo", -5);

    List<Change<CreditEvent>> changes =
        balances(
            new Posted<>(SUBJECT, line, 1),
            new Posted<>(SUBJECT, line.negate(), -1),
            new Posted<>(SUBJECT, other, 1));

    assertThat(changes.get(0).place()).isEqualTo(line.place());
    assertThat(changes.get(0).event()).isEqualTo(BalanceMoved.of(line).orElseThrow());
    assertThat(changes.get(1))
        .isEqualTo(
            new Change<>(
                SUBJECT,
                changes.get(0).place(),
                changes.get(0).hash(),
                -1,
                changes.get(0).event()));
    assertThat(changes.get(2).hash())
        .as("a line that lowers is not a reversal")
        .isNotEqualTo(changes.get(0).hash());
  }

  @Test
  void linesThatMoveNoBalanceMeanNothing() throws Exception {
    assertThat(
            balances(
                new Posted<>(SUBJECT, line(LedgerAccount.BILLED, null, 5), 1),
                new Posted<>(SUBJECT, line(LedgerAccount.CASH, null, 5), 1)))
        .isEmpty();
  }

  private static ReceivablesLine line(LedgerAccount account, String promotion, long amount) {
    return new ReceivablesLine(
        account,
        Entry.INVOICE,
        "i1",
        "i1",
        promotion,
        "East",
        new Money(yuan(amount), "CNY"),
        march(1),
        march(9),
        "ARX-2",
        new Place(Instant.EPOCH, 40, 7, "invoice:i1"));
  }

  @SafeVarargs
  private static List<Change<CreditEvent>> balances(Posted<ReceivablesLine>... posted)
      throws Exception {
    BalancesOfLines balances = new BalancesOfLines();
    balances.open(DefaultOpenContext.INSTANCE);
    List<Change<CreditEvent>> changes = new ArrayList<>();
    for (Posted<ReceivablesLine> each : posted) {
      balances.flatMap(each, new ListCollector<>(changes));
    }
    return changes;
  }
}
