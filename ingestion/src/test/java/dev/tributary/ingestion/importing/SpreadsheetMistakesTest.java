package dev.tributary.ingestion.importing;

import static dev.tributary.ingestion.importing.TestWorkbook.blank;
import static dev.tributary.ingestion.importing.TestWorkbook.error;
import static dev.tributary.ingestion.importing.TestWorkbook.formulaWithoutResult;
import static dev.tributary.ingestion.importing.TestWorkbook.number;
import static dev.tributary.ingestion.importing.TestWorkbook.row;
import static dev.tributary.ingestion.importing.TestWorkbook.text;
import static dev.tributary.ingestion.importing.TestWorkbook.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.events.RowRejected;
import dev.tributary.ingestion.importing.TestWorkbook.Format;
import dev.tributary.schemas.ContentHash;
import dev.tributary.schemas.EventType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A company's sheet of sales with the mistakes that people make, and the sheet corrected. */
class SpreadsheetMistakesTest {

  private static final String MAPPING =
      """
      event: SaleRecorded
      company: meridian
      zone: Asia/Shanghai
      phone_region: CN
      constants: {region: north}
      key: [order]
      revision: version
      phones: [mobile]
      columns:
        order: sale_id
        buyer: customer_id
        day: sold_on
        settled: settlement
        currency: currency
        sku: lines.product_id
        pieces: lines.units
        net: lines.net_amount
        cost: lines.cost_of_goods
      """;

  /** The highest revision wins, then the content hash. */
  private static final Comparator<SpecificRecord> BY_PRECEDENCE =
      Comparator.<SpecificRecord>comparingInt(event -> EventType.envelopeOf(event).getRevision())
          .thenComparing(ContentHash::of);

  private static final List<String> COLUMNS =
      List.of(
          "order",
          "buyer",
          "day",
          "settled",
          "currency",
          "sku",
          "pieces",
          "net",
          "cost",
          "mobile",
          "version");

  /** A row of the sheet that is wrong in one cell. */
  private record Mistake(
      String kind, String column, String cell, String reason, String value, String whatToDo) {}

  /**
   * Of what may be a phone number, long ids and many decimal places too, a report says no digit.
   */
  private static final String REPLACED = "phone:";

  private static final List<Mistake> MISTAKES =
      List.of(
          new Mistake("value missing", "buyer", blank(), "missing_field", "blank", "Give it"),
          new Mistake("key missing", "order", blank(), "missing_field", "blank", "Give it"),
          new Mistake(
              "no such day", "day", text("2026/02/30"), "wrong_type", "2026/02/30", "Write it as"),
          new Mistake(
              "a number formatted as a date",
              "day",
              number("-3", Format.DATE),
              "wrong_type",
              "-3",
              "Enter the date again"),
          new Mistake(
              "in the far future", "day", number("82614", Format.DATE), "far_future", "2126", ""),
          new Mistake("unknown choice", "settled", text("LATER"), "wrong_type", "LATER", "Use one"),
          new Mistake(
              "unknown currency", "currency", text("RMB"), "unknown_currency", "RMB", "Use a code"),
          new Mistake(
              "words in a number", "pieces", text("12 pcs"), "wrong_type", "12 pcs", "Write it as"),
          new Mistake("below zero", "net", number("-20"), "negative_amount", "-20", "credit note"),
          new Mistake(
              "a formula's error", "net", error("#REF!"), "invalid_value", "#REF!", "formula"),
          new Mistake(
              "a formula never calculated",
              "cost",
              formulaWithoutResult(),
              "invalid_value",
              "",
              "save"),
          new Mistake(
              "more digits than kept",
              "order",
              number("202603091234567890"),
              "invalid_value",
              REPLACED,
              "as text"),
          new Mistake(
              "too many decimal places",
              "cost",
              number("8.1234567"),
              "invalid_value",
              REPLACED,
              "Correct"),
          new Mistake(
              "no phone number", "mobile", text("none"), "invalid_phone", "", "country code"));

  @TempDir private Path folder;
  private ImportScenario imported;

  @BeforeEach
  void setUp() throws Exception {
    this.imported = new ImportScenario(folder);
    imported.mapping(MAPPING);
  }

  @Test
  void everyMistakeIsReportedWithSheetRowColumnValueAndWhatToDo() throws Exception {
    imported.files(mistaken());

    assertThat(MISTAKES).hasSizeGreaterThanOrEqualTo(12);
    imported.expectAccepted(MISTAKES.size());
    assertThat(imported.rejections()).hasSize(MISTAKES.size());
    for (int i = 0; i < MISTAKES.size(); i++) {
      Mistake mistake = MISTAKES.get(i);
      RowRejected rejection = imported.rejections().get(i);
      assertThat(rejection.getFile()).as(mistake.kind()).isEqualTo("sales.xlsx#March sales");
      assertThat(rejection.getLine()).as(mistake.kind()).isEqualTo(wrongRow(i));
      assertThat(rejection.getField()).as(mistake.kind()).isEqualTo(mistake.column());
      assertThat(rejection.getReason()).as(mistake.kind()).isEqualTo(mistake.reason());
      assertThat(rejection.getMessage())
          .as(mistake.kind())
          .contains(mistake.value(), mistake.whatToDo());
    }
  }

  @Test
  void theCorrectedSheetChangesExactlyTheCorrectedRows() throws Exception {
    imported.files(mistaken());
    Map<String, String> before = winners(imported.events());

    ImportScenario again = new ImportScenario(folder);
    again.mapping(MAPPING);
    again.files(corrected());

    assertThat(again.rejections()).isEmpty();
    List<SpecificRecord> all = new ArrayList<>(imported.events());
    all.addAll(again.events());
    Map<String, String> after = winners(all);
    Set<String> changed = new HashSet<>();
    after.forEach(
        (id, content) -> {
          if (!content.equals(before.get(id))) {
            changed.add(id);
          }
        });
    Set<String> corrected = new HashSet<>(Set.of(eventId("right-0")));
    for (int i = 0; i < MISTAKES.size(); i++) {
      corrected.add(eventId("wrong-" + i));
    }

    assertThat(changed).isEqualTo(corrected);
    assertThat(after.keySet()).containsAll(before.keySet());
  }

  /** A right row before each wrong one. */
  private Path mistaken() throws Exception {
    List<String> rows = new ArrayList<>(List.of(header()));
    for (int i = 0; i < MISTAKES.size(); i++) {
      rows.add(sale(wrongRow(i) - 1, "right-" + i));
      String[] cells = cells("wrong-" + i);
      cells[COLUMNS.indexOf(MISTAKES.get(i).column())] = MISTAKES.get(i).cell();
      rows.add(row(wrongRow(i), cells));
    }

    return write(rows);
  }

  /** The wrong rows put right, and a right one with another amount and the next version. */
  private Path corrected() throws Exception {
    List<String> rows = new ArrayList<>(List.of(header()));
    for (int i = 0; i < MISTAKES.size(); i++) {
      rows.add(sale(wrongRow(i) - 1, "right-" + i));
      rows.add(sale(wrongRow(i), "wrong-" + i));
    }

    String[] dearer = cells("right-0");
    dearer[COLUMNS.indexOf("net")] = number("21.99");
    dearer[COLUMNS.indexOf("version")] = number("1");
    rows.set(1, row(wrongRow(0) - 1, dearer));
    return write(rows);
  }

  private Path write(List<String> rows) throws Exception {
    return new TestWorkbook()
        .sheet("March sales", rows.toArray(String[]::new))
        .write(folder.resolve("sales.xlsx"));
  }

  private static int wrongRow(int mistake) {
    return 3 + 2 * mistake;
  }

  private static String header() {
    return texts(1, COLUMNS.toArray(String[]::new));
  }

  private static String sale(int row, String order) {
    return row(row, cells(order));
  }

  private static String[] cells(String order) {
    return new String[] {
      text(order),
      text("c1"),
      number("46090", Format.DATE),
      text("ON_ACCOUNT"),
      text("CNY"),
      text("tea"),
      number("2"),
      number("19.989999999999998"),
      number("8.1234000000000002"),
      number("13800138000"),
      number("0")
    };
  }

  private static String eventId(String order) {
    return "meridian:SaleRecorded:" + order;
  }

  /** The content hash that each event id has in the end. */
  private static Map<String, String> winners(List<SpecificRecord> events) {
    Map<String, SpecificRecord> winners = new HashMap<>();
    for (SpecificRecord event : events) {
      winners.merge(
          EventType.envelopeOf(event).getEventId(), event, BinaryOperator.maxBy(BY_PRECEDENCE));
    }

    Map<String, String> contents = new HashMap<>();
    winners.forEach((id, event) -> contents.put(id, ContentHash.of(event)));
    return contents;
  }
}
