package dev.tributary.ingestion.importing;

import dev.tributary.schemas.EventType;
import java.util.List;
import java.util.Map;
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
 * @param key columns whose values make the event id; empty: the line's position makes it
 * @param revision column that says which version of a key wins; null for none
 * @param columns their columns to our fields
 * @param constants our fields to a value that every row has
 * @param phones columns with phone numbers: wherever they go, the pseudonym goes
 * @param ignored columns that are read past
 */
record Mapping(
    EventType type,
    String company,
    String currency,
    String phoneRegion,
    String charset,
    char separator,
    Formats formats,
    List<String> key,
    String revision,
    Map<String, String> columns,
    Map<String, String> constants,
    Set<String> phones,
    Set<String> ignored) {

  /** Every column that the mapping names and reads. */
  boolean names(String column) {
    return columns.containsKey(column)
        || key.contains(column)
        || column.equals(revision)
        || phones.contains(column)
        || ignored.contains(column);
  }

  /**
   * Their column for one of our paths, {@code lines[0].net_amount}; our path when there is none.
   */
  String columnOf(String path) {
    String target = path.replace("[0]", "");
    return columns.entrySet().stream()
        .filter(column -> column.getValue().equals(target))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(path);
  }
}
