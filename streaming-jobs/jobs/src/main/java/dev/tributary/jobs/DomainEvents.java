package dev.tributary.jobs;

import dev.tributary.domain.Money;
import dev.tributary.domain.Place;
import dev.tributary.domain.promotions.CostIncurred;
import dev.tributary.domain.promotions.Planned;
import dev.tributary.domain.promotions.PromotionEvent;
import dev.tributary.domain.promotions.Settlement;
import dev.tributary.domain.receivables.InvoiceLine;
import dev.tributary.domain.receivables.ReceivablesEvent;
import dev.tributary.events.CreditNoteIssued;
import dev.tributary.events.InvoiceIssued;
import dev.tributary.events.PaymentReceived;
import dev.tributary.events.PaymentReversed;
import dev.tributary.events.PromotionCostIncurred;
import dev.tributary.events.PromotionPlanned;
import dev.tributary.events.SaleRecorded;
import dev.tributary.runtime.source.Fact;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/** Events of the wire as the folds know them. */
final class DomainEvents {

  /** The events that name a customer, and so have to be resolved before a fold sees them. */
  static final Set<String> NAMING_A_CUSTOMER =
      Set.of(
          "SaleRecorded",
          "InvoiceIssued",
          "CreditNoteIssued",
          "PaymentReceived",
          "PaymentReversed");

  static final Set<String> OF_IDENTITY = Set.of("CustomerMerged", "CustomerSplit");

  static final Set<String> OF_RECEIVABLES =
      Set.of("InvoiceIssued", "CreditNoteIssued", "PaymentReceived", "PaymentReversed");

  static final Set<String> OF_SALES = Set.of("SaleRecorded");

  static final Set<String> OF_PROMOTIONS = Set.of("PromotionPlanned", "PromotionCostIncurred");

  private DomainEvents() {}

  static Place place(Fact fact) {
    return new Place(
        Instant.EPOCH.plus(fact.occurredAt(), ChronoUnit.MICROS),
        fact.typeRank(),
        fact.sourceSequence(),
        fact.eventId());
  }

  /** The customer an event names; only for {@link #NAMING_A_CUSTOMER}. */
  static String customerId(SpecificRecord record) {
    return (String) record.get(record.getSchema().getField("customer_id").pos());
  }

  static Optional<ReceivablesEvent> receivables(SpecificRecord record) {
    return switch (record) {
      case InvoiceIssued invoice ->
          Optional.of(
              new dev.tributary.domain.receivables.InvoiceIssued(
                  invoice.getInvoiceId(),
                  invoice.getRegion(),
                  invoice.getIssuedOn(),
                  invoice.getDueOn(),
                  invoice.getLines().stream()
                      .map(
                          line ->
                              new InvoiceLine(
                                  line.getPromotionId(),
                                  new Money(line.getAmountMicros(), invoice.getCurrency())))
                      .toList()));
      case CreditNoteIssued note ->
          Optional.of(
              new dev.tributary.domain.receivables.CreditNoteIssued(
                  note.getCreditNoteId(),
                  note.getInvoiceId(),
                  note.getIssuedOn(),
                  new Money(note.getAmountMicros(), note.getCurrency())));
      case PaymentReceived payment ->
          Optional.of(
              new dev.tributary.domain.receivables.PaymentReceived(
                  payment.getPaymentId(),
                  payment.getReceivedOn(),
                  new Money(payment.getAmountMicros(), payment.getCurrency())));
      case PaymentReversed reversal ->
          Optional.of(
              new dev.tributary.domain.receivables.PaymentReversed(
                  reversal.getPaymentId(), reversal.getReversedOn()));
      default -> Optional.empty();
    };
  }

  /**
   * @param customerId the resolved customer of a sale; not read for other events
   */
  static Optional<PromotionEvent> promotion(
      String company, String customerId, SpecificRecord record) {
    return switch (record) {
      case PromotionPlanned planned ->
          Optional.of(
              new Planned(
                  company,
                  planned.getPromotionId(),
                  planned.getRegion(),
                  planned.getStartsOn(),
                  new Money(planned.getPlannedCostMicros(), planned.getCurrency())));
      case PromotionCostIncurred cost ->
          Optional.of(
              new CostIncurred(
                  company,
                  cost.getPromotionId(),
                  cost.getCostClass().name(),
                  cost.getIncurredOn(),
                  new Money(cost.getAmountMicros(), cost.getCurrency()),
                  cost.getRegion()));
      case SaleRecorded sale ->
          Optional.of(
              new dev.tributary.domain.promotions.SaleRecorded(
                  company,
                  customerId,
                  sale.getRegion(),
                  sale.getSoldOn(),
                  Settlement.valueOf(sale.getSettlement().name()),
                  sale.getCurrency(),
                  sale.getLines().stream()
                      .map(
                          line ->
                              new dev.tributary.domain.promotions.SaleLine(
                                  line.getPromotionId(),
                                  line.getUnitsMicros(),
                                  line.getNetAmountMicros(),
                                  line.getCostOfGoodsMicros()))
                      .toList()));
      default -> Optional.empty();
    };
  }
}
