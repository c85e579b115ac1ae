package dev.tributary.ingestion.templates;

import dev.tributary.schemas.EventType;
import java.util.List;
import java.util.Optional;

/**
 * What a workbook for one event asks for.
 *
 * @param chineseName name of the event in Chinese; in English it has the type's
 * @param key fields whose values make a row's event id; empty: file, sheet and row make it
 * @param list the list that a row has one line of; null without one
 */
record Template(
    EventType type, String chineseName, List<String> key, String list, List<Column> columns) {

  String name(Language language) {
    return switch (language) {
      case EN -> type.name();
      case ZH -> chineseName + " " + type.name();
    };
  }

  /** The names of the columns that make a row's event id. */
  List<String> keyColumns(Language language) {
    return key.stream().map(field -> column(field).header(language)).toList();
  }

  /** Whether rows with different lines of one document are events of their own. */
  boolean hasLinePerRow() {
    return list != null && key.contains(list + ".line_no");
  }

  Optional<String> listOfOneLine() {
    return Optional.ofNullable(list).filter(name -> !hasLinePerRow());
  }

  private Column column(String field) {
    return columns.stream()
        .filter(column -> column.field().name().equals(field))
        .findFirst()
        .orElseThrow();
  }
}
