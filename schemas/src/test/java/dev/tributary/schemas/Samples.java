package dev.tributary.schemas;

import dev.tributary.events.BusinessDayClosed;
import dev.tributary.events.CostClass;
import dev.tributary.events.CreditNoteIssued;
import dev.tributary.events.CustomerMerged;
import dev.tributary.events.CustomerRegistered;
import dev.tributary.events.CustomerSplit;
import dev.tributary.events.Envelope;
import dev.tributary.events.InvoiceInstalment;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
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

  static <T extends SpecificRecord> T one(Class<T> type) {
    return oneOfEach().stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }

  static List<SpecificRecord> oneOfEach() {
    List<SpecificRecord> samples = new ArrayList<>(chosen());
    Set<String> names =
        samples.stream().map(sample -> sample.getSchema().getName()).collect(Collectors.toSet());
    EventCatalog.load().types().stream()
        .filter(type -> !names.contains(type.name()))
        .forEach(type -> samples.add((SpecificRecord) filled(type.schema(), "")));
    return samples;
  }

  /** A value of a schema, every optional field present. */
  private static Object filled(Schema schema, String name) {
    return switch (schema.getType()) {
      case RECORD -> {
        if (schema.getName().equals("Envelope")) {
          yield envelope("filled-1");
        }

        SpecificRecord record =
            (SpecificRecord) SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
        for (Schema.Field field : schema.getFields()) {
          record.put(field.pos(), filled(field.schema(), field.name()));
        }
        yield record;
      }
      case ARRAY -> List.of(filled(schema.getElementType(), name));
      case UNION -> filled(schema.getTypes().get(1), name);
      case STRING ->
          switch (name) {
            case "currency", "quote_currency" -> "CNY";
            case "base_currency" -> "USD";
            case "component" -> "OVERDUE";
            default -> name + " 1";
          };
      case ENUM -> SpecificData.get().createEnum(schema.getEnumSymbols().getFirst(), schema);
      case BOOLEAN -> true;
      case INT -> schema.getLogicalType() == null ? (Object) 1 : DAY;
      case LONG -> schema.getLogicalType() == null ? (Object) 1_000_000L : NOON;
      default -> throw new IllegalStateException("Events have no " + schema.getType());
    };
  }

  private static List<SpecificRecord> chosen() {
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
            List.of(new InvoiceLine(1, "spring", 19_990_000L, 2_299_734L)),
            null,
            null,
            null,
            List.of(new InvoiceInstalment(1, DAY.plusDays(30), 19_990_000L))),
        new CreditNoteIssued(
            envelope("n1"), "note-1", "customer-1", null, DAY, 1_000_000L, "CNY", "broken"),
        new PaymentReceived(envelope("y1"), "payment-1", "customer-1", DAY, 5L, "CNY", null, null),
        new PaymentReversed(envelope("r1"), "payment-1", "customer-1", DAY, "bounced"),
        close("sales-0"),
        new RowRejected(
            envelope("x1"), "till.csv", 12L, "amount", "wrong_type", "'abc' is no number", "a,b"));
  }
}
