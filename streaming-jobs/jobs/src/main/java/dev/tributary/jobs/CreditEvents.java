package dev.tributary.jobs;

import dev.tributary.domain.Money;
import dev.tributary.domain.credit.AssessmentKind;
import dev.tributary.domain.credit.BillingCancelled;
import dev.tributary.domain.credit.CreditEvent;
import dev.tributary.domain.credit.ShipmentInvoiced;
import dev.tributary.events.CollateralPledged;
import dev.tributary.events.CreditLimitSet;
import dev.tributary.events.CustomerReviewed;
import dev.tributary.events.DebtorAssessed;
import dev.tributary.events.DisputeOpened;
import dev.tributary.events.DisputeResolved;
import dev.tributary.events.GoodsReturned;
import dev.tributary.events.GoodsShipped;
import dev.tributary.events.InvoiceCancelled;
import dev.tributary.events.InvoiceIssued;
import dev.tributary.events.InvoiceLine;
import dev.tributary.events.LimitHolder;
import dev.tributary.events.ReturnLine;
import dev.tributary.events.ShipmentLine;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/** Events of the wire as the credit fold knows them, beside the lines of receivables. */
final class CreditEvents {

  static final Set<String> TYPES =
      Set.of(
          "GoodsShipped",
          "GoodsReturned",
          "InvoiceIssued",
          "InvoiceCancelled",
          "CreditLimitSet",
          "CollateralPledged",
          "DebtorAssessed",
          "CustomerReviewed",
          "DisputeOpened",
          "DisputeResolved");

  private CreditEvents() {}

  /** Nothing for an invoice that bills no shipment, and for a limit that is not one customer's. */
  static Optional<CreditEvent> of(SpecificRecord record) {
    return switch (record) {
      case GoodsShipped shipped ->
          Optional.of(
              new dev.tributary.domain.credit.GoodsShipped(
                  shipped.getShipmentId(),
                  shipped.getShippedOn(),
                  DomainEvents.total(
                      shipped.getLines(),
                      ShipmentLine::getNetAmountMicros,
                      shipped.getCurrency())));
      case GoodsReturned returned ->
          Optional.of(
              new dev.tributary.domain.credit.GoodsReturned(
                  returned.getReturnId(),
                  returned.getShipmentId(),
                  returned.getReturnedOn(),
                  DomainEvents.total(
                      returned.getLines(),
                      ReturnLine::getNetAmountMicros,
                      returned.getCurrency())));
      case InvoiceIssued invoice when invoice.getShipmentId() != null ->
          Optional.of(
              new ShipmentInvoiced(
                  invoice.getInvoiceId(),
                  invoice.getShipmentId(),
                  invoice.getIssuedOn(),
                  DomainEvents.total(
                      invoice.getLines(), InvoiceLine::getAmountMicros, invoice.getCurrency())));
      case InvoiceCancelled cancelled ->
          Optional.of(new BillingCancelled(cancelled.getInvoiceId(), cancelled.getCancelledOn()));
      case CreditLimitSet limit when limit.getHolder() == LimitHolder.CUSTOMER ->
          Optional.of(
              new dev.tributary.domain.credit.CreditLimitSet(
                  limit.getComponent(),
                  limit.getEffectiveOn(),
                  limit.getEndsOn(),
                  new Money(limit.getAmountMicros(), limit.getCurrency()),
                  limit.getApprovedBy(),
                  limit.getAuthorityLevel()));
      case CollateralPledged pledge ->
          Optional.of(
              new dev.tributary.domain.credit.CollateralPledged(
                  pledge.getCollateralId(),
                  pledge.getPledgedOn(),
                  pledge.getEndsOn(),
                  new Money(pledge.getValueMicros(), pledge.getCurrency())));
      case DebtorAssessed assessed ->
          Optional.of(
              new dev.tributary.domain.credit.DebtorAssessed(
                  AssessmentKind.valueOf(assessed.getKind().name()),
                  assessed.getAdverse(),
                  assessed.getAssessedOn()));
      case CustomerReviewed reviewed ->
          Optional.of(new dev.tributary.domain.credit.CustomerReviewed(reviewed.getReviewedOn()));
      case DisputeOpened opened ->
          Optional.of(
              new dev.tributary.domain.credit.DisputeOpened(
                  opened.getDisputeId(),
                  opened.getInvoiceId(),
                  opened.getOpenedOn(),
                  new Money(opened.getAmountMicros(), opened.getCurrency())));
      case DisputeResolved resolved ->
          Optional.of(
              new dev.tributary.domain.credit.DisputeResolved(
                  resolved.getDisputeId(), resolved.getResolvedOn()));
      default -> Optional.empty();
    };
  }
}
