package dev.tributary.jobs;

import dev.tributary.domain.Money;
import dev.tributary.domain.Place;
import dev.tributary.domain.attribution.AttributionEvent;
import dev.tributary.domain.attribution.Call;
import dev.tributary.domain.attribution.ConversionCancelled;
import dev.tributary.domain.attribution.ConversionKind;
import dev.tributary.domain.attribution.ConversionMade;
import dev.tributary.domain.attribution.ConversionReduced;
import dev.tributary.domain.attribution.ConversionRevalued;
import dev.tributary.domain.attribution.DocumentId;
import dev.tributary.domain.attribution.Milestone;
import dev.tributary.domain.attribution.MilestoneReached;
import dev.tributary.domain.attribution.Touch;
import dev.tributary.domain.attribution.TouchKind;
import dev.tributary.domain.attribution.Trace;
import dev.tributary.events.CallRecorded;
import dev.tributary.events.CallResult;
import dev.tributary.events.ConferenceInviteeAdvanced;
import dev.tributary.events.ContractChanged;
import dev.tributary.events.ContractSigned;
import dev.tributary.events.ContractTerminated;
import dev.tributary.events.CreditNoteIssued;
import dev.tributary.events.CustomerRefunded;
import dev.tributary.events.CustomerRegistered;
import dev.tributary.events.DepositPaid;
import dev.tributary.events.DepositRefunded;
import dev.tributary.events.GoodsReturned;
import dev.tributary.events.InviteeStep;
import dev.tributary.events.InvoiceCancelled;
import dev.tributary.events.InvoiceIssued;
import dev.tributary.events.InvoiceLine;
import dev.tributary.events.OnlineSessionRecorded;
import dev.tributary.events.PaymentReceived;
import dev.tributary.events.PaymentReversed;
import dev.tributary.events.PromotionContactMade;
import dev.tributary.events.QuoteGiven;
import dev.tributary.events.ReferralRecorded;
import dev.tributary.events.ReturnLine;
import dev.tributary.events.SaleLine;
import dev.tributary.events.SaleRecorded;
import dev.tributary.events.VisitMethod;
import dev.tributary.events.VisitRecorded;
import dev.tributary.events.VisitorKind;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/**
 * Events of the wire as the attribution fold knows them (ATR-3).
 *
 * <p>The channel is the one that was recorded. Where none was, what else the event says names it: a
 * referrer, a relative, the method of a visit, who called. A policy maps these names like any
 * other.
 */
final class AttributionEvents {

  static final Set<String> TYPES =
      Set.of(
          "VisitRecorded",
          "CallRecorded",
          "PromotionContactMade",
          "OnlineSessionRecorded",
          "ReferralRecorded",
          "ConferenceInviteeAdvanced",
          "CustomerRegistered",
          "QuoteGiven",
          "SaleRecorded",
          "GoodsReturned",
          "DepositPaid",
          "DepositRefunded",
          "ContractSigned",
          "ContractChanged",
          "ContractTerminated",
          "InvoiceIssued",
          "CreditNoteIssued",
          "InvoiceCancelled",
          "PaymentReceived",
          "PaymentReversed",
          "CustomerRefunded");

  private final ZoneId zone;
  private final Set<String> callPurposes;
  private final ChannelMapping channels;
  private final Set<ConversionKind> kindsOfGoals;

  AttributionEvents(AttributionSettings settings) {
    this.zone = ZoneId.of(settings.zone());
    this.callPurposes = Set.copyOf(settings.callPurposes());
    this.channels = new ChannelMapping(settings);
    this.kindsOfGoals =
        settings.goals().values().stream()
            .map(goal -> ConversionKind.valueOf(goal.conversion()))
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Where in a customer's history a meaning of an event stands. What is no touch and happened at
   * the very beginning of a day is known by its day only, and stands at that day's last
   * millisecond: whoever visited and signed on one day visited first.
   *
   * @param place where the event stands
   */
  Place place(Place place, AttributionEvent event) {
    ZonedDateTime at = place.occurredAt().atZone(zone);
    if (event instanceof Touch || !at.equals(at.toLocalDate().atStartOfDay(zone))) {
      return place;
    }

    return new Place(
        at.toLocalDate().plusDays(1).atStartOfDay(zone).toInstant().minusMillis(1),
        place.typeRank(),
        place.sourceSequence(),
        place.eventId());
  }

  /** What an event means; nothing where it is about what no goal asks for. */
  List<AttributionEvent> of(SpecificRecord record) {
    return meanings(record).stream().filter(this::matters).toList();
  }

  private boolean matters(AttributionEvent event) {
    return switch (event) {
      case Trace ignored -> true;
      case ConversionMade made -> kindsOfGoals.contains(made.id().kind());
      case ConversionRevalued revalued -> kindsOfGoals.contains(revalued.id().kind());
      case ConversionReduced reduced -> kindsOfGoals.contains(reduced.id().kind());
      case ConversionCancelled cancelled -> kindsOfGoals.contains(cancelled.id().kind());
    };
  }

  private List<AttributionEvent> meanings(SpecificRecord record) {
    return switch (record) {
      case VisitRecorded visit ->
          List.of(
              touch(
                  TouchKind.VISIT,
                  channels.channelOf(recorded(visit)),
                  visit.getPromotionId(),
                  visit.getPromotionId(),
                  visit.getStaffId()));
      case CallRecorded call -> call(call);
      case PromotionContactMade contact ->
          List.of(
              touch(
                  contact.getParticipated()
                      ? TouchKind.PROMOTION_PARTICIPATION
                      : TouchKind.PROMOTION_CONTACT,
                  channels.channelOf(contact.getChannel()),
                  contact.getPromotionId(),
                  contact.getPromotionId(),
                  null));
      case OnlineSessionRecorded session -> List.of(session(session));
      case ReferralRecorded referral ->
          List.of(
              touch(
                  TouchKind.REFERRAL,
                  channels.channelOf("referral"),
                  null,
                  null,
                  referral.getRecordedBy()));
      case ConferenceInviteeAdvanced invitee ->
          invitee.getStep() == InviteeStep.ATTENDED
              ? List.of(
                  touch(
                      TouchKind.CONFERENCE,
                      channels.channelOf("conference"),
                      invitee.getConferenceId(),
                      null,
                      invitee.getStaffId()))
              : List.of();
      case CustomerRegistered registered -> registration(registered);
      case QuoteGiven ignored -> List.of(new MilestoneReached(Milestone.OPPORTUNITY));
      case SaleRecorded sale ->
          List.of(
              new ConversionMade(
                  new DocumentId(ConversionKind.SALE, sale.getSaleId()),
                  sale.getSoldOn(),
                  DomainEvents.total(
                      sale.getLines(), SaleLine::getNetAmountMicros, sale.getCurrency())));
      case GoodsReturned returned ->
          reduction(
              ConversionKind.SALE,
              returned.getSaleId(),
              returned.getReturnedOn(),
              DomainEvents.total(
                  returned.getLines(), ReturnLine::getNetAmountMicros, returned.getCurrency()));
      case DepositPaid deposit ->
          List.of(
              new ConversionMade(
                  new DocumentId(ConversionKind.DEPOSIT, deposit.getDepositId()),
                  deposit.getPaidOn(),
                  new Money(deposit.getAmountMicros(), deposit.getCurrency())));
      case DepositRefunded refund ->
          reduction(
              ConversionKind.DEPOSIT,
              refund.getDepositId(),
              refund.getRefundedOn(),
              new Money(refund.getAmountMicros(), refund.getCurrency()));
      case ContractSigned signed ->
          List.of(
              new ConversionMade(
                  new DocumentId(ConversionKind.CONTRACT, signed.getContractId()),
                  signed.getSignedOn(),
                  new Money(signed.getNetAmountMicros(), signed.getCurrency())));
      case ContractChanged changed ->
          List.of(
              new ConversionRevalued(
                  new DocumentId(ConversionKind.CONTRACT, changed.getContractId()),
                  changed.getChangedOn(),
                  new Money(changed.getNetAmountMicros(), changed.getCurrency())));
      case ContractTerminated terminated ->
          cancellation(
              ConversionKind.CONTRACT, terminated.getContractId(), terminated.getTerminatedOn());
      case InvoiceIssued invoice ->
          List.of(
              new ConversionMade(
                  new DocumentId(ConversionKind.INVOICE, invoice.getInvoiceId()),
                  invoice.getIssuedOn(),
                  DomainEvents.total(
                      invoice.getLines(), InvoiceLine::getAmountMicros, invoice.getCurrency())));
      case CreditNoteIssued note ->
          reduction(
              ConversionKind.INVOICE,
              note.getInvoiceId(),
              note.getIssuedOn(),
              new Money(note.getAmountMicros(), note.getCurrency()));
      case InvoiceCancelled cancelled ->
          cancellation(
              ConversionKind.INVOICE, cancelled.getInvoiceId(), cancelled.getCancelledOn());
      case PaymentReceived payment ->
          List.of(
              new ConversionMade(
                  new DocumentId(ConversionKind.PAYMENT, payment.getPaymentId()),
                  payment.getReceivedOn(),
                  new Money(payment.getAmountMicros(), payment.getCurrency())));
      case PaymentReversed reversed ->
          cancellation(ConversionKind.PAYMENT, reversed.getPaymentId(), reversed.getReversedOn());
      case CustomerRefunded refund ->
          reduction(
              ConversionKind.PAYMENT,
              refund.getPaymentId(),
              refund.getRefundedOn(),
              new Money(refund.getAmountMicros(), refund.getCurrency()));
      default -> List.of();
    };
  }

  /** What a visit was recorded to come by; null when nothing says. */
  private static String recorded(VisitRecorded visit) {
    if (visit.getChannel() != null) {
      return visit.getChannel();
    }

    if (visit.getVisitorKind() == VisitorKind.COMPETITOR_PEER) {
      return "competitor-peer";
    }

    if (visit.getReferrerCustomerId() != null) {
      return "referral";
    }

    if (visit.getRelationStaffId() != null) {
      return "relative-friend";
    }

    if (visit.getCompanyReferred()) {
      return "company-introduced";
    }

    return visit.getMethod() == VisitMethod.OTHER
        ? null
        : visit.getMethod().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A call that was not connected reached nobody; one about something else is no touch. */
  private List<AttributionEvent> call(CallRecorded call) {
    if (call.getResult() == CallResult.NOT_CONNECTED
        || !callPurposes.contains(call.getPurpose().name())) {
      return List.of();
    }

    String recorded = call.getChannel();
    if (recorded == null) {
      recorded =
          switch (call.getDirection()) {
            case INBOUND -> "call-in";
            case OUTBOUND -> "call-out";
            case OTHER -> null;
          };
    }
    return List.of(
        new Touch(
            TouchKind.CALL,
            channels.channelOf(recorded),
            call.getPromotionId(),
            call.getPromotionId(),
            call.getStaffId(),
            null,
            new Call(
                Call.Direction.valueOf(call.getDirection().name()),
                Call.Result.valueOf(call.getResult().name()),
                call.getAnsweredAt() == null
                    ? 0
                    : Math.max(
                        0,
                        Duration.between(call.getAnsweredAt(), call.getEndedAt()).toSeconds()))));
  }

  private Touch session(OnlineSessionRecorded session) {
    String tagged = channels.channelOfTags(session.getUtmSource(), session.getUtmMedium());
    return touch(
        TouchKind.ONLINE_SESSION,
        tagged == null ? channels.channelOf(session.getChannel()) : tagged,
        session.getUtmCampaign() == null ? session.getPromotionId() : session.getUtmCampaign(),
        session.getPromotionId(),
        null);
  }

  private List<AttributionEvent> registration(CustomerRegistered registered) {
    return List.of(
        new MilestoneReached(Milestone.LEAD),
        new ConversionMade(
            new DocumentId(ConversionKind.REGISTRATION, registered.getCustomerId()),
            LocalDate.ofInstant(registered.getEnvelope().getOccurredAt(), zone),
            null));
  }

  private static Touch touch(
      TouchKind kind, String channel, String campaign, String promotionId, String staffId) {
    return new Touch(kind, channel, campaign, promotionId, staffId, null, null);
  }

  /** Nothing where no document is named. */
  private static List<AttributionEvent> reduction(
      ConversionKind kind, String documentId, LocalDate on, Money amount) {
    return documentId == null
        ? List.of()
        : List.of(new ConversionReduced(new DocumentId(kind, documentId), on, amount));
  }

  private static List<AttributionEvent> cancellation(
      ConversionKind kind, String documentId, LocalDate on) {
    return List.of(new ConversionCancelled(new DocumentId(kind, documentId), on));
  }
}
