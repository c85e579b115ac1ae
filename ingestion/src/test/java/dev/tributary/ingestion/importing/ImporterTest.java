package dev.tributary.ingestion.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tributary.events.CreditLimitSet;
import dev.tributary.events.CustomerRegistered;
import dev.tributary.events.PaymentReceived;
import dev.tributary.events.PromotionApprovalStep;
import dev.tributary.events.PromotionApproved;
import dev.tributary.events.PromotionPlanned;
import dev.tributary.events.PromotionStarted;
import dev.tributary.events.RowRejected;
import dev.tributary.events.SaleRecorded;
import dev.tributary.events.Settlement;
import dev.tributary.schemas.ContentHash;
import dev.tributary.schemas.EventType;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImporterTest {

  private static final String SALE =
      """
      {"type":"SaleRecorded","event_id":"s1","company":"m","occurred_at":"2026-03-01T12:00:00Z","sale_id":"s1","customer_id":"c1","region":"north","settlement":"AT_SALE","currency":"CNY","lines":[{"product_id":"tea","units":2,"net_amount":"19.99","cost_of_goods":8.1234}]}""";

  private static final String PAYMENTS_MAPPING =
      """
      event: PaymentReceived
      company: meridian
      zone: Asia/Shanghai
      currency: CNY
      phone_region: CN
      dates: [yyyy/M/d]
      key: [number]
      columns:
        number: payment_id
        customer: customer_id
        paid: received_on
        sum: amount
      """;

  @TempDir private Path folder;
  private ImportScenario imported;

  @BeforeEach
  void setUp() {
    this.imported = new ImportScenario(folder);
  }

  @Test
  void aJsonLineBecomesAnEvent() throws Exception {
    imported.ndjson(SALE);

    SaleRecorded sale = imported.only(SaleRecorded.class);
    assertThat(sale.getSoldOn()).isEqualTo(LocalDate.of(2026, 3, 1));
    assertThat(sale.getSettlement()).isEqualTo(Settlement.AT_SALE);
    assertThat(sale.getEnvelope().getEventId()).isEqualTo("s1");
    assertThat(sale.getLines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getLineNo()).isEqualTo(1);
              assertThat(line.getUnitsMicros()).isEqualTo(2_000_000L);
              assertThat(line.getNetAmountMicros()).isEqualTo(19_990_000L);
              assertThat(line.getCostOfGoodsMicros()).isEqualTo(8_123_400L);
            });
  }

  @Test
  void aLineWithoutIdIsKnownByItsPosition() throws Exception {
    imported.ndjson(
        SALE.replace("\"event_id\":\"s1\",", ""), "", SALE.replace("\"event_id\":\"s1\",", ""));

    assertThat(imported.events())
        .extracting(event -> EventType.envelopeOf(event).getEventId())
        .containsExactly("m:events.ndjson:1", "m:events.ndjson:3");
  }

  @Test
  void aListMayBeWrittenAsOneText() throws Exception {
    imported.ndjson(
        """
        {"type":"PromotionPlanned","company":"m","promotion_id":"p","name":"Spring","media":"Sunday Paper, Radio","starts_on":"2026-03-01","ends_on":"2026-03-09","planned_cost":100,"currency":"USD"}""");

    PromotionPlanned planned = imported.only(PromotionPlanned.class);
    assertThat(planned.getMedia()).containsExactly("Sunday Paper", "Radio");
    assertThat(planned.getEnvelope().getOccurredAt())
        .isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`\"sale_id\":\"s1\"`, `\"sale_id\":\"\"`, missing_field, sale_id",
        "`\"sale_id\":\"s1\"`, `\"sale_id\":{}`, wrong_type, sale_id",
        "`\"sale_id\":\"s1\"`, `\"sale_id\":\"s1\",\"sail\":1`, unknown_column, sail",
        "`\"19.99\"`, `\"19,99\"`, wrong_type, lines[0].net_amount",
        "`\"19.99\"`, `-1`, negative_amount, lines[0].net_amount",
        "`\"19.99\"`, `0.0000001`, invalid_value, lines[0].net_amount",
        "`\"19.99\"`, `1e999999999`, invalid_value, lines[0].net_amount",
        "CNY, YUAN, unknown_currency, currency",
        "AT_SALE, LATER, wrong_type, settlement",
        "2026-03-01T12, 2026-13-01T12, wrong_type, occurred_at",
        "2026-03-01T12, 2126-03-01T12, far_future, occurred_at",
        "SaleRecorded, SaleDreamed, unknown_event, type",
        "`{\"type\"`, `{\"type`, unreadable_file, ",
        "`{\"type\"`, `[{\"type\"`, unreadable_file, ",
        "`\"company\":\"m\",`, ``, missing_field, company",
        "`[{\"product_id\"`, `[],\"x\":[{\"product_id\"`, unknown_column, x",
      })
  void aBadLineIsRejectedWithItsFieldAndReason(String good, String bad, String reason, String field)
      throws Exception {
    imported.ndjson(SALE, SALE.replace(good, bad == null ? "" : bad));

    imported.expectAccepted(1).expectRejected(2, field, reason);
  }

  @Test
  void aLineThatIsNotUtf8IsRejectedAndTheNextIsTaken() throws Exception {
    Path file = folder.resolve("events.ndjson");
    Files.write(file, new byte[] {'{', (byte) 0xFF, '}', '\n'});
    Files.writeString(file, SALE, java.nio.file.StandardOpenOption.APPEND);

    imported.files(file);

    imported.expectAccepted(1).expectRejected(1, null, "unreadable_file");
  }

  @Test
  void anEventAboveTheTopicsLimitIsRefusedByFileAndLine() throws Exception {
    imported.ndjson(SALE.replace("north", "n".repeat(1_000_000)), SALE);

    imported.expectAccepted(1).expectRejected(1, null, "record_too_large");
    assertThat(imported.rejections().getFirst().getRow().length()).isLessThan(110_000);
    assertThat(imported.rejections().getFirst().getMessage())
        .startsWith("The event takes 1,000,")
        .doesNotContain("phone:");
  }

  @Test
  void aLineLongerThanMemoryShouldHoldIsRefused() throws Exception {
    imported.ndjson(SALE.replace("north", "n".repeat(5_000_000)), SALE);

    imported.expectAccepted(1).expectRejected(1, null, "record_too_large");
    assertThat(imported.rejections().getFirst().getMessage()).contains("4,000,000 bytes");
  }

  @Test
  void aPhoneNumberNeverLeavesTheImporter() throws Exception {
    String customer =
        """
        {"type":"CustomerRegistered","company":"m","occurred_at":"2026-03-01","customer_id":"c1","name":"Li 13800138000","region":"north","phone":"138 0013 8000"}""";
    imported.phoneRegion("CN");
    imported.ndjson(
        customer,
        customer.replace("138 0013 8000", "1380013800099"),
        customer.replace("north", ""),
        customer.replace("phone", "mobile"),
        customer.replace("\"phone\"", "\"name"),
        customer.replace("2026-03-01", "13800138000"),
        customer.replace("CustomerRegistered", "13800138000"));

    imported.expectAccepted(1);
    assertThat(imported.rejections()).hasSize(6);
    assertThat(imported.only(CustomerRegistered.class).getPhonePseudonym()).hasSize(64);
    assertThat(imported.everythingSent())
        .doesNotContain("0013 8000")
        .doesNotContain("13800138000")
        .doesNotContain("1380013800099");
  }

  @Test
  void aRawNumberInPlaceOfAPseudonymIsRejected() throws Exception {
    imported.ndjson(
        """
        {"type":"CustomerRegistered","company":"m","occurred_at":"2026-03-01","customer_id":"c1","name":"Li","region":"north","phone_pseudonym":"+8613800138000"}""");

    imported.expectAccepted(0).expectRejected(1, "phone_pseudonym", "invalid_phone");
    assertThat(imported.everythingSent()).doesNotContain("8613800138000");
  }

  @Test
  void aMergeOfCustomersThatAreOneAlreadyIsACycle() throws Exception {
    imported.ndjson(
        merge("m1", "a", "b"),
        merge("m2", "b", "c"),
        merge("m3", "c", "a"),
        merge("m1", "a", "b"),
        merge("m4", "a", "a"));

    imported.expectAccepted(3).expectRejected(3, "duplicate_id", "merge_cycle");
    imported.expectRejected(5, "duplicate_id", "merge_into_itself");
    assertThat(imported.rejections())
        .extracting(RowRejected::getFile, RowRejected::getLine)
        .containsExactly(tuple("events.ndjson", 3L), tuple("events.ndjson", 5L));
    assertThat(imported.rejections().getFirst().getMessage())
        .contains("'c' and 'a' are one customer already", "Remove this row, or split them first");
  }

  @Test
  void aCycleThatOnlyASecondFileClosesIsRefusedThere() throws Exception {
    imported.files(
        Files.writeString(folder.resolve("first.ndjson"), merge("m1", "a", "b") + "\n"),
        Files.writeString(
            folder.resolve("second.ndjson"), merge("m2", "b", "c") + "\n" + merge("m3", "c", "a")));

    imported.expectAccepted(2).expectRejected(2, "duplicate_id", "merge_cycle");
    assertThat(imported.rejections())
        .extracting(RowRejected::getFile)
        .containsExactly("second.ndjson");
  }

  @Test
  void aSplitMakesRoomForAnotherMerge() throws Exception {
    imported.ndjson(
        merge("m1", "a", "b"),
        """
        {"type":"CustomerSplit","company":"m","occurred_at":"2026-03-02","merge_event_id":"m1","reason":"two people"}""",
        merge("m2", "b", "a"));

    imported.expectAccepted(3);
  }

  @Test
  void aCsvRowBecomesAnEventThroughItsMapping() throws Exception {
    imported.mapping(PAYMENTS_MAPPING);
    imported.csv("number,customer,paid,sum", "17,c1,2026/3/9,1234.50");

    PaymentReceived payment = imported.only(PaymentReceived.class);
    assertThat(payment.getEnvelope().getEventId()).isEqualTo("meridian:PaymentReceived:17");
    assertThat(payment.getEnvelope().getOccurredAt())
        .isEqualTo(Instant.parse("2026-03-08T16:00:00Z"));
    assertThat(payment.getReceivedOn()).isEqualTo(LocalDate.of(2026, 3, 9));
    assertThat(payment.getAmountMicros()).isEqualTo(1_234_500_000L);
    assertThat(payment.getCurrency()).isEqualTo("CNY");
  }

  @Test
  void aRowOfAListHoldsOneLineOfIt() throws Exception {
    imported.mapping(
        """
        event: SaleRecorded
        company: meridian
        currency: CNY
        constants: {settlement: ON_ACCOUNT, region: north}
        ignore: [remark]
        columns:
          order: sale_id
          buyer: customer_id
          day: sold_on
          sku: lines.product_id
          pieces: lines.units
          net: lines.net_amount
          cost: lines.cost_of_goods
          code: lines.promotion_id
        """);
    imported.csv(
        "order,buyer,day,sku,pieces,net,cost,code,remark",
        "o1,c1,2026-03-01,tea,2,19.99,8.1234,spring,\"a, b\"",
        "o2,c1,2026-03-01,tea,2,19.99,x,,");

    assertThat(imported.only(SaleRecorded.class).getLines())
        .singleElement()
        .satisfies(line -> assertThat(line.getPromotionId()).isEqualTo("spring"));
    imported.expectRejected(3, "cost", "wrong_type");
  }

  @Test
  void theMappingsExampleIsLeftOutHoweverItIsWrittenAndAChangedOneIsTaken() throws Exception {
    imported.mapping(
        PAYMENTS_MAPPING
            + "example: {number: '17', customer: c1, paid: '2026-03-09', sum: '1234.50'}\n");
    imported.csv(
        "number,customer,paid,sum",
        "17,c1,2026/3/9,1234.5",
        "17,c1,2026/3/9,1234.51",
        "18,c1,2026/3/9,1234.5",
        "17,c1,2026/3/10,1234.5");

    imported.expectAccepted(3);
    assertThat(imported.rejections()).isEmpty();
    assertThat(imported.summary().examples()).containsExactly("rows.csv:2");
    assertThat(imported.summary().accepted()).isEqualTo(3);
  }

  @Test
  void anExampleIsWrittenInIsoHoweverTheCompanyWritesItsRows() throws Exception {
    imported.mapping(
        PAYMENTS_MAPPING
            + "example: {number: '17', customer: c1, paid: '2026-03-09', sum: '1234.50'}\n"
            + "separator: ';'\ndecimal_separator: ','\ngroup_separator: '.'\n");
    imported.csv("number;customer;paid;sum", "17;c1;2026/3/9;1.234,50", "18;c1;2026/3/9;1.234,50");

    imported.expectAccepted(1);
    assertThat(imported.summary().examples()).containsExactly("rows.csv:2");
  }

  @Test
  void aCompanysOwnWordsAreUnderstoodAndOthersStayAsTheyAre() throws Exception {
    imported.mapping(
        """
        event: PromotionApproved
        company: meridian
        key: [Aktion, Stufe]
        columns: {Aktion: promotion_id, Stufe: step, Zeit: occurred_at, Ja: granted, Wer: approver_id}
        values:
          Stufe: {Leitung: DIRECTOR}
          Ja: {ja: true, nein: false}
        """);
    imported.csv(
        "Aktion,Stufe,Zeit,Ja,Wer",
        "p1,Leitung,2026-03-09,ja,s1",
        "p1,DIRECTOR,2026-03-09,true,s1",
        "p2,Direktion,2026-03-09,nein,s1");

    imported.expectAccepted(2).expectRejected(4, "Stufe", "wrong_type");
    assertThat(imported.rejections()).hasSize(1);
    PromotionApproved inWords = (PromotionApproved) imported.events().getFirst();
    PromotionApproved inCodes = (PromotionApproved) imported.events().getLast();
    assertThat(inWords.getStep()).isEqualTo(PromotionApprovalStep.DIRECTOR);
    assertThat(inWords.getGranted()).isTrue();
    assertThat(inCodes.getEnvelope().getEventId()).isEqualTo(inWords.getEnvelope().getEventId());
  }

  @Test
  void aBlankCellOfAListOfTextsIsAnEmptyList() throws Exception {
    imported.mapping(
        """
        event: PromotionStarted
        company: meridian
        columns: {Aktion: promotion_id, Tag: started_on, Gebiete: regions}
        """);
    imported.csv("Aktion,Tag,Gebiete", "p1,2026-03-09,", "p2,2026-03-09,\"north, east\"");

    imported.expectAccepted(2);
    assertThat(imported.events())
        .extracting(event -> ((PromotionStarted) event).getRegions())
        .containsExactly(List.of(), List.of("north", "east"));
  }

  @Test
  void theSameKeyWithChangedContentIsACorrectionAndWithTheSameADuplicate() throws Exception {
    imported.mapping(PAYMENTS_MAPPING);
    imported.csv(
        "number,customer,paid,sum", "17,c1,2026/3/9,10", "17,c1,2026/3/9,10", "17,c1,2026/3/9,12");

    List<SpecificRecord> events = imported.events();
    assertThat(events)
        .extracting(event -> EventType.envelopeOf(event).getRevision())
        .containsExactly(0, 0, 1);
    assertThat(ContentHash.of(events.get(0))).isEqualTo(ContentHash.of(events.get(1)));
    assertThat(events)
        .extracting(event -> EventType.envelopeOf(event).getEventId())
        .containsOnly("meridian:PaymentReceived:17");
  }

  @Test
  void anUnchangedRowIsTheSameEventInNextMonthsFile() throws Exception {
    imported.mapping(PAYMENTS_MAPPING);
    imported.csv("number,customer,paid,sum", "17,c1,2026/3/9,10");
    SpecificRecord before = imported.only(PaymentReceived.class);

    ImportScenario again = new ImportScenario(folder);
    again.mapping(PAYMENTS_MAPPING);
    again.csvNamed(
        "april.csv", "number,customer,paid,sum", "16,c2,2026/3/8,9", "17,c1,2026/3/9,10");

    assertThat(ContentHash.of(again.events().get(1))).isEqualTo(ContentHash.of(before));
  }

  @Test
  void aRevisionColumnDecidesWhichVersionWins() throws Exception {
    imported.mapping(PAYMENTS_MAPPING + "revision: changed\n");
    imported.csv(
        "number,customer,paid,sum,changed",
        "17,c1,2026/3/9,10,2026-03-09 10:00",
        "17,c1,2026/3/9,12,2026-03-09 09:00",
        "18,c1,2026/3/9,12,yesterday");

    assertThat(imported.events())
        .extracting(event -> EventType.envelopeOf(event).getRevision())
        .satisfies(revisions -> assertThat(revisions.get(0)).isEqualTo(revisions.get(1) + 3600));
    imported.expectRejected(4, "changed", "wrong_type");
  }

  @Test
  void numbersMayBeWrittenTheCompanysWay() throws Exception {
    imported.mapping(
        PAYMENTS_MAPPING + "separator: ';'\ndecimal_separator: ','\ngroup_separator: '.'\n");
    imported.csv("number;customer;paid;sum", "17;c1;2026/3/9;1.234,50");

    assertThat(imported.only(PaymentReceived.class).getAmountMicros()).isEqualTo(1_234_500_000L);
  }

  @Test
  void anUnknownColumnIsReportedAndTheRowsAreTaken() throws Exception {
    imported.mapping(PAYMENTS_MAPPING);
    imported.csv("number,customer,paid,sum,remark", "17,c1,2026/3/9,10,x");

    imported.expectAccepted(1).expectRejected(1, "remark", "unknown_column");
  }

  @Test
  void aMissingColumnStopsTheFile() throws Exception {
    imported.mapping(PAYMENTS_MAPPING);
    imported.csv("number,customer,paid", "17,c1,2026/3/9");

    imported.expectAccepted(0).expectRejected(1, "sum", "missing_field");
  }

  @Test
  void aRowWithTooFewCellsIsRejectedAndTheNextIsTaken() throws Exception {
    imported.mapping(PAYMENTS_MAPPING);
    imported.csv("number,customer,paid,sum", "17,c1", "18,c1,2026/3/9,10");

    imported.expectAccepted(1).expectRejected(2, null, "unreadable_file");
  }

  @Test
  void aCellThatDoesNotEndIsReportedWithItsLine() throws Exception {
    imported.mapping(PAYMENTS_MAPPING);
    imported.csv("number,customer,paid,sum", "17,c1,2026/3/9,10", "\"18,c1,2026/3/9,10");

    imported.expectAccepted(1).expectRejected(3, null, "unreadable_file");
  }

  @Test
  void aFileInAnotherEncodingIsReadOrReported() throws Exception {
    imported.mapping(PAYMENTS_MAPPING);
    Path file = folder.resolve("payments.csv");
    Files.writeString(
        file, "number,customer,paid,sum\n17,客户,2026/3/9,10\n", Charset.forName("GB18030"));
    imported.files(file);
    assertThat(imported.rejections())
        .singleElement()
        .satisfies(bad -> assertThat(bad.getReason()).isEqualTo("unreadable_file"));

    ImportScenario again = new ImportScenario(folder);
    again.mapping(PAYMENTS_MAPPING + "encoding: GB18030\n");
    again.files(file);
    assertThat(again.only(PaymentReceived.class).getCustomerId()).isEqualTo("客户");
  }

  @Test
  void aPhoneColumnIsAPseudonymWhereverItGoes() throws Exception {
    imported.mapping(
        """
        event: CustomerRegistered
        company: meridian
        phone_region: CN
        key: [mobile]
        phones: [mobile]
        columns: {mobile: customer_id, label: name, area: region, since: occurred_at, tel2: phone}
        """);
    imported.csv(
        "mobile,label,area,since,tel2",
        "13800138000,Li,north,2026-03-01,13800138001",
        "13800138002,Wu,,2026-03-01,13800138003",
        "1380013800200,Wu,north,2026-03-01,");

    assertThat(imported.only(CustomerRegistered.class).getCustomerId()).hasSize(64);
    imported.expectRejected(3, "area", "missing_field");
    imported.expectRejected(4, "mobile", "invalid_phone");
    assertThat(imported.everythingSent()).doesNotContain("1380013800");
  }

  @Test
  void anOptionalFieldOfTheKeyMayBeBlankAndTellsRowsApart() throws Exception {
    imported.mapping(
        """
        event: CreditLimitSet
        company: meridian
        zone: Asia/Shanghai
        currency: CNY
        key: [who, part, since]
        columns: {who: holder_id, part: component, since: effective_on, limit: amount, boss: approved_by}
        constants: {holder: CUSTOMER, authority_level: "1"}
        """);
    imported.csv(
        "who,part,since,limit,boss",
        "C-1,,2026-03-01,100,ST-1",
        "C-1,OVERDUE,2026-03-01,0,ST-1",
        ",OVERDUE,2026-03-01,0,ST-1");

    imported.expectRejected(4, "who", "missing_field");
    assertThat(imported.events())
        .extracting(event -> ((CreditLimitSet) event).getEnvelope().getEventId())
        .containsExactly(
            "meridian:CreditLimitSet:C-1::2026-03-01",
            "meridian:CreditLimitSet:C-1:OVERDUE:2026-03-01");
  }

  @ParameterizedTest(name = "line {1}: {2}")
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`key: [number]`, 7, `unknown key`, `clef: [number]`",
        "`sum: amount`, 12, `has no field 'amonut'`, `sum: amonut`",
        "`sum: amount`, 12, `is filled twice`, `sum: customer_id`",
        "`event: PaymentReceived`, 1, `no event 'Payment'`, `event: Payment`",
        "`zone: Asia/Shanghai`, 3, `is no time zone`, `zone: China`",
        "`dates: [yyyy/M/d]`, 6, `is no date format`, `dates: [foo]`",
        "`company: meridian`, 3, `stands twice`, `company: meridian\ncompany: other`",
        "`columns:`, 8, `must hold pairs`, `columns: [a]\nignore:`",
        "`zone: Asia/Shanghai`, 3, `'total' is no column`, `values: {total: {a: b}}`",
        "`zone: Asia/Shanghai`, 3, `must hold pairs`, `values: {sum: a}`",
        "`zone: Asia/Shanghai`, 3, `'total' is no column`, `example: {total: a}`",
        "`zone: Asia/Shanghai`, 3, `the row under example is none`, `example: {sum: many}`",
      })
  void aWrongMappingIsRefusedWithFileAndLine(String good, int line, String problem, String bad)
      throws IOException {
    imported.mapping(PAYMENTS_MAPPING.replace(good, bad.replace("\\n", "\n")));

    assertThatThrownBy(() -> imported.csv("number,customer,paid,sum"))
        .isInstanceOf(MappingException.class)
        .hasMessageContaining(problem)
        .hasMessageContaining("mapping.yaml:" + line);
  }

  @Test
  void aFileThatIsNotThereStopsTheImportBeforeAnythingIsRead() throws IOException {
    Path good = Files.writeString(folder.resolve("a.ndjson"), SALE, StandardCharsets.UTF_8);

    assertThatThrownBy(() -> imported.files(good, folder.resolve("b.ndjson")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("b.ndjson is no file that can be read");
    assertThat(imported.events()).isEmpty();
  }

  @Test
  void aCsvNeedsAMappingAndOtherKindsAreUnknown() throws IOException {
    Path csv = Files.writeString(folder.resolve("a.csv"), "x");
    Path other = Files.writeString(folder.resolve("a.xls"), "x");
    Path workbook = Files.writeString(folder.resolve("a.xlsx"), "x");

    assertThatThrownBy(() -> imported.files(csv)).hasMessageContaining("--mapping");
    assertThatThrownBy(() -> imported.files(workbook)).hasMessageContaining("--mapping");
    assertThatThrownBy(() -> imported.files(other)).hasMessageContaining("neither .csv nor");
  }

  private static String merge(String id, String one, String other) {
    return """
    {"type":"CustomerMerged","event_id":"%s","company":"m","occurred_at":"2026-03-01","customer_id":"%s","duplicate_id":"%s","reason":"same phone"}"""
        .formatted(id, one, other);
  }
}
