package dev.tributary.stories;

import dev.tributary.events.AssessmentKind;
import dev.tributary.events.CallDirection;
import dev.tributary.events.CallPurpose;
import dev.tributary.events.CallRecorded;
import dev.tributary.events.CallResult;
import dev.tributary.events.ChangedInstalment;
import dev.tributary.events.CollateralKind;
import dev.tributary.events.CollateralPledged;
import dev.tributary.events.ConferenceInviteeAdvanced;
import dev.tributary.events.ContactDepth;
import dev.tributary.events.ContractChanged;
import dev.tributary.events.ContractInstalment;
import dev.tributary.events.ContractSigned;
import dev.tributary.events.ContractTerminated;
import dev.tributary.events.CreditLimitSet;
import dev.tributary.events.CreditNoteIssued;
import dev.tributary.events.CustomerMerged;
import dev.tributary.events.CustomerRegistered;
import dev.tributary.events.CustomerReviewed;
import dev.tributary.events.CustomerSplit;
import dev.tributary.events.DebtorAssessed;
import dev.tributary.events.DepositKind;
import dev.tributary.events.DepositPaid;
import dev.tributary.events.DepositRefunded;
import dev.tributary.events.DisputeOpened;
import dev.tributary.events.DisputeResolved;
import dev.tributary.events.Envelope;
import dev.tributary.events.GoodsReturned;
import dev.tributary.events.GoodsShipped;
import dev.tributary.events.InviteeClass;
import dev.tributary.events.InviteeStep;
import dev.tributary.events.InvoiceIssued;
import dev.tributary.events.InvoiceLine;
import dev.tributary.events.LimitHolder;
import dev.tributary.events.OnlineSessionRecorded;
import dev.tributary.events.PaymentReceived;
import dev.tributary.events.PromotionContactMade;
import dev.tributary.events.QuoteGiven;
import dev.tributary.events.ReceptionRole;
import dev.tributary.events.ReferralRecorded;
import dev.tributary.events.ReturnLine;
import dev.tributary.events.SaleLine;
import dev.tributary.events.SaleRecorded;
import dev.tributary.events.Settlement;
import dev.tributary.events.ShipmentLine;
import dev.tributary.events.VisitMethod;
import dev.tributary.events.VisitPlace;
import dev.tributary.events.VisitRecorded;
import dev.tributary.events.VisitorKind;
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

  /**
   * @param channel as recorded, null when unknown
   * @param promotion null without one
   */
  public static VisitRecorded visit(
      String id, String customer, int day, String channel, String promotion) {
    return VisitRecorded.newBuilder()
        .setEnvelope(envelope("visit:" + id, day))
        .setVisitId(id)
        .setCustomerId(customer)
        .setEndedAt(envelope(id, day).getOccurredAt().plusSeconds(600))
        .setPlace(VisitPlace.CITY_OFFICE)
        .setStaffId("staff")
        .setRole(ReceptionRole.OWNER)
        .setIsNew(true)
        .setRegisterComplete(true)
        .setFirstVisitAsked(true)
        .setOtherSiteAsked(true)
        .setCompanyReferred(false)
        .setVisitorKind(VisitorKind.BUYER)
        .setDepth(ContactDepth.EXPLAIN)
        .setMethod(VisitMethod.OTHER)
        .setChannel(channel)
        .setPromotionId(promotion)
        .setNoteTaken(false)
        .setKeyMark(false)
        .build();
  }

  /**
   * @param customer null when unknown
   * @param channel as named, null when unknown
   */
  public static CallRecorded call(
      String id, String customer, int day, CallDirection direction, String channel) {
    Instant at = envelope(id, day).getOccurredAt();
    return CallRecorded.newBuilder()
        .setEnvelope(envelope("call:" + id, day))
        .setCallId(id)
        .setCustomerId(customer)
        .setDirection(direction)
        .setPurpose(CallPurpose.ENQUIRY)
        .setResult(CallResult.CONNECTED)
        .setAnsweredAt(at.plusSeconds(10))
        .setEndedAt(at.plusSeconds(100))
        .setQueueSeconds(10)
        .setStaffId("staff")
        .setChannel(channel)
        .setNameDisclosed(false)
        .setSampled(false)
        .build();
  }

  public static PromotionContactMade contact(
      String id, String customer, int day, String channel, String promotion) {
    return PromotionContactMade.newBuilder()
        .setEnvelope(envelope("contact:" + id, day))
        .setContactId(id)
        .setCustomerId(customer)
        .setPromotionId(promotion)
        .setChannel(channel)
        .setParticipated(false)
        .setFirstSeenThroughIt(false)
        .build();
  }

  /**
   * @param customer null when unknown
   * @param source utm_source, null without one
   * @param medium utm_medium, null without one
   */
  public static OnlineSessionRecorded session(
      String id, String customer, int day, String channel, String source, String medium) {
    return OnlineSessionRecorded.newBuilder()
        .setEnvelope(envelope("session:" + id, day))
        .setSessionId(id)
        .setCustomerId(customer)
        .setVisitorId("visitor-" + id)
        .setEndedAt(envelope(id, day).getOccurredAt().plusSeconds(60))
        .setChannel(channel)
        .setUtmSource(source)
        .setUtmMedium(medium)
        .setUtmCampaign(medium == null ? null : "spring")
        .setPageCount(3)
        .setEnquired(false)
        .setOrdered(false)
        .build();
  }

  public static ReferralRecorded referral(String id, String customer, int day) {
    return ReferralRecorded.newBuilder()
        .setEnvelope(envelope("referral:" + id, day))
        .setCustomerId(customer)
        .setReferrerCustomerId("referrer")
        .setRecordedBy("staff")
        .build();
  }

  public static ConferenceInviteeAdvanced invitee(
      String id, String customer, int day, InviteeStep step) {
    return ConferenceInviteeAdvanced.newBuilder()
        .setEnvelope(envelope("invitee:" + id, day))
        .setConferenceId("conference")
        .setCustomerId(customer)
        .setInviteeClass(InviteeClass.TARGET_CUSTOMER)
        .setStep(step)
        .setStaffId("staff")
        .setPhoneCount(0)
        .build();
  }

  public static CustomerRegistered registered(String customer, int day) {
    return CustomerRegistered.newBuilder()
        .setEnvelope(envelope("registered:" + customer, day))
        .setCustomerId(customer)
        .setName(customer)
        .setRegion("East")
        .build();
  }

  public static QuoteGiven quote(String id, String customer, int day, long amount) {
    return QuoteGiven.newBuilder()
        .setEnvelope(envelope("quote:" + id, day))
        .setQuoteId(id)
        .setCustomerId(customer)
        .setStaffId("staff")
        .setQuotedOn(march(day))
        .setValidUntil(march(day + 14))
        .setListAmountMicros(yuan(amount))
        .setAmountMicros(yuan(amount))
        .setCurrency("CNY")
        .build();
  }

  public static DepositPaid deposit(String id, String customer, int day, long amount) {
    return DepositPaid.newBuilder()
        .setEnvelope(envelope("deposit:" + id, day))
        .setDepositId(id)
        .setKind(DepositKind.DEPOSIT)
        .setCustomerId(customer)
        .setProjectId("project")
        .setUnitId("unit-" + id)
        .setStaffId("staff")
        .setPaidOn(march(day))
        .setAmountMicros(yuan(amount))
        .setCurrency("CNY")
        .build();
  }

  public static DepositRefunded depositRefunded(String id, String customer, int day, long amount) {
    return DepositRefunded.newBuilder()
        .setEnvelope(envelope("deposit-refund:" + id, day))
        .setDepositId(id)
        .setCustomerId(customer)
        .setRefundedOn(march(day))
        .setAmountMicros(yuan(amount))
        .setCurrency("CNY")
        .setReason("test")
        .build();
  }

  public static ContractSigned contractSigned(String id, String customer, int day, long amount) {
    return ContractSigned.newBuilder()
        .setEnvelope(envelope("contract:" + id, day))
        .setContractId(id)
        .setCustomerId(customer)
        .setRegion("East")
        .setStaffId("staff")
        .setSignedOn(march(day))
        .setNetAmountMicros(yuan(amount))
        .setTaxMicros(0)
        .setCurrency("CNY")
        .setInstalments(List.of(new ContractInstalment(1, march(day + 30), yuan(amount))))
        .setPaymentMethod("transfer")
        .build();
  }

  public static ContractChanged contractChanged(String id, String customer, int day, long amount) {
    return ContractChanged.newBuilder()
        .setEnvelope(envelope("contract-change:" + id, day))
        .setContractId(id)
        .setCustomerId(customer)
        .setChangedOn(march(day))
        .setNetAmountMicros(yuan(amount))
        .setTaxMicros(0)
        .setCurrency("CNY")
        .setInstalments(List.of(new ChangedInstalment(1, march(day + 30), yuan(amount))))
        .setNotified(true)
        .setReason("test")
        .build();
  }

  public static ContractTerminated contractTerminated(String id, String customer, int day) {
    return ContractTerminated.newBuilder()
        .setEnvelope(envelope("contract-end:" + id, day))
        .setContractId(id)
        .setCustomerId(customer)
        .setTerminatedOn(march(day))
        .setNotified(true)
        .setReason("test")
        .build();
  }

  public static long yuan(long amount) {
    return amount * 1_000_000;
  }
}
