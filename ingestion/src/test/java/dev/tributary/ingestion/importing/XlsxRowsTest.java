package dev.tributary.ingestion.importing;

import static dev.tributary.ingestion.importing.TestWorkbook.blank;
import static dev.tributary.ingestion.importing.TestWorkbook.error;
import static dev.tributary.ingestion.importing.TestWorkbook.formula;
import static dev.tributary.ingestion.importing.TestWorkbook.formulaOfText;
import static dev.tributary.ingestion.importing.TestWorkbook.formulaWithoutResult;
import static dev.tributary.ingestion.importing.TestWorkbook.hiddenRow;
import static dev.tributary.ingestion.importing.TestWorkbook.number;
import static dev.tributary.ingestion.importing.TestWorkbook.row;
import static dev.tributary.ingestion.importing.TestWorkbook.shared;
import static dev.tributary.ingestion.importing.TestWorkbook.text;
import static dev.tributary.ingestion.importing.TestWorkbook.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.events.PaymentReceived;
import dev.tributary.events.RowRejected;
import dev.tributary.events.VisitRecorded;
import dev.tributary.ingestion.importing.TestWorkbook.Format;
import dev.tributary.schemas.EventType;
import dev.tributary.schemas.WireFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XlsxRowsTest {

  private static final String MAPPING =
      """
      event: PaymentReceived
      company: meridian
      zone: Asia/Shanghai
      currency: CNY
      dates: [yyyy/M/d]
      ignore: [remark]
      columns:
        number: payment_id
        customer: customer_id
        paid: received_on
        sum: amount
      """;

  private static final String HEADER = texts(1, "number", "customer", "paid", "sum");

  @TempDir private Path folder;
  private ImportScenario imported;

  @BeforeEach
  void setUp() throws Exception {
    this.imported = new ImportScenario(folder);
    imported.mapping(MAPPING);
  }

  @Test
  void theSameDataAsCsvAndAsAWorkbookGivesTheSameBytes() throws Exception {
    imported.mapping(MAPPING + "key: [number]\n");
    imported.csv(
        "number,customer,paid,sum",
        "0017,13800138000,2026/3/9,1234.56",
        "18,c1,2026-03-10,100000",
        "19,c1,2026-03-11,0.1");

    ImportScenario workbook = new ImportScenario(folder);
    workbook.mapping(MAPPING + "key: [number]\n");
    workbook.files(
        new TestWorkbook()
            .sharedText("<t>0017</t>")
            .sheet(
                "March",
                HEADER,
                row(
                    2,
                    shared(0),
                    number("13800138000", Format.SCIENTIFIC),
                    number("46090", Format.DATE),
                    number("1234.5599999999999")),
                row(
                    4,
                    number("18"),
                    text(" c1 "),
                    number("46091", Format.CHINESE_DATE),
                    number("1E+05")),
                row(5, number("19"), text("c1"), text("2026/3/11"), number("0.1")))
            .write(folder.resolve("payments.xlsx")));

    assertThat(workbook.rejections()).isEmpty();
    assertThat(bytes(workbook.events())).containsExactlyElementsOf(bytes(imported.events()));
  }

  private static List<String> bytes(List<SpecificRecord> events) {
    WireFormat wire = new WireFormat();
    return events.stream().map(event -> Arrays.toString(wire.encode(event))).toList();
  }

  @Test
  void aRowWithoutKeyIsKnownByFileSheetAndRow() throws Exception {
    imported.files(
        new TestWorkbook()
            .sheet("March", HEADER, payment(7, text("p"), number("1")))
            .write(folder.resolve("payments.xlsx")));

    assertThat(EventType.envelopeOf(imported.only(PaymentReceived.class)).getEventId())
        .isEqualTo("meridian:payments.xlsx#March:7");
  }

  @ParameterizedTest(name = "{0} as {1} is {2}")
  @CsvSource({
    "46090,              DATE,                      2026-03-09",
    "46090,              CHINESE_DATE,              2026-03-09",
    "46090,              CHINESE_DATE_WITHOUT_CODE, 2026-03-09",
    "46090.75,           DATE_AND_TIME,             2026-03-09",
    "46090.999988425923, DATE_AND_TIME,             2026-03-09",
    "61,                 DATE,                      1900-03-01",
    "59,                 DATE,                      1900-02-28",
  })
  void aDateIsTheDayThatTheSpreadsheetShows(String kept, Format format, LocalDate day)
      throws Exception {
    importPaymentOn(new TestWorkbook(), number(kept, format));

    assertThat(imported.only(PaymentReceived.class).getReceivedOn()).isEqualTo(day);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({"44628, 2026-03-09", "0, 1904-01-01", "60, 1904-03-01"})
  void aWorkbookMayCountItsDaysFrom1904(String kept, LocalDate day) throws Exception {
    importPaymentOn(new TestWorkbook().since1904(), number(kept, Format.DATE));

    assertThat(imported.only(PaymentReceived.class).getReceivedOn()).isEqualTo(day);
  }

  @ParameterizedTest(name = "{0} as {1}")
  @CsvSource({
    "60,       DATE,         wrong_type", // 29 February 1900
    "-1,       DATE,         wrong_type",
    "2958466,  DATE,         wrong_type", // 1 January 10000
    "1E999999, DATE,         wrong_type",
    "0.75,     TIME,         wrong_type",
    "46090,    GENERAL,      wrong_type",
    "46090,    ELAPSED,      wrong_type",
    "46090,    DAYS_AS_UNIT, wrong_type",
    "0,        DATE,         wrong_type", // what a formula shows that refers to an empty cell
  })
  void whatIsNoDateIsRejected(String kept, Format format, String reason) throws Exception {
    importPaymentOn(new TestWorkbook(), number(kept, format));

    imported.expectAccepted(0).expectRejected(2, "paid", reason);
  }

  @Test
  void aTimeIsInTheCompanysZone() throws Exception {
    imported.mapping(
        """
        event: VisitRecorded
        company: meridian
        zone: Asia/Shanghai
        constants: {place: OTHER, role: OWNER, visitor_kind: BUYER, depth: TOUR, method: OTHER, register_complete: "true",
          first_visit_asked: "true", other_site_asked: "true", company_referred: "false", note_taken: "false", key_mark: "false"}
        columns: {id: visit_id, who: customer_id, from: occurred_at, to: ended_at, by: staff_id, new: is_new}
        """);
    imported.files(
        new TestWorkbook()
            .sheet(
                "Visits",
                texts(1, "id", "who", "from", "to", "by", "new"),
                row(
                    2,
                    text("v1"),
                    text("c1"),
                    number("46090.4375", Format.DATE_AND_TIME),
                    number("46090.461805555555", Format.DATE_AND_TIME),
                    text("s1"),
                    TestWorkbook.truth(true)))
            .write(folder.resolve("visits.xlsx")));

    VisitRecorded visit = imported.only(VisitRecorded.class);
    assertThat(visit.getEnvelope().getOccurredAt())
        .isEqualTo(Instant.parse("2026-03-09T02:30:00Z"));
    assertThat(visit.getEndedAt()).isEqualTo(Instant.parse("2026-03-09T03:05:00Z"));
    assertThat(visit.getIsNew()).isTrue();
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "1234.5599999999999,   1234560000",
    "0.10000000000000001,  100000",
    "1E+05,                100000000000",
    "5.0,                  5000000",
    "9.9999999999999995E-7, 1",
  })
  void anAmountIsWhatWasTyped(String kept, long micros) throws Exception {
    importPayment(text("p"), number(kept));

    assertThat(imported.only(PaymentReceived.class).getAmountMicros()).isEqualTo(micros);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "6222021234567890",
        "0.30000000000000004",
        "123456789012345678",
        "1E+300",
        "1E+999"
      })
  void moreDigitsThanASpreadsheetKeepsAreRefused(String kept) throws Exception {
    importPayment(number(kept), number("1"));

    imported.expectAccepted(0).expectRejected(2, "number", "invalid_value");
    assertThat(imported.rejections().getFirst().getMessage()).contains("Format the column as text");
  }

  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource({
    "17,                17",
    "17.0,              17",
    "1.3800138E10,      13800138000",
    "-5,                -5",
    "100000000000000,   100000000000000",
  })
  void anIdThatIsANumberHasPlainDigits(String kept, String id) throws Exception {
    importPayment(number(kept), number("1"));

    assertThat(imported.only(PaymentReceived.class).getPaymentId()).isEqualTo(id);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"0017", "1E5", "+8613800138000", "1.0", "TRUE", "2026/3/9"})
  void textThatLooksLikeSomethingElseIsKeptAsTyped(String typed) throws Exception {
    importPayment(text(typed), number("1"));

    assertThat(imported.only(PaymentReceived.class).getPaymentId()).isEqualTo(typed);
  }

  @Test
  void textMayBeSharedFormattedAndAnnotated() throws Exception {
    imported.files(
        new TestWorkbook()
            .sharedText("<r><t>c</t></r><r><rPr><b/></rPr><t>-1</t></r>")
            .sharedText("<t>东京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh>")
            .sheet(
                "S",
                HEADER,
                row(2, shared(0), shared(1), number("46090", Format.DATE), number("1")))
            .write(folder.resolve("a.xlsx")));

    PaymentReceived payment = imported.only(PaymentReceived.class);
    assertThat(payment.getPaymentId()).isEqualTo("c-1");
    assertThat(payment.getCustomerId()).isEqualTo("东京");
  }

  @Test
  void aFormulaCountsByItsSavedResult() throws Exception {
    importPayment(formulaOfText("p-1"), formula("12.5"));

    PaymentReceived payment = imported.only(PaymentReceived.class);
    assertThat(payment.getPaymentId()).isEqualTo("p-1");
    assertThat(payment.getAmountMicros()).isEqualTo(12_500_000L);
  }

  @Test
  void aFormulaWithoutResultOrWithAnErrorIsRejected() throws Exception {
    imported.files(
        new TestWorkbook()
            .sheet(
                "S",
                HEADER,
                payment(2, text("a"), formulaWithoutResult()),
                payment(3, text("b"), error("#N/A")),
                payment(4, text("c"), "<c t=\"e\"><v>#DIV/0!</v></c>"),
                payment(5, text("d"), formula("0.30000000000000004")),
                payment(6, text("#N/A"), number("1")))
            .write(folder.resolve("a.xlsx")));

    imported
        .expectAccepted(1)
        .expectRejected(2, "sum", "invalid_value")
        .expectRejected(3, "sum", "invalid_value")
        .expectRejected(4, "sum", "invalid_value")
        .expectRejected(5, "sum", "invalid_value");
    assertThat(imported.rejections())
        .extracting(RowRejected::getMessage)
        .satisfiesExactly(
            message -> assertThat(message).contains("no saved result"),
            message -> assertThat(message).contains("'#N/A'"),
            message -> assertThat(message).contains("'#DIV/0!'"),
            message -> assertThat(message).contains("ROUND"));
  }

  @Test
  void emptyRowsAreSkippedHiddenOnesAreRead() throws Exception {
    imported.files(
        new TestWorkbook()
            .sheet(
                "S",
                row(1, blank(), blank()),
                texts(3, "number", "customer", "paid", "sum"),
                row(4),
                payment(5, text("a"), number("1")),
                row(6, blank(), text("  "), blank()),
                hiddenRow(9, text("b"), text("c1"), number("46090", Format.DATE), number("2")))
            .write(folder.resolve("a.xlsx")));

    imported.expectAccepted(2);
    assertThat(imported.rejections()).isEmpty();
  }

  @Test
  void ofMergedCellsOnlyTheFirstHasTheValue() throws Exception {
    imported.files(
        new TestWorkbook()
            .sheetWithMergedCells(
                "S",
                "B2:B3",
                HEADER,
                payment(2, text("a"), number("1")),
                row(3, text("b"), blank(), number("46090", Format.DATE), number("2")))
            .write(folder.resolve("a.xlsx")));

    imported.expectAccepted(1).expectRejected(3, "customer", "missing_field");
  }

  @Test
  void theFirstVisibleSheetWithCellsIsReadUnlessTheMappingNamesOne() throws Exception {
    Path file =
        new TestWorkbook()
            .hiddenSheet("Old", HEADER, payment(2, text("old"), number("1")))
            .sheet("Empty")
            .sheet("Payments", HEADER, payment(2, text("new"), number("1")))
            .sheet("Notes", texts(1, "anything"))
            .write(folder.resolve("a.xlsx"));

    imported.files(file);
    assertThat(imported.only(PaymentReceived.class).getPaymentId()).isEqualTo("new");

    ImportScenario named = new ImportScenario(folder);
    named.mapping(MAPPING + "sheet: Old\n");
    named.files(file);
    assertThat(named.only(PaymentReceived.class).getPaymentId()).isEqualTo("old");

    ImportScenario missing = new ImportScenario(folder);
    missing.mapping(MAPPING + "sheet: April\n");
    missing.files(file);
    missing.expectAccepted(0).expectRejected(1, null, "unreadable_file");
    assertThat(missing.rejections().getFirst().getMessage())
        .contains("no sheet 'April'", "Old, Empty, Payments, Notes");
  }

  @Test
  void aColumnWithoutHeaderMayNotHoldValues() throws Exception {
    imported.files(
        new TestWorkbook()
            .sheet(
                "S",
                texts(1, "number", "customer", "", "paid", "sum", "remark"),
                row(
                    2,
                    text("a"),
                    text("c1"),
                    blank(),
                    number("46090", Format.DATE),
                    number("1"),
                    error("#N/A")),
                row(3, text("b"), text("c1"), text("x"), number("46090", Format.DATE), number("1")),
                row(
                    4,
                    text("c"),
                    text("c1"),
                    blank(),
                    number("46090", Format.DATE),
                    number("1"),
                    blank(),
                    number("7")))
            .write(folder.resolve("a.xlsx")));

    imported
        .expectAccepted(1)
        .expectRejected(3, "C", "unknown_column")
        .expectRejected(4, "G", "unknown_column");
  }

  @Test
  void aHeaderThatDoesNotFitStopsTheSheet() throws Exception {
    imported.files(
        new TestWorkbook()
            .sheet(
                "S",
                texts(2, "number", "customer", "paid", "Sum"),
                payment(3, text("a"), number("1")))
            .write(folder.resolve("a.xlsx")));

    imported
        .expectAccepted(0)
        .expectRejected(2, "sum", "missing_field")
        .expectRejected(2, "Sum", "unknown_column");
    assertThat(imported.rejections()).extracting(RowRejected::getFile).containsOnly("a.xlsx#S");
  }

  @Test
  void numbersKeepTheirValueWhereTheCompanyWritesADecimalComma() throws Exception {
    imported.mapping(MAPPING + "decimal_separator: ','\ngroup_separator: '.'\n");
    imported.files(
        new TestWorkbook()
            .sheet(
                "S",
                HEADER,
                payment(2, text("a"), number("1234.5")),
                payment(3, text("b"), text("1.234,5")))
            .write(folder.resolve("a.xlsx")));

    imported.expectAccepted(2);
    assertThat(imported.events())
        .extracting(event -> ((PaymentReceived) event).getAmountMicros())
        .containsOnly(1_234_500_000L);
  }

  @Test
  void aPhoneNumberInARejectedRowIsReplaced() throws Exception {
    imported.mapping(MAPPING + "phones: [mobile]\nphone_region: CN\n");
    imported.files(
        new TestWorkbook()
            .sheet(
                "S",
                texts(1, "number", "customer", "paid", "sum", "mobile"),
                row(2, text("a"), text("c1"), text("soon"), number("1"), number("13800138000")),
                row(
                    3,
                    text("b"),
                    text("c1"),
                    number("46090", Format.DATE),
                    number("1"),
                    number("1380013")))
            .write(folder.resolve("a.xlsx")));

    imported.expectRejected(2, "paid", "wrong_type").expectRejected(3, "mobile", "invalid_phone");
    assertThat(imported.everythingSent()).doesNotContain("1380013");
  }

  @Test
  void whatIsNoWorkbookIsReported() throws Exception {
    byte[] good =
        Files.readAllBytes(
            new TestWorkbook()
                .sheet("S", HEADER, payment(2, text("a"), number("1")))
                .write(folder.resolve("good.xlsx")));
    Path text = Files.writeString(folder.resolve("text.xlsx"), "number,customer");
    Path old =
        Files.write(
            folder.resolve("old.xlsx"),
            new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 1});
    Path cut = Files.write(folder.resolve("cut.xlsx"), Arrays.copyOf(good, good.length / 2));

    imported.files(text, old, cut);

    imported.expectAccepted(0);
    assertThat(imported.rejections())
        .extracting(RowRejected::getFile)
        .containsExactly("text.xlsx", "old.xlsx", "cut.xlsx");
    assertThat(imported.rejections().get(1).getMessage()).contains("password");
  }

  @Test
  void aSheetThatBreaksOffIsTakenUpToThere() throws Exception {
    Path file =
        new TestWorkbook()
            .sheet(
                "S",
                HEADER,
                payment(2, text("a"), number("1")),
                "<row r=\"3\"><c t=\"surprise\"><v>1</v></c></row>",
                payment(4, text("b"), number("1")))
            .write(folder.resolve("a.xlsx"));

    imported.files(file);

    imported.expectAccepted(1).expectRejected(3, null, "unreadable_file");
  }

  @Test
  void aSmallFileThatUnpacksToFarMoreIsRefused() throws Exception {
    imported.files(
        new TestWorkbook()
            .sheet("S", HEADER, payment(2, text("a"), number("1")))
            .part("xl/media/image1.xml", " ".repeat(32 * 1024 * 1024))
            .write(folder.resolve("bomb.xlsx")));

    imported.expectAccepted(0).expectRejected(1, null, "unreadable_file");
    assertThat(imported.rejections().getFirst().getMessage())
        .contains("xl/media/image1.xml", "Split the workbook");
  }

  @Test
  void aWorkbookThatNamesFilesOutsideItselfDoesNotReadThem() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "hush", StandardCharsets.UTF_8);
    imported.files(
        new TestWorkbook()
            .prologue("<!DOCTYPE worksheet [<!ENTITY s SYSTEM \"%s\">]>".formatted(secret.toUri()))
            .sheet(
                "S",
                HEADER,
                payment(2, text("a"), number("1")),
                payment(3, text("&s;"), number("1")))
            .write(folder.resolve("a.xlsx")));

    assertThat(imported.rejections()).isNotEmpty();
    assertThat(imported.everythingSent()).doesNotContain("hush");
  }

  private void importPayment(String id, String amount) throws Exception {
    imported.files(
        new TestWorkbook()
            .sheet("S", HEADER, payment(2, id, amount))
            .write(folder.resolve("payment.xlsx")));
  }

  private void importPaymentOn(TestWorkbook workbook, String day) throws Exception {
    imported.files(
        workbook
            .sheet("S", HEADER, row(2, text("p"), text("c1"), day, number("1")))
            .write(folder.resolve("payment.xlsx")));
  }

  private static String payment(int row, String id, String amount) {
    return row(row, id, text("c1"), number("46090", Format.DATE), amount);
  }
}
