package dev.tributary.ingestion.sampleyear;

import dev.tributary.events.Envelope;
import dev.tributary.events.InvoiceIssued;
import dev.tributary.events.PaymentReceived;
import dev.tributary.events.PromotionCostIncurred;
import dev.tributary.events.SaleRecorded;
import org.apache.avro.specific.SpecificRecord;

/** Mistakes of those who enter events: the wrong first version of an event that is corrected. */
final class Slips {

  private Slips() {}

  /** Whether events of this kind are entered by hand, and so wrongly at times. */
  static boolean mayHappenTo(SpecificRecord event) {
    return event instanceof SaleRecorded
        || event instanceof InvoiceIssued
        || event instanceof PaymentReceived
        || event instanceof PromotionCostIncurred;
  }

  /** Whether of events of this kind only the day may be known. */
  static boolean mayKnowTheDayOnly(SpecificRecord event) {
    return event instanceof SaleRecorded
        || event instanceof InvoiceIssued
        || event instanceof PaymentReceived;
  }

  /** A copy of {@code event} under another envelope, with an amount that is too high. */
  static SpecificRecord wrong(SpecificRecord event, Envelope envelope, Draws draws) {
    long tooMuch = World.micros(draws.between(1, 5_000));
    return switch (event) {
      case SaleRecorded right -> {
        SaleRecorded sale = SaleRecorded.newBuilder(right).setEnvelope(envelope).build();
        var line = sale.getLines().getFirst();
        line.setNetAmountMicros(line.getNetAmountMicros() + tooMuch);
        yield sale;
      }
      case InvoiceIssued right -> {
        InvoiceIssued invoice = InvoiceIssued.newBuilder(right).setEnvelope(envelope).build();
        var line = invoice.getLines().getFirst();
        line.setAmountMicros(line.getAmountMicros() + tooMuch);
        if (invoice.getInstalments() != null) {
          var last = invoice.getInstalments().getLast();
          last.setAmountMicros(last.getAmountMicros() + tooMuch);
        }

        yield invoice;
      }
      case PaymentReceived right ->
          PaymentReceived.newBuilder(right)
              .setEnvelope(envelope)
              .setAmountMicros(right.getAmountMicros() + tooMuch)
              .build();
      case PromotionCostIncurred right ->
          PromotionCostIncurred.newBuilder(right)
              .setEnvelope(envelope)
              .setAmountMicros(right.getAmountMicros() + tooMuch)
              .build();
      default ->
          throw new IllegalArgumentException(
              event.getSchema().getName() + " is not entered by hand; see mayHappenTo");
    };
  }
}
