package dev.tributary.ingestion.importing;

import dev.tributary.schemas.EventType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * From a company's columns to the fields of one event; {@link MappingParser} reads it from YAML.
 *
 * @param type the event that each row is
 * @param company company of the rows; null when given elsewhere
 * @param currency currency of the rows; null when given elsewhere
 * @param phoneRegion country of phone numbers without a country code; null for none
 * @param charset encoding of the file
 * @param separator between cells
 * @param sheet sheet of a workbook; null for the first visible one that is not empty
 * @param key columns whose values make the event id; empty: the line's position makes it
 * @param revision column that says which version of a key wins; null for none
 * @param columns their columns to our fields
 * @param constants our fields to a value that every row has
 * @param phones columns with phone numbers: wherever they go, the pseudonym goes
 * @param ignored columns that are read past
 * @param values per column, its values to ours; others stay as they are
 * @param example a row that is no data as long as it is unchanged; null without one
 */
record Mapping(
    EventType type,
    String company,
    String currency,
    String phoneRegion,
    String charset,
    char separator,
    String sheet,
    Formats formats,
    List<String> key,
    String revision,
    Map<String, String> columns,
    Map<String, String> constants,
    Set<String> phones,
    Set<String> ignored,
    Map<String, Map<String, String>> values,
    Example example) {

  /**
   * A row of a template.
   *
   * @param line of the mapping, from 1
   * @param cells by column
   */
  record Example(int line, Map<String, String> cells) {}

  /** Whether the mapping knows the column, if only to ignore it. */
  boolean names(String column) {
    return reads(column) || ignored.contains(column);
  }

  /** Our value for one of a column's. */
  String ours(String column, String value) {
    return values.getOrDefault(column, Map.of()).getOrDefault(value, value);
  }

  /** Whether the column's values are used. */
  boolean reads(String column) {
    return columns.containsKey(column)
        || key.contains(column)
        || column.equals(revision)
        || phones.contains(column);
  }

  /**
   * Their column for one of our paths, {@code lines[0].net_amount}; our path when there is none.
   */
  String columnOf(String path) {
    String target = path.replace("[0]", "");
    return columnFor(target)
        .or(() -> target.equals("occurred_at") ? columnOfFirstDay() : Optional.empty())
        .orElse(path);
  }

  /** The column that says when the event happened, when none says so by itself. */
  private Optional<String> columnOfFirstDay() {
    return InputField.of(type).stream()
        .filter(InputField::mayBeTheTime)
        .findFirst()
        .flatMap(day -> columnFor(day.name()));
  }

  private Optional<String> columnFor(String target) {
    return columns.entrySet().stream()
        .filter(column -> column.getValue().equals(target))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
