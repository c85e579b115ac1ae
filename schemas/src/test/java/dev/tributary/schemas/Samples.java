package dev.tributary.schemas;

import dev.tributary.events.BusinessDayClosed;
import dev.tributary.events.CostClass;
import dev.tributary.events.CreditNoteIssued;
import dev.tributary.events.CustomerMerged;
import dev.tributary.events.CustomerRegistered;
import dev.tributary.events.CustomerSplit;
import dev.tributary.events.Envelope;
import dev.tributary.events.InvoiceIssued;
import dev.tributary.events.InvoiceLine;
import dev.tributary.events.PaymentReceived;
import dev.tributary.events.PaymentReversed;
import dev.tributary.events.PromotionCostIncurred;
import dev.tributary.events.PromotionFinished;
import dev.tributary.events.PromotionPlanned;
import dev.tributary.events.RowRejected;
import dev.tributary.events.SaleLine;
import dev.tributary.events.SaleRecorded;
import dev.tributary.events.Settlement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** One good event of every type. */
final class Samples {

  static final LocalDate DAY = LocalDate.of(2026, 3, 1);
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private Samples() {}

  static Envelope envelope(String eventId) {
    return new Envelope(eventId, null, 0, "till.csv", 7L, NOON, NOON.plusSeconds(60), "meridian");
  }

  static SaleRecorded sale() {
    return new SaleRecorded(
        envelope("sale-1"),
        "sale-1",
        "customer-1",
        null,
        "north",
        DAY,
        Settlement.ON_ACCOUNT,
        "CNY",
        List.of(
            new SaleLine(1, "tea", "spring", 2_000_000L, 19_990_000L, 8_123_400L),
            new SaleLine(2, "cup", null, 1_000_000L, 5_000_000L, 1_000_000L)));
  }

  static CustomerMerged merge() {
    return new CustomerMerged(envelope("merge-1"), "customer-1", "customer-2", "same phone");
  }

  static BusinessDayClosed close(String partition) {
    return new BusinessDayClosed(
        envelope("close:meridian:2026-03-01:" + partition),
        "Asia/Shanghai",
        DAY,
        partition,
        List.of("sales-0", "sales-1"));
  }

  static List<SpecificRecord> oneOfEach() {
    return List.of(
        new CustomerRegistered(envelope("c1"), "customer-1", "Ms Li 李", "north", null),
        merge(),
        new CustomerSplit(envelope("s1"), "merge-1", "two people"),
        new PromotionPlanned(
            envelope("p1"),
            "spring",
            "Spring",
            List.of("Radio", "TV"),
            null,
            DAY,
            DAY.plusDays(9),
            1_000_000L,
            "CNY"),
        new PromotionCostIncurred(
            envelope("k1"), "spring", CostClass.MEDIA, DAY, 1L, "CNY", "north"),
        new PromotionFinished(envelope("f1"), "spring", DAY),
        sale(),
        new InvoiceIssued(
            envelope("i1"),
            "invoice-1",
            "customer-1",
            "sale-1",
            "north",
            DAY,
            DAY.plusDays(30),
            "CNY",
            List.of(new InvoiceLine(1, "spring", 19_990_000L))),
        new CreditNoteIssued(
            envelope("n1"), "note-1", "customer-1", null, DAY, 1_000_000L, "CNY", "broken"),
        new PaymentReceived(envelope("y1"), "payment-1", "customer-1", DAY, 5L, "CNY"),
        new PaymentReversed(envelope("r1"), "payment-1", "customer-1", DAY, "bounced"),
        close("sales-0"),
        new RowRejected(
            envelope("x1"), "till.csv", 12L, "amount", "wrong_type", "'abc' is no number", "a,b"));
  }
}
