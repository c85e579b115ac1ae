package dev.tributary.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasedSchemasTest {

  @Test
  void everyCurrentSchemaIsCompatibleBothWaysWithEveryReleasedVersion() {
    assertThat(SchemaRelease.incompatibilities(EventCatalog.load(), ReleasedSchemas.load()))
        .isEmpty();
  }

  @Test
  void everyCurrentSchemaIsTheLatestReleasedOne() {
    EventCatalog catalog = EventCatalog.load();
    for (EventType type : catalog.types()) {
      for (String topic : SchemaRelease.topicsOf(type, catalog)) {
        assertThat(ReleasedSchemas.load().latest(type.subject(topic)))
            .as(
                "%s.avsc differs from its latest release, or was never released. Run ./tributary schema release and commit schemas/src/main/resources/released",
                type.name())
            .hasValueSatisfying(
                release ->
                    assertThat(release.schema()).isEqualTo(ReleasedSchemas.plain(type.schema())));
      }
    }
  }

  @Test
  void everyEventHasALineInTheCatalogAndEveryFieldIsDocumented() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/avro"))) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString().replace(".avsc", ""))
              .filter(name -> !name.equals("Envelope"))
              .sorted()
              .toList();

      assertThat(EventCatalog.load().types().stream().map(EventType::name).sorted())
          .containsExactlyElementsOf(names);
    }

    EventCatalog.load().types().forEach(type -> expectDocumented(type.schema(), type.name()));
  }

  @Test
  void aFieldWithoutADefaultOrARetypedOneIsIncompatible() {
    Schema first = record("{\"name\": \"a\", \"type\": \"string\"}");
    Schema added =
        record("{\"name\": \"a\", \"type\": \"string\"}, {\"name\": \"b\", \"type\": \"int\"}");
    Schema withDefault =
        record(
            "{\"name\": \"a\", \"type\": \"string\"}, {\"name\": \"b\", \"type\": \"int\", \"default\": 0}");
    Schema retyped = record("{\"name\": \"a\", \"type\": \"long\"}");

    assertThat(SchemaRelease.incompatibility(added, List.of(first))).isPresent();
    assertThat(SchemaRelease.incompatibility(retyped, List.of(first))).isPresent();
    assertThat(SchemaRelease.incompatibility(withDefault, List.of(first))).isEmpty();
    assertThat(SchemaRelease.incompatibility(first, List.of(withDefault, added))).isPresent();
  }

  @Test
  void aReleaseIntoAnEmptyFolderWritesEveryEventOnceAndASecondOneNothing(@TempDir Path folder)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);

    assertThat(SchemaRelease.release(folder, EventCatalog.load(), print, print)).isTrue();
    List<String> ids = Files.readAllLines(folder.resolve("ids.csv"));
    EventCatalog catalog = EventCatalog.load();
    int subjects =
        catalog.types().stream()
            .mapToInt(type -> SchemaRelease.topicsOf(type, catalog).size())
            .sum();
    assertThat(ids).hasSize(1 + subjects);
    assertThat(SchemaRelease.release(folder, EventCatalog.load(), print, print)).isTrue();

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Nothing to release");
    assertThat(Files.readAllLines(folder.resolve("ids.csv"))).isEqualTo(ids);
  }

  @Test
  void anIncompatibleSchemaIsNotReleased(@TempDir Path folder) throws IOException {
    EventType type = EventCatalog.load().type("PaymentReversed");
    Files.writeString(
        folder.resolve("ids.csv"), "id,subject,version\n1," + type.subject("receivables") + ",1\n");
    Files.createDirectories(folder.resolve("PaymentReversed"));
    Files.writeString(
        folder.resolve("PaymentReversed/v1.avsc"),
        ReleasedSchemas.plain(type.schema())
            .toString()
            .replace(
                "\"name\":\"payment_id\",\"type\":\"string\"",
                "\"name\":\"payment_id\",\"type\":\"long\""));
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(err, true, StandardCharsets.UTF_8);

    assertThat(SchemaRelease.release(folder, EventCatalog.load(), print, print)).isFalse();

    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("PaymentReversed.avsc is not compatible");
    assertThat(folder.resolve("SaleRecorded")).doesNotExist();
  }

  private static Schema record(String fields) {
    return new Schema.Parser()
        .parse("{\"type\": \"record\", \"name\": \"R\", \"fields\": [%s]}".formatted(fields));
  }

  private static void expectDocumented(Schema schema, String path) {
    switch (schema.getType()) {
      case RECORD -> {
        assertThat(schema.getDoc()).as(path).isNotBlank();
        for (Schema.Field field : schema.getFields()) {
          assertThat(field.doc()).as(path + "." + field.name()).isNotBlank();
          expectDocumented(field.schema(), path + "." + field.name());
        }
      }
      case ARRAY -> expectDocumented(schema.getElementType(), path);
      case UNION -> schema.getTypes().forEach(branch -> expectDocumented(branch, path));
      case ENUM -> {
        assertThat(schema.getDoc()).as(path).isNotBlank();
        assertThat(schema.getEnumDefault()).as(path + ": an enum needs a default").isNotNull();
      }
      default -> {}
    }
  }
}
