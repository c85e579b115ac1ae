package dev.tributary.ingestion.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tributary.events.RowRejected;
import dev.tributary.ingestion.PhonePseudonym;
import dev.tributary.ingestion.importing.ImportHistory;
import dev.tributary.ingestion.importing.Importer;
import dev.tributary.schemas.EventCatalog;
import dev.tributary.schemas.EventType;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.InputSource;

class TemplatesTest {

  @TempDir private static Path written;
  private static List<Path> workbooks;

  @TempDir private Path folder;

  @BeforeAll
  static void write() throws IOException {
    workbooks = Templates.write(written, List.of(Language.values()));
  }

  /** What the system writes itself: the importer and --close. */
  private static final Set<String> WITHOUT_TEMPLATE = Set.of("RowRejected", "BusinessDayClosed");

  /** Of a list that stands in the cell's validation itself. */
  private static final int LONGEST_LIST_OF_A_SPREADSHEET = 255;

  @Test
  void everyEventThatACompanyCanSendHasATemplate() {
    List<String> sendable =
        EventCatalog.load().types().stream()
            .map(EventType::name)
            .filter(name -> !WITHOUT_TEMPLATE.contains(name))
            .toList();

    assertThat(sendable).hasSizeGreaterThan(60);
    assertThat(Templates.events()).containsExactlyInAnyOrderElementsOf(sendable);
  }

  @Test
  void theExampleIsLeftOutAndCountedAsLongAsItIsUnchanged() throws Exception {
    for (Path workbook : workbooks) {
      Imported imported = imported(workbook, mapping(workbook));

      assertThat(imported.rejections).as(workbook.toString()).isEmpty();
      assertThat(imported.events).as(workbook.toString()).isEmpty();
      assertThat(imported.summary.accepted()).as(workbook.toString()).isZero();
      assertThat(imported.summary.examples())
          .singleElement()
          .asString()
          .matches("%s#(Data|数据):2".formatted(name(workbook)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyChoiceIsUnderstoodAsItIsShownAndAsItsCode(Language language) throws Exception {
    int asked = 0;
    TemplateCatalog catalog = TemplateCatalog.load();
    for (Template template : catalog.templates()) {
      List<String> rows = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      for (Column column : template.columns()) {
        column
            .values(language)
            .forEach(
                (entered, ours) -> {
                  for (String cell : List.of(entered, ours)) {
                    rows.add(exampleWith(template, column, cell, language));
                    expected.add("%s=%s".formatted(column.field().name(), ours));
                  }
                });
      }

      asked += rows.size();
      rows.addFirst(header(template, language));
      Path csv = Files.write(folder.resolve(template.type().name() + ".csv"), rows);
      Path mapping =
          Files.writeString(
              folder.resolve(template.type().name() + ".yaml"),
              new TemplateMapping(template, catalog, language).yaml());
      Imported imported = imported(csv, withoutExample(mapping));

      assertThat(imported.rejections).as(csv.toString()).isEmpty();
      for (int i = 0; i < expected.size(); i++) {
        String field = expected.get(i).substring(0, expected.get(i).indexOf('='));
        assertThat(
                "%s=%s".formatted(field, imported.events.get(i).get(position(imported, i, field))))
            .as(csv.toString())
            .isEqualTo(expected.get(i));
      }
    }

    assertThat(asked).isGreaterThan(400);
  }

  private static int position(Imported imported, int event, String field) {
    return imported.events.get(event).getSchema().getField(field).pos();
  }

  private static String header(Template template, Language language) {
    return template.columns().stream()
        .map(column -> column.header(language))
        .collect(Collectors.joining(","));
  }

  private static String exampleWith(
      Template template, Column changed, String cell, Language language) {
    return template.columns().stream()
        .map(column -> column.equals(changed) ? cell : column.example(language))
        .map("\"%s\""::formatted)
        .collect(Collectors.joining(","));
  }

  @Test
  void everyExampleRowIsAnEventThatSaysTheSameInBothLanguages() throws Exception {
    Map<String, String> contents = new HashMap<>();
    for (Path workbook : workbooks) {
      Imported imported = imported(workbook, withoutExample(mapping(workbook)));

      assertThat(imported.rejections).as(workbook.toString()).isEmpty();
      assertThat(imported.events).as(workbook.toString()).hasSize(1);
      SpecificRecord event = imported.events.getFirst();
      assertThat(name(workbook)).startsWith(event.getSchema().getName() + ".");
      String content =
          event.getSchema().getFields().stream()
              .skip(1)
              .map(field -> String.valueOf(event.get(field.pos())))
              .collect(Collectors.joining(", "));
      String other = contents.putIfAbsent(event.getSchema().getName(), content);
      assertThat(other == null ? content : other).as(workbook.toString()).isEqualTo(content);
    }

    assertThat(contents.keySet()).containsExactlyInAnyOrderElementsOf(Templates.events());
  }

  @ParameterizedTest
  @EnumSource
  void everyColumnHasANoteAndEveryChoiceCanBeSelected(Language language) throws Exception {
    TemplateCatalog catalog = TemplateCatalog.load();
    for (Template template : catalog.templates()) {
      Path workbook =
          written.resolve("%s.%s.xlsx".formatted(template.type().name(), language.code()));
      String notes = texts(part(workbook, "xl/comments1.xml"));
      String sheet = part(workbook, "xl/worksheets/sheet1.xml");
      for (Column column : template.columns()) {
        assertThat(notes)
            .as("%s.%s", template.type().name(), column.field().name())
            .contains(column.meaning(language), column.rules());
        if (!column.values(language).isEmpty()) {
          String offered = String.join(",", column.values(language).keySet());
          assertThat(sheet)
              .as("%s.%s", template.type().name(), column.field().name())
              .contains("\"" + offered + "\"");
          assertThat(offered).hasSizeLessThanOrEqualTo(LONGEST_LIST_OF_A_SPREADSHEET);
        }
      }

      assertThat(notes)
          .contains(catalog.word(language, "required"))
          .doesNotContain("null", "millionths", "Keyed hash");
    }
  }

  @Test
  void chineseDropDownsOfferNoCode() {
    for (Template template : TemplateCatalog.load().templates()) {
      for (Column column : template.columns()) {
        assertThat(column.values(Language.ZH).keySet())
            .as("%s.%s", template.type().name(), column.field().name())
            .noneMatch(label -> label.matches(".*[A-Za-z,\"].*"));
        assertThat(column.values(Language.ZH).values())
            .containsExactlyElementsOf(column.values(Language.EN).values());
      }
    }
  }

  @Test
  void onlyTheTemplatesOfNamedEventsAreWritten() throws Exception {
    assertThat(Templates.write(folder, List.of(Language.EN), List.of("StockCounted")))
        .containsExactly(folder.resolve("StockCounted.en.xlsx"));
    assertThatThrownBy(() -> Templates.write(folder, List.of(Language.EN), List.of("RowRejected")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no template for RowRejected");
  }

  @Test
  void theMeaningIsTheSchemasWithoutWhatOnlyEventsKnow() {
    assertThat(meaning("SaleRecorded", "lines.net_amount"))
        .isEqualTo("Net sales value; not negative.");
    assertThat(meaning("TargetSet", "value"))
        .startsWith("Target value: in units of the currency's");
    assertThat(meaning("SaleRecorded", "lines.units")).isEqualTo("Units sold; not negative.");
    assertThat(meaning("VisitRecorded", "phone"))
        .isEqualTo("First phone number written down; blank when none was.");
    assertThat(meaning("VisitRecorded", "registration_id"))
        .isEqualTo("Id of the registration; blank when not registered.");
    assertThat(column("VisitRecorded", "registration_id").rules()).isEqualTo("OWN-3, OWN-4");
  }

  @Test
  void aWorkbookThatIsThereIsNotOverwritten() throws Exception {
    Path filled = Files.writeString(folder.resolve("CallRecorded.en.xlsx"), "filled in");

    assertThatThrownBy(() -> Templates.write(folder, List.of(Language.EN)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("CallRecorded.en.xlsx is there already");
    assertThat(filled).hasContent("filled in");
    assertThat(folder.resolve("CustomerRegistered.en.xlsx")).doesNotExist();
  }

  private static String meaning(String event, String field) {
    return column(event, field).meaning(Language.EN);
  }

  private static Column column(String event, String field) {
    return TemplateCatalog.load().templates().stream()
        .filter(template -> template.type().name().equals(event))
        .flatMap(template -> template.columns().stream())
        .filter(column -> column.field().name().equals(field))
        .findFirst()
        .orElseThrow();
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static String texts(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)))
        .getDocumentElement()
        .getTextContent();
  }

  private static String part(Path workbook, String name) throws IOException {
    try (ZipFile zip = new ZipFile(workbook.toFile())) {
      ZipEntry part = zip.getEntry(name);
      return new String(zip.getInputStream(part).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Path mapping(Path workbook) {
    return workbook.resolveSibling(name(workbook).replace(".xlsx", ".yaml"));
  }

  /** The mapping as if nothing were known of the example. */
  private Path withoutExample(Path mapping) throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    ObjectNode content = (ObjectNode) yaml.readTree(mapping.toFile());
    assertThat(content.remove("example")).as(mapping.toString()).isNotEmpty();
    return Files.writeString(folder.resolve(name(mapping)), yaml.writeValueAsString(content));
  }

  private static Imported imported(Path file, Path mapping) throws Exception {
    Imported imported = new Imported();
    imported.summary =
        Importer.run(
            List.of(file),
            new Importer.Settings(
                "meridian",
                ZoneId.of("Asia/Shanghai"),
                null,
                null,
                0,
                mapping,
                Instant.parse("2026-06-01T00:00:00Z")),
            PhonePseudonym.withKey(new byte[32]),
            ImportHistory.none(),
            imported,
            rows -> {});
    return imported;
  }

  private static final class Imported implements Importer.Results {

    private final List<SpecificRecord> events = new ArrayList<>();
    private final List<RowRejected> rejections = new ArrayList<>();
    private Importer.Summary summary;

    @Override
    public void accepted(SpecificRecord event) {
      events.add(event);
    }

    @Override
    public void rejected(RowRejected rejection) {
      rejections.add(rejection);
    }

    @Override
    public void closed(Importer.Books books, LocalDate day) {}
  }
}
