package dev.tributary.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.warehouse.ViewMetadata.Kind;
import dev.tributary.warehouse.ViewMetadata.Security;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class DefinitionsTest {

  private static final Definitions ALL = Definitions.load();

  /** The lake's topics and what they carry; a topic's raw table has one column per event. */
  private static final Map<String, List<String>> EVENTS = events();

  @Test
  void everyColumnIsDescribedInTheOrderOfTheTable() {
    assertThat(ALL.tables()).isNotEmpty();
    for (TableDefinition table : ALL.tables()) {
      assertThat(table.metadata().columns().keySet())
          .as(table.qualifiedName())
          .containsExactlyElementsOf(
              table.columns().stream().map(TableDefinition.Column::name).toList());
    }
  }

  @Test
  void everyDescriptionIsASentenceAndEveryKeyIsAColumn() {
    for (TableDefinition table : ALL.tables()) {
      assertThat(table.metadata().columns().values())
          .as(table.qualifiedName())
          .allMatch(sentence -> sentence.endsWith("."));
      assertThat(table.metadata().columns().keySet()).containsAll(table.metadata().key());
    }
    for (ViewDefinition view : ALL.views()) {
      assertThat(view.metadata().columns().values())
          .as(view.qualifiedName())
          .allMatch(sentence -> sentence.endsWith("."));
    }
  }

  @Test
  void everyTableIsOfFormatTwoWithoutPartitions() {
    assertThat(ALL.tables())
        .allSatisfy(
            table ->
                assertThat(table.ddl())
                    .startsWith("create table if not exists " + table.qualifiedName() + " (\n")
                    .contains("format_version = 2")
                    .doesNotContain("partitioning"));
  }

  @Test
  void rawColumnsAreTheEventsOfTheirTopic() {
    for (Map.Entry<String, List<String>> topic : EVENTS.entrySet()) {
      TableDefinition table =
          ALL.tables().stream()
              .filter(found -> found.qualifiedName().equals("raw." + topic.getKey()))
              .findFirst()
              .orElseThrow();
      List<TableDefinition.Column> expected = new ArrayList<>();
      for (String event : topic.getValue()) {
        expected.add(new TableDefinition.Column(snake(event), type(schema(event))));
      }
      expected.add(
          new TableDefinition.Column("business_day_closed", type(schema("BusinessDayClosed"))));
      List<TableDefinition.Column> columns = table.columns();
      assertThat(columns.subList(18, columns.size()))
          .as(
              "raw.%s against schemas/src/main/avro; write the column as expected here",
              topic.getKey())
          .containsExactlyElementsOf(expected);
      assertThat(columns.get(17).name()).isEqualTo("cut");
    }
  }

  @Test
  void theEventsOfEveryTopicAreCounted() {
    ViewDefinition events =
        ALL.views().stream()
            .filter(view -> view.qualifiedName().equals("mart.raw_event_line"))
            .findFirst()
            .orElseThrow();

    assertThat(EVENTS.keySet())
        .allSatisfy(topic -> assertThat(events.sql()).contains("from raw." + topic + " e"));
  }

  @Test
  void linesReadTheTablesAndEverythingElseReadsOnlyLines() {
    for (ViewDefinition view : ALL.views()) {
      boolean line = view.metadata().kind() == Kind.LINE;
      assertThat(view.metadata().security())
          .as(view.qualifiedName())
          .isEqualTo(line ? Security.DEFINER : Security.INVOKER);
      if (!line) {
        assertThat(view.sql())
            .as(view.qualifiedName())
            .doesNotContainPattern("(?m)^\\s*(from|join|cross join) (raw|ledger|ops)\\.");
      }
    }
  }

  @Test
  void martsLookTheCutUpFirst() {
    for (ViewDefinition view : ALL.views()) {
      if (view.metadata().kind() == Kind.MART) {
        Matcher read =
            Pattern.compile("\\b(?:from|join) (mart\\.\\w+)")
                .matcher(MartSql.now(view.qualifiedName()));
        assertThat(read.find()).isTrue();
        assertThat(read.group(1)).as(view.qualifiedName()).isEqualTo("mart.cut");
      }
    }
  }

  @Test
  void sqlIsLowerCaseAndNamesItsColumns() {
    for (ViewDefinition view : ALL.views()) {
      String code = view.sql().replaceAll("--[^\n]*", "").replaceAll("'[^']*'", "''");
      assertThat(code).as(view.qualifiedName()).isEqualTo(code.toLowerCase(Locale.ROOT));
      assertThat(code).as(view.qualifiedName()).doesNotContain("select *", ".*");
    }
  }

  @Test
  void placeholdersAreReplacedAndIncludedMartsReadTheSameCut() {
    String sql = MartSql.render("mart.debtor", "125", "date '2026-11-20'");
    assertThat(sql).doesNotContain("${").contains("date '2026-11-20'");
    assertThat(sql.split("c\\.cut = 125", -1)).hasSize(3);
    assertThat(MartSql.render("debtor", "125", "date '2026-11-20'")).isEqualTo(sql);
  }

  @Test
  void anUnknownMartIsNamed() {
    assertThatThrownBy(() -> MartSql.now("debtors"))
        .hasMessageContaining("no view mart.debtors")
        .hasMessageContaining("warehouse/views/mart/debtors/view.sql");
  }

  @Test
  void fieldsThatARowLacksAreFoundAtAnyDepth() {
    ColumnType there =
        ColumnType.parse("row(id varchar, lines array(row(no integer)), partition varchar)");
    ColumnType declared =
        ColumnType.parse(
            "row(id varchar, lines array(row(no integer, colour varchar)), \"partition\" varchar, tags map(varchar, date))");
    List<String> missing = new ArrayList<>();
    there.missing(declared, "\"sale\"", (path, type) -> missing.add(path + " " + type));
    assertThat(missing)
        .containsExactly(
            "\"sale\".\"lines\".element.\"colour\" varchar",
            "\"sale\".\"tags\" map(varchar, date)");
  }

  @Test
  void aChangedTypeIsRefused() {
    ColumnType there = ColumnType.parse("row(amount decimal(18, 6))");
    assertThatThrownBy(
            () -> there.missing(ColumnType.parse("row(amount bigint)"), "sale", (path, type) -> {}))
        .hasMessageContaining(
            "sale.\"amount\" is decimal(18,6) in the lake and bigint in table.sql");
    assertThatThrownBy(() -> ColumnType.parse("row(amount")).hasMessageContaining("position");
  }

  /** The events of each topic, those that stand on every topic last. */
  private static Map<String, List<String>> events() {
    Map<String, List<String>> events = new TreeMap<>();
    try {
      Path catalog = Path.of("../schemas/src/main/resources/events.csv");
      for (String line : Files.readAllLines(catalog).stream().skip(1).toList()) {
        List<String> cells = List.of(line.split(",", -1));
        if (!cells.get(1).equals("*")) {
          events.computeIfAbsent(cells.get(1), topic -> new ArrayList<>()).add(cells.getFirst());
        }
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return events;
  }

  private static Schema schema(String event) {
    Schema.Parser parser = new Schema.Parser();
    Path directory = Path.of("../schemas/src/main/avro");
    try (Stream<Path> envelope = Stream.of(directory.resolve("Envelope.avsc"))) {
      for (Path file : envelope.toList()) {
        parser.parse(Files.readString(file));
      }
      return parser.parse(Files.readString(directory.resolve(event + ".avsc")));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The column of a raw table that holds events of a type; the field of a schema. */
  static String snake(String name) {
    return name.replaceAll("(?<=[a-z0-9])([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static String type(Schema schema) {
    LogicalType logical = schema.getLogicalType();
    if (logical instanceof LogicalTypes.Date) {
      return "date";
    }
    return switch (schema.getType()) {
      case RECORD -> {
        List<String> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
          if (!field.name().equals("envelope")) {
            String name = snake(field.name());
            String quoted = List.of("partition", "offset").contains(name) ? '"' + name + '"' : name;
            fields.add(quoted + " " + type(field.schema()));
          }
        }
        yield "row(" + String.join(", ", fields) + ")";
      }
      case ARRAY -> "array(" + type(schema.getElementType()) + ")";
      case UNION ->
          type(
              schema.getTypes().stream()
                  .filter(branch -> branch.getType() != Schema.Type.NULL)
                  .findFirst()
                  .orElseThrow());
      case STRING, ENUM -> "varchar";
      case LONG ->
          logical instanceof LogicalTypes.TimestampMicros
              ? "timestamp(6) with time zone"
              : "bigint";
      case INT -> "integer";
      case BOOLEAN -> "boolean";
      default -> throw new IllegalStateException("No column type for " + schema);
    };
  }
}
