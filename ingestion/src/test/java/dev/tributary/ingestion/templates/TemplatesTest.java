package dev.tributary.ingestion.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.events.RowRejected;
import dev.tributary.ingestion.PhonePseudonym;
import dev.tributary.ingestion.importing.ImportHistory;
import dev.tributary.ingestion.importing.Importer;
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
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.InputSource;

class TemplatesTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void everyTemplatesExampleRowIsImportedWithItsMapping(Language language) throws Exception {
    for (Path workbook : Templates.write(folder, List.of(language))) {
      Imported imported = imported(workbook);

      assertThat(imported.rejections).as(workbook.toString()).isEmpty();
      assertThat(imported.events).as(workbook.toString()).hasSize(1);
      assertThat(imported.events.getFirst().getSchema().getName() + "." + language.code())
          .isEqualTo(name(workbook).replace(".xlsx", ""));
    }
  }

  @Test
  void theExampleSaysTheSameInBothLanguages() throws Exception {
    Map<String, List<Object>> contents = new HashMap<>();
    for (Path workbook : Templates.write(folder, List.of(Language.values()))) {
      SpecificRecord event = imported(workbook).events.getFirst();
      List<Object> content = new ArrayList<>();
      for (Schema.Field field : event.getSchema().getFields()) {
        if (field.pos() > 0) {
          content.add(String.valueOf(event.get(field.pos())));
        }
      }

      List<Object> other = contents.putIfAbsent(event.getSchema().getName(), content);
      assertThat(other == null ? content : other).isEqualTo(content);
    }

    assertThat(contents.keySet()).containsExactlyInAnyOrderElementsOf(Templates.events());
  }

  @ParameterizedTest
  @EnumSource
  void everyColumnHasANoteAndEveryChoiceCanBeSelected(Language language) throws Exception {
    TemplateCatalog catalog = TemplateCatalog.load();
    Templates.write(folder, List.of(language));
    for (Template template : catalog.templates()) {
      Path workbook =
          folder.resolve("%s.%s.xlsx".formatted(template.type().name(), language.code()));
      String notes = texts(part(workbook, "xl/comments1.xml"));
      String sheet = part(workbook, "xl/worksheets/sheet1.xml");
      for (Column column : template.columns()) {
        assertThat(notes)
            .as("%s.%s", template.type().name(), column.field().name())
            .contains(column.meaning(language), column.rules());
        if (!column.field().choices().isEmpty()) {
          assertThat(sheet)
              .as("%s.%s", template.type().name(), column.field().name())
              .contains("\"" + String.join(",", column.field().choices()) + "\"");
        }
      }

      assertThat(notes)
          .contains(catalog.word(language, "required"))
          .doesNotContain("null", "millionths", "Keyed hash");
    }
  }

  @Test
  void theMeaningIsTheSchemasWithoutWhatOnlyEventsKnow() {
    assertThat(meaning("SaleRecorded", "lines.net_amount"))
        .isEqualTo("Net sales value; not negative.");
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

  private static Imported imported(Path workbook) throws Exception {
    Path mapping = workbook.resolveSibling(name(workbook).replace(".xlsx", ".yaml"));
    Imported imported = new Imported();
    Importer.run(
        List.of(workbook),
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
