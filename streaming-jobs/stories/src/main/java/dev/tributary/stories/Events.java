package dev.tributary.stories;

import dev.tributary.events.AssessmentKind;
import dev.tributary.events.CollateralKind;
import dev.tributary.events.CollateralPledged;
import dev.tributary.events.CreditLimitSet;
import dev.tributary.events.CreditNoteIssued;
import dev.tributary.events.CustomerMerged;
import dev.tributary.events.CustomerReviewed;
import dev.tributary.events.CustomerSplit;
import dev.tributary.events.DebtorAssessed;
import dev.tributary.events.DisputeOpened;
import dev.tributary.events.DisputeResolved;
import dev.tributary.events.Envelope;
import dev.tributary.events.GoodsReturned;
import dev.tributary.events.GoodsShipped;
import dev.tributary.events.InvoiceIssued;
import dev.tributary.events.InvoiceLine;
import dev.tributary.events.LimitHolder;
import dev.tributary.events.PaymentReceived;
import dev.tributary.events.ReturnLine;
import dev.tributary.events.SaleLine;
import dev.tributary.events.SaleRecorded;
import dev.tributary.events.Settlement;
import dev.tributary.events.ShipmentLine;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Events as a test tells them. Amounts are whole yuan, days are days of March 2026. */
public final class Events {

  public static final String COMPANY = "meridian";
  private static final LocalDate MARCH = LocalDate.of(2026, 2, 28);

  private Events() {}

  public static LocalDate march(int day) {
    return MARCH.plusDays(day);
  }

  public static Envelope envelope(String id, int day) {
    return envelope(id, null, 0, day);
  }

  public static Envelope envelope(String id, String corrects, int revision, int day) {
    Instant at = march(day).atStartOfDay(java.time.ZoneOffset.UTC).toInstant();
    return Envelope.newBuilder()
        .setEventId(id)
        .setCorrects(corrects)
        .setRevision(revision)
        .setSource("test")
        .setSourceSequence(0)
        .setOccurredAt(at)
        .setRecordedAt(at)
        .setCompany(COMPANY)
        .build();
  }

  public static SaleRecorded sale(
      String id, String customer, int day, String promotion, long amount) {
    return SaleRecorded.newBuilder()
        .setEnvelope(envelope("sale:" + id, day))
        .setSaleId(id)
        .setCustomerId(customer)
        .setRegion("East")
        .setSoldOn(march(day))
        .setSettlement(Settlement.AT_SALE)
        .setCurrency("CNY")
        .setLines(
            List.of(new SaleLine(1, "p", promotion, 1_000_000L, yuan(amount), yuan(amount / 2))))
        .build();
  }

  public static InvoiceIssued invoice(
      String id, String customer, int day, int due, String promotion, long amount) {
    return InvoiceIssued.newBuilder()
        .setEnvelope(envelope("invoice:" + id, day))
        .setInvoiceId(id)
        .setCustomerId(customer)
        .setRegion("East")
        .setIssuedOn(march(day))
        .setDueOn(march(due))
        .setCurrency("CNY")
        .setLines(List.of(new InvoiceLine(1, promotion, yuan(amount), null)))
        .build();
  }

  public static GoodsShipped shipment(String id, String customer, int day, long amount) {
    return GoodsShipped.newBuilder()
        .setEnvelope(envelope("shipment:" + id, day))
        .setShipmentId(id)
        .setCustomerId(customer)
        .setRegion("East")
        .setShippedOn(march(day))
        .setCurrency("CNY")
        .setLines(List.of(new ShipmentLine(1, "p", null, 1_000_000L, yuan(amount), yuan(amount))))
        .build();
  }

  /**
   * @param shipment null when the return names none
   */
  public static GoodsReturned goodsReturned(
      String id, String customer, int day, String shipment, long amount) {
    return GoodsReturned.newBuilder()
        .setEnvelope(envelope("return:" + id, day))
        .setReturnId(id)
        .setCustomerId(customer)
        .setShipmentId(shipment)
        .setReturnedOn(march(day))
        .setCurrency("CNY")
        .setLines(List.of(new ReturnLine(1, "p", null, 1_000_000L, yuan(amount), yuan(amount))))
        .setReason("test")
        .build();
  }

  /**
   * @param component null for all of the exposure
   * @param until null without an end
   */
  public static CreditLimitSet limit(
      String id, String customer, int day, Integer until, String component, long amount) {
    return CreditLimitSet.newBuilder()
        .setEnvelope(envelope("limit:" + id, day))
        .setHolder(LimitHolder.CUSTOMER)
        .setHolderId(customer)
        .setComponent(component)
        .setEffectiveOn(march(day))
        .setEndsOn(until == null ? null : march(until))
        .setAmountMicros(yuan(amount))
        .setCurrency("CNY")
        .setApprovedBy("manager")
        .setAuthorityLevel(1)
        .build();
  }

  /**
   * @param until null without an end
   */
  public static CollateralPledged collateral(
      String id, String collateral, String customer, int day, Integer until, long value) {
    return CollateralPledged.newBuilder()
        .setEnvelope(envelope("pledge:" + id, day))
        .setCollateralId(collateral)
        .setCustomerId(customer)
        .setKind(CollateralKind.GOODS)
        .setPledgedOn(march(day))
        .setEndsOn(until == null ? null : march(until))
        .setValueMicros(yuan(value))
        .setCurrency("CNY")
        .build();
  }

  public static DebtorAssessed assessed(
      String id, String customer, int day, AssessmentKind kind, boolean adverse) {
    return DebtorAssessed.newBuilder()
        .setEnvelope(envelope("assessed:" + id, day))
        .setAssessmentId(id)
        .setCustomerId(customer)
        .setKind(kind)
        .setAdverse(adverse)
        .setAssessedOn(march(day))
        .setEvidence("test")
        .setStaffId("staff")
        .build();
  }

  public static CustomerReviewed reviewed(String id, String customer, int day) {
    return CustomerReviewed.newBuilder()
        .setEnvelope(envelope("reviewed:" + id, day))
        .setCustomerId(customer)
        .setReviewedOn(march(day))
        .setReviewerId("staff")
        .setChanged(false)
        .build();
  }

  public static DisputeOpened disputed(
      String id, String customer, int day, String invoice, long amount) {
    return DisputeOpened.newBuilder()
        .setEnvelope(envelope("disputed:" + id, day))
        .setDisputeId(id)
        .setCustomerId(customer)
        .setInvoiceId(invoice)
        .setOpenedOn(march(day))
        .setAmountMicros(yuan(amount))
        .setCurrency("CNY")
        .setReason("test")
        .build();
  }

  public static DisputeResolved disputeResolved(
      String id, String customer, int day, boolean upheld) {
    return DisputeResolved.newBuilder()
        .setEnvelope(envelope("dispute-resolved:" + id, day))
        .setDisputeId(id)
        .setCustomerId(customer)
        .setResolvedOn(march(day))
        .setUpheld(upheld)
        .build();
  }

  public static PaymentReceived payment(String id, String customer, int day, long amount) {
    return PaymentReceived.newBuilder()
        .setEnvelope(envelope("payment:" + id, day))
        .setPaymentId(id)
        .setCustomerId(customer)
        .setReceivedOn(march(day))
        .setAmountMicros(yuan(amount))
        .setCurrency("CNY")
        .build();
  }

  public static CreditNoteIssued creditNote(
      String id, String customer, int day, String invoice, long amount) {
    return CreditNoteIssued.newBuilder()
        .setEnvelope(envelope("credit:" + id, day))
        .setCreditNoteId(id)
        .setCustomerId(customer)
        .setInvoiceId(invoice)
        .setIssuedOn(march(day))
        .setAmountMicros(yuan(amount))
        .setCurrency("CNY")
        .setReason("test")
        .build();
  }

  public static CustomerMerged merged(String id, String customer, String duplicate, int day) {
    return CustomerMerged.newBuilder()
        .setEnvelope(envelope("merge:" + id, day))
        .setCustomerId(customer)
        .setDuplicateId(duplicate)
        .setReason("test")
        .build();
  }

  public static CustomerSplit split(String id, String merge, int day) {
    return CustomerSplit.newBuilder()
        .setEnvelope(envelope("split:" + id, day))
        .setMergeEventId("merge:" + merge)
        .setReason("test")
        .build();
  }

  public static long yuan(long amount) {
    return amount * 1_000_000;
  }
}
