package dev.tributary.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.events.CollateralPledged;
import dev.tributary.events.CreditLimitSet;
import dev.tributary.events.CustomerMerged;
import dev.tributary.events.ExchangeRatePublished;
import dev.tributary.events.GoodsReturned;
import dev.tributary.events.GoodsShipped;
import dev.tributary.events.InvoiceInstalment;
import dev.tributary.events.InvoiceIssued;
import dev.tributary.events.InvoiceLine;
import dev.tributary.events.PaymentAllocation;
import dev.tributary.events.PaymentReceived;
import dev.tributary.events.PromotionPlanned;
import dev.tributary.events.ReturnLine;
import dev.tributary.events.SaleLine;
import dev.tributary.events.SaleRecorded;
import dev.tributary.events.ShipmentLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireFormatTest {

  private final WireFormat wire = new WireFormat();

  static List<SpecificRecord> everyEvent() {
    return Samples.oneOfEach();
  }

  @ParameterizedTest
  @MethodSource("everyEvent")
  void everyEventComesBackAsItWasSent(SpecificRecord event) {
    EventType type = EventCatalog.load().typeOf(event);
    String topic = type.topic().equals("*") ? "sales" : type.topic();

    Decoded decoded = wire.decode(wire.encode(event), topic);

    assertThat(decoded).isInstanceOf(Decoded.Event.class);
    assertThat(((Decoded.Event) decoded).record()).isEqualTo(event);
    assertThat(((Decoded.Event) decoded).type()).isEqualTo(type);
    assertThat(wire.accepted(wire.encode(event))).isEqualTo(event);
  }

  @ParameterizedTest
  @MethodSource("everyEvent")
  void theBytesAreThoseOfAvrosOwnWriter(SpecificRecord event) throws IOException {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    var encoder = EncoderFactory.get().directBinaryEncoder(expected, null);
    new SpecificDatumWriter<SpecificRecord>(event.getSchema()).write(event, encoder);

    byte[] framed = wire.encode(event);

    assertThat(Arrays.copyOfRange(framed, 5, framed.length)).isEqualTo(expected.toByteArray());
  }

  @Test
  void aDayCloseMayStandOnEveryTopic() {
    byte[] bytes = wire.encode(Samples.close("sales-0"));

    assertThat(EventCatalog.load().topics())
        .containsExactly(
            "customers",
            "promotions",
            "sales",
            "receivables",
            "contacts",
            "organisation",
            "rejected")
        .allSatisfy(
            topic -> assertThat(wire.decode(bytes, topic)).isInstanceOf(Decoded.Event.class));
  }

  @Test
  void bytesWithoutAFrameAreNotAvro() {
    expectBad((byte[]) null, "sales", RejectReason.NOT_AVRO, null);
    expectBad(new byte[0], "sales", RejectReason.NOT_AVRO, null);
    expectBad(new byte[] {0, 0, 0, 0}, "sales", RejectReason.NOT_AVRO, null);
    expectBad("{\"a\": 1}".getBytes(StandardCharsets.UTF_8), "sales", RejectReason.NOT_AVRO, null);
  }

  @Test
  void aRecordThatEndsTooEarlyIsNotAvro() {
    byte[] good = wire.encode(Samples.sale());

    for (int length = 5; length < good.length; length++) {
      expectBad(Arrays.copyOf(good, length), "sales", RejectReason.NOT_AVRO, null);
    }
  }

  @Test
  void bytesLeftOverAreNotAvro() {
    byte[] good = wire.encode(Samples.sale());

    expectBad(Arrays.copyOf(good, good.length + 1), "sales", RejectReason.NOT_AVRO, null);
  }

  @Test
  void aLengthThatTheRecordCannotHoldIsNotAvroAndTakesNoMemory() {
    byte[] good = wire.encode(Samples.sale());
    byte[] hugeText = {0, good[1], good[2], good[3], good[4], -2, -1, -1, -1, 15, 'x'};

    expectBad(hugeText, "sales", RejectReason.NOT_AVRO, null);
  }

  @Test
  void textThatIsNotUtf8IsNotAvro() {
    byte[] bytes = wire.encode(Samples.sale());
    bytes[6] = (byte) 0xFF; // the first letter of the event id

    expectBad(bytes, "sales", RejectReason.NOT_AVRO, null);
  }

  @Test
  void damagedBytesNeverThrow() {
    long seed = 20261122;
    Random random = new Random(seed);
    byte[] good = wire.encode(Samples.sale());
    for (int round = 0; round < 20_000; round++) {
      byte[] damaged = good.clone();
      for (int i = 0; i <= random.nextInt(4); i++) {
        damaged[5 + random.nextInt(damaged.length - 5)] = (byte) random.nextInt(256);
      }

      assertThat(wire.decode(damaged, "sales")).as("seed %s, round %s", seed, round).isNotNull();
    }
  }

  @Test
  void aSchemaIdThatWasNeverReleasedIsUnknown() {
    byte[] bytes = wire.encode(Samples.sale());
    bytes[1] = 77;

    expectBad(bytes, "sales", RejectReason.UNKNOWN_SCHEMA_ID, null);
  }

  @Test
  void whatWasAnEventAndIsNoneNowSaysSo() {
    assertThatThrownBy(() -> wire.accepted(new byte[] {0, 0, 0, 0, 0, 1}))
        .isInstanceOf(IllegalStateException.class);
    byte[] cut = Arrays.copyOf(wire.encode(Samples.sale()), 12);
    assertThatThrownBy(() -> wire.accepted(cut)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anEventOnAnotherEventsTopicIsOnTheWrongTopic() {
    expectBad(wire.encode(Samples.sale()), "receivables", RejectReason.WRONG_TOPIC, null);
  }

  @Test
  void aBlankIdIsAMissingField() {
    SaleRecorded sale = Samples.sale();
    sale.setCustomerId(" ");
    expectBad(sale, "sales", RejectReason.MISSING_FIELD, "customer_id");

    SaleRecorded nameless = Samples.sale();
    nameless.getEnvelope().setEventId("");
    expectBad(nameless, "sales", RejectReason.MISSING_FIELD, "envelope.event_id");
  }

  @Test
  void aSaleWithoutLinesIsMissingThem() {
    SaleRecorded sale = Samples.sale();
    sale.setLines(List.of());

    expectBad(sale, "sales", RejectReason.MISSING_FIELD, "lines");
  }

  @Test
  void aNegativeAmountIsNamedWithItsLine() {
    SaleRecorded sale = Samples.sale();
    sale.getLines().get(1).setNetAmountMicros(-1L);

    expectBad(sale, "sales", RejectReason.NEGATIVE_AMOUNT, "lines[1].net_amount_micros");
  }

  @Test
  void anAmountBeyondTheTablesDecimalIsInvalid() {
    PaymentReceived payment =
        new PaymentReceived(
            Samples.envelope("y"),
            "p",
            "c",
            Samples.DAY,
            100_000_000_000_000_001L,
            "CNY",
            null,
            null);

    expectBad(payment, "receivables", RejectReason.INVALID_VALUE, "amount_micros");
  }

  @Test
  void aCurrencyOutsideIso4217IsUnknown() {
    for (String code : List.of("", "usd", "ABC", "XXX")) {
      SaleRecorded sale = Samples.sale();
      sale.setCurrency(code);

      expectBad(sale, "sales", RejectReason.UNKNOWN_CURRENCY, "currency");
    }
  }

  @Test
  void aRateIsAboveZeroAndBetweenTwoCurrencies() {
    ExchangeRatePublished rate = Samples.one(ExchangeRatePublished.class);

    rate.setRateMicros(1L);
    expectEvent(rate, topicOf(rate));
    rate.setRateMicros(0L);
    expectBad(rate, topicOf(rate), RejectReason.INVALID_VALUE, "rate_micros");
    rate.setQuoteCurrency(rate.getBaseCurrency());
    expectBad(rate, topicOf(rate), RejectReason.INVALID_VALUE, "quote_currency");
    rate.setQuoteCurrency("yuan");
    expectBad(rate, topicOf(rate), RejectReason.UNKNOWN_CURRENCY, "quote_currency");
  }

  @Test
  void aLineNumberThatStandsTwiceIsInvalid() {
    SaleLine line = new SaleLine(1, "tea", null, 1L, 1L, 1L);
    SaleRecorded sale = Samples.sale();
    sale.setLines(List.of(line, line));

    expectBad(sale, "sales", RejectReason.INVALID_VALUE, "lines[1].line_no");
  }

  @Test
  void aCustomerCannotBeMergedWithItself() {
    CustomerMerged merge = new CustomerMerged(Samples.envelope("m"), "c1", "c1", "typo");

    expectBad(merge, "customers", RejectReason.MERGE_INTO_ITSELF, "duplicate_id");
  }

  @Test
  void aPromotionCannotEndBeforeItStarts() {
    PromotionPlanned planned = (PromotionPlanned) Samples.oneOfEach().get(3);
    planned.setEndsOn(planned.getStartsOn().minusDays(1));

    expectBad(planned, "promotions", RejectReason.INVALID_VALUE, "ends_on");
  }

  @Test
  void anInvoiceIsNotDueBeforeItIsIssued() {
    InvoiceIssued invoice = (InvoiceIssued) Samples.oneOfEach().get(7);
    invoice.setDueOn(invoice.getIssuedOn().minusDays(1));

    expectBad(invoice, "receivables", RejectReason.INVALID_VALUE, "due_on");
  }

  @Test
  void instalmentsAreTogetherWhatTheLinesBill() {
    InvoiceIssued invoice = (InvoiceIssued) Samples.oneOfEach().get(7);
    long billed = invoice.getLines().stream().mapToLong(line -> line.getAmountMicros()).sum();
    LocalDate due = invoice.getIssuedOn();

    invoice.setInstalments(
        List.of(new InvoiceInstalment(1, due, 1L), new InvoiceInstalment(2, due, billed - 1)));
    expectEvent(invoice, "receivables");
    invoice.setInstalments(
        List.of(new InvoiceInstalment(1, due, 1L), new InvoiceInstalment(2, due, billed)));
    expectBad(invoice, "receivables", RejectReason.INVALID_VALUE, "instalments");
    invoice.setInstalments(
        List.of(
            new InvoiceInstalment(1, due, billed), new InvoiceInstalment(2, due.minusDays(1), 0L)));
    expectBad(invoice, "receivables", RejectReason.INVALID_VALUE, "instalments[1].due_on");
  }

  @Test
  void linesTogetherBeyondTheTablesDecimalAreInvalid() {
    InvoiceIssued invoice = (InvoiceIssued) Samples.oneOfEach().get(7);
    long half = EventRules.MAX_MICROS / 2;
    invoice.setInstalments(null);

    invoice.setLines(
        List.of(new InvoiceLine(1, null, half, null), new InvoiceLine(2, null, half, null)));
    expectEvent(invoice, "receivables");
    invoice.setLines(
        List.of(new InvoiceLine(1, null, half, null), new InvoiceLine(2, null, half + 1, null)));
    expectBad(invoice, "receivables", RejectReason.INVALID_VALUE, "lines");

    GoodsShipped shipped = Samples.one(GoodsShipped.class);
    shipped.setLines(
        List.of(
            new ShipmentLine(1, "tea", null, 1L, 1L, half),
            new ShipmentLine(2, "cup", null, 1L, 1L, half)));
    expectEvent(shipped, "sales");
    shipped.getLines().get(1).setNetAmountMicros(half + 1);
    expectBad(shipped, "sales", RejectReason.INVALID_VALUE, "lines");

    GoodsReturned returned = Samples.one(GoodsReturned.class);
    returned.setLines(
        List.of(
            new ReturnLine(1, "tea", null, 1L, 1L, half),
            new ReturnLine(2, "cup", null, 1L, 1L, half)));
    expectEvent(returned, "sales");
    returned.getLines().get(1).setNetAmountMicros(half + 1);
    expectBad(returned, "sales", RejectReason.INVALID_VALUE, "lines");
  }

  @Test
  void noMoreIsAllocatedThanWasPaid() {
    PaymentReceived payment =
        new PaymentReceived(Samples.envelope("y"), "p", "c", Samples.DAY, 100L, "CNY", null, null);

    payment.setAllocations(
        List.of(new PaymentAllocation(1, "i1", 60L), new PaymentAllocation(2, "i2", 40L)));
    expectEvent(payment, "receivables");
    payment.setAllocations(
        List.of(new PaymentAllocation(1, "i1", 60L), new PaymentAllocation(2, "i2", 41L)));
    expectBad(payment, "receivables", RejectReason.INVALID_VALUE, "allocations");
  }

  @Test
  void aLimitCannotEndBeforeItsFirstDay() {
    CreditLimitSet limit = Samples.one(CreditLimitSet.class);

    limit.setEndsOn(limit.getEffectiveOn());
    expectEvent(limit, topicOf(limit));
    limit.setEndsOn(null);
    expectEvent(limit, topicOf(limit));
    limit.setEndsOn(limit.getEffectiveOn().minusDays(1));
    expectBad(limit, topicOf(limit), RejectReason.INVALID_VALUE, "ends_on");
  }

  @Test
  void aLimitIsForAllOfTheExposureOrForAPartOfIt() {
    CreditLimitSet limit = Samples.one(CreditLimitSet.class);

    for (String known :
        List.of("NOT_DUE", "OVERDUE", "SHIPPED_NOT_INVOICED", "UNAPPLIED_CASH", "FREE_CREDIT")) {
      limit.setComponent(known);
      expectEvent(limit, topicOf(limit));
    }
    limit.setComponent(null);
    expectEvent(limit, topicOf(limit));
    for (String unknown : List.of("", "overdue", "EVERYTHING")) {
      limit.setComponent(unknown);
      expectBad(limit, topicOf(limit), RejectReason.INVALID_VALUE, "component");
    }
  }

  @Test
  void collateralCannotEndBeforeItsFirstDay() {
    CollateralPledged pledge = Samples.one(CollateralPledged.class);

    pledge.setEndsOn(pledge.getPledgedOn());
    expectEvent(pledge, topicOf(pledge));
    pledge.setEndsOn(null);
    expectEvent(pledge, topicOf(pledge));
    pledge.setEndsOn(pledge.getPledgedOn().minusDays(1));
    expectBad(pledge, topicOf(pledge), RejectReason.INVALID_VALUE, "ends_on");
  }

  @Test
  void aDateOutsideTheCalendarOfTheTablesIsInvalid() {
    InvoiceIssued invoice = (InvoiceIssued) Samples.oneOfEach().get(7);
    invoice.setDueOn(LocalDate.of(20260, 3, 1));

    expectBad(invoice, "receivables", RejectReason.INVALID_VALUE, "due_on");
  }

  @Test
  void anEventMoreThanADayAfterItsKafkaTimestampIsFromTheFarFuture() {
    byte[] bytes = wire.encode(Samples.sale());
    long dayBefore = Samples.NOON.toEpochMilli() - 24 * 60 * 60 * 1000;

    assertThat(wire.decode(bytes, "sales", dayBefore)).isInstanceOf(Decoded.Event.class);
    assertThat(wire.decode(bytes, "sales", dayBefore - 1))
        .isInstanceOfSatisfying(
            Decoded.Bad.class, bad -> assertThat(bad.reason()).isEqualTo(RejectReason.FAR_FUTURE));
  }

  @Test
  void anOlderWritersRecordIsProjectedToTheReadersSchema() throws IOException {
    EventType type = EventCatalog.load().type("CustomerRegistered");
    Schema current = ReleasedSchemas.plain(type.schema());
    Schema older =
        new Schema.Parser()
            .parse(
                current
                    .toString()
                    .replaceAll(",\\{\"name\":\"phone_pseudonym\".*?\"default\":null\\}", ""));
    assertThat(older.getFields()).hasSize(current.getFields().size() - 1);
    String subject = type.subject("customers");
    ReleasedSchemas released =
        ReleasedSchemas.read(
            file ->
                switch (file) {
                  case "ids.csv" -> "id,subject,version\n1,%1$s,1\n2,%1$s,2\n".formatted(subject);
                  case "CustomerRegistered/v1.avsc" -> older.toString();
                  default -> current.toString();
                });

    GenericData.Record old = new GenericData.Record(older);
    Schema envelopeSchema = older.getField("envelope").schema();
    GenericData.Record envelope = new GenericData.Record(envelopeSchema);
    envelope.put("event_id", "c1");
    envelope.put("revision", 0);
    envelope.put("source", "till");
    envelope.put("source_sequence", 0L);
    envelope.put("occurred_at", 0L);
    envelope.put("recorded_at", 0L);
    envelope.put("company", "meridian");
    old.put("envelope", envelope);
    old.put("customer_id", "customer-1");
    old.put("name", "Li");
    old.put("region", "north");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[] {0, 0, 0, 0, 1});
    var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    new GenericDatumWriter<GenericData.Record>(older).write(old, encoder);

    WireFormat both = new WireFormat(EventCatalog.load(), released);

    assertThat(both.decode(bytes.toByteArray(), "customers"))
        .isInstanceOfSatisfying(
            Decoded.Event.class,
            event -> {
              assertThat(event.schemaId()).isEqualTo(1);
              assertThat(event.record().getSchema()).isEqualTo(type.schema());
              assertThat(event.record().get(4)).isNull();
            });
  }

  private static String topicOf(SpecificRecord event) {
    return EventCatalog.load().typeOf(event).topic();
  }

  private void expectEvent(SpecificRecord event, String topic) {
    assertThat(wire.decode(wire.encode(event), topic)).isInstanceOf(Decoded.Event.class);
  }

  private void expectBad(SpecificRecord event, String topic, RejectReason reason, String field) {
    expectBad(wire.encode(event), topic, reason, field);
  }

  private void expectBad(byte[] bytes, String topic, RejectReason reason, String field) {
    assertThat(wire.decode(bytes, topic))
        .isInstanceOfSatisfying(
            Decoded.Bad.class,
            bad -> {
              assertThat(bad.reason()).isEqualTo(reason);
              assertThat(bad.field()).isEqualTo(field);
              assertThat(bad.message()).isNotBlank();
            });
  }
}
