package dev.tributary.jobs;

import dev.tributary.domain.Money;
import dev.tributary.domain.Place;
import dev.tributary.domain.promotions.CostIncurred;
import dev.tributary.domain.promotions.Planned;
import dev.tributary.domain.promotions.PromotionEvent;
import dev.tributary.domain.promotions.Settlement;
import dev.tributary.domain.receivables.Allocation;
import dev.tributary.domain.receivables.BalanceAdjusted.Direction;
import dev.tributary.domain.receivables.Instalment;
import dev.tributary.domain.receivables.InvoiceLine;
import dev.tributary.domain.receivables.ReceivablesEvent;
import dev.tributary.events.BalanceAdjusted;
import dev.tributary.events.CreditLimitSet;
import dev.tributary.events.CreditNoteIssued;
import dev.tributary.events.CustomerRefunded;
import dev.tributary.events.InvoiceCancelled;
import dev.tributary.events.InvoiceIssued;
import dev.tributary.events.LimitHolder;
import dev.tributary.events.PaymentAllocation;
import dev.tributary.events.PaymentReceived;
import dev.tributary.events.PaymentReversed;
import dev.tributary.events.PromotionCostIncurred;
import dev.tributary.events.PromotionPlanned;
import dev.tributary.events.ReceivableWrittenOff;
import dev.tributary.events.SaleRecorded;
import dev.tributary.runtime.source.Fact;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/** Events of the wire as the folds know them. */
final class DomainEvents {

  static final Set<String> OF_RECEIVABLES =
      Set.of(
          "InvoiceIssued",
          "InvoiceCancelled",
          "CreditNoteIssued",
          "ReceivableWrittenOff",
          "BalanceAdjusted",
          "PaymentReceived",
          "PaymentReversed",
          "CustomerRefunded");

  static final Set<String> OF_SALES = Set.of("SaleRecorded");

  /** The events that name a customer, and so have to be resolved before a fold sees them. */
  static final Set<String> NAMING_A_CUSTOMER =
      Stream.of(OF_SALES, OF_RECEIVABLES, CreditEvents.TYPES, AttributionEvents.TYPES)
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  static final Set<String> OF_IDENTITY = Set.of("CustomerMerged", "CustomerSplit");

  static final Set<String> OF_PROMOTIONS = Set.of("PromotionPlanned", "PromotionCostIncurred");

  private DomainEvents() {}

  static Place place(Fact fact) {
    return place(fact, fact.eventId());
  }

  /**
   * Where an event stands under the id of its first version, so that a corrected one is the same
   * event.
   */
  static Place placeOfOrigin(Fact fact) {
    return place(fact, fact.originId());
  }

  private static Place place(Fact fact, String id) {
    return new Place(
        Instant.EPOCH.plus(fact.occurredAt(), ChronoUnit.MICROS),
        fact.typeRank(),
        fact.sourceSequence(),
        id);
  }

  /** What the lines of a document come to. */
  static <T> Money total(List<T> lines, ToLongFunction<T> micros, String currency) {
    long total = 0;
    for (T line : lines) {
      total = Math.addExact(total, micros.applyAsLong(line));
    }
    return new Money(total, currency);
  }

  /**
   * The customer an event names, if it names one; only for {@link #NAMING_A_CUSTOMER}. A limit that
   * is a group's, a company's or a grade's names none, nor does a call or a session of somebody
   * unknown.
   */
  static Optional<String> customerId(SpecificRecord record) {
    if (record instanceof CreditLimitSet limit) {
      return limit.getHolder() == LimitHolder.CUSTOMER
          ? Optional.of(limit.getHolderId())
          : Optional.empty();
    }

    return Optional.ofNullable(
        (String) record.get(record.getSchema().getField("customer_id").pos()));
  }

  static Optional<ReceivablesEvent> receivables(SpecificRecord record) {
    return switch (record) {
      case InvoiceIssued invoice -> Optional.of(invoice(invoice));
      case InvoiceCancelled cancellation ->
          Optional.of(
              new dev.tributary.domain.receivables.InvoiceCancelled(
                  cancellation.getInvoiceId(), cancellation.getCancelledOn()));
      case CreditNoteIssued note ->
          Optional.of(
              new dev.tributary.domain.receivables.CreditNoteIssued(
                  note.getCreditNoteId(),
                  note.getInvoiceId(),
                  note.getIssuedOn(),
                  new Money(note.getAmountMicros(), note.getCurrency())));
      case ReceivableWrittenOff writeOff ->
          Optional.of(
              new dev.tributary.domain.receivables.ReceivableWrittenOff(
                  writeOff.getWriteOffId(),
                  writeOff.getInvoiceId(),
                  writeOff.getWrittenOffOn(),
                  new Money(writeOff.getAmountMicros(), writeOff.getCurrency())));
      case BalanceAdjusted adjustment ->
          direction(adjustment).map(direction -> adjusted(adjustment, direction));
      case PaymentReceived payment -> Optional.of(payment(payment));
      case PaymentReversed reversal ->
          Optional.of(
              new dev.tributary.domain.receivables.PaymentReversed(
                  reversal.getPaymentId(), reversal.getReversedOn()));
      case CustomerRefunded refund ->
          Optional.of(
              new dev.tributary.domain.receivables.CustomerRefunded(
                  refund.getRefundId(),
                  refund.getPaymentId(),
                  refund.getCreditNoteId(),
                  refund.getRefundedOn(),
                  new Money(refund.getAmountMicros(), refund.getCurrency())));
      default -> Optional.empty();
    };
  }

  private static ReceivablesEvent invoice(InvoiceIssued invoice) {
    String currency = invoice.getCurrency();
    List<InvoiceLine> lines =
        invoice.getLines().stream()
            .map(
                line ->
                    new InvoiceLine(
                        line.getPromotionId(), new Money(line.getAmountMicros(), currency)))
            .toList();
    if (invoice.getInstalments() == null) {
      return dev.tributary.domain.receivables.InvoiceIssued.dueAtOnce(
          invoice.getInvoiceId(),
          invoice.getRegion(),
          invoice.getContractId(),
          invoice.getIssuedOn(),
          invoice.getDueOn(),
          lines);
    }

    return new dev.tributary.domain.receivables.InvoiceIssued(
        invoice.getInvoiceId(),
        invoice.getRegion(),
        invoice.getContractId(),
        invoice.getIssuedOn(),
        lines,
        invoice.getInstalments().stream()
            .map(
                part ->
                    new Instalment(part.getDueOn(), new Money(part.getAmountMicros(), currency)))
            .toList());
  }

  private static ReceivablesEvent payment(PaymentReceived payment) {
    String currency = payment.getCurrency();
    List<PaymentAllocation> allocations =
        Objects.requireNonNullElse(payment.getAllocations(), List.of());
    return new dev.tributary.domain.receivables.PaymentReceived(
        payment.getPaymentId(),
        payment.getReceivedOn(),
        new Money(payment.getAmountMicros(), currency),
        payment.getContractId(),
        allocations.stream()
            .map(
                part ->
                    new Allocation(
                        part.getInvoiceId(), new Money(part.getAmountMicros(), currency)))
            .toList());
  }

  private static ReceivablesEvent adjusted(BalanceAdjusted adjustment, Direction direction) {
    return new dev.tributary.domain.receivables.BalanceAdjusted(
        adjustment.getAdjustmentId(),
        adjustment.getInvoiceId(),
        adjustment.getAdjustedOn(),
        direction,
        new Money(adjustment.getAmountMicros(), adjustment.getCurrency()));
  }

  /** Nothing for a direction that this version does not know. */
  private static Optional<Direction> direction(BalanceAdjusted adjustment) {
    return switch (adjustment.getDirection()) {
      case OWES_MORE -> Optional.of(Direction.OWES_MORE);
      case OWES_LESS -> Optional.of(Direction.OWES_LESS);
      case OTHER -> Optional.empty();
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
