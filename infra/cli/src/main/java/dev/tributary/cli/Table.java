package dev.tributary.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows for people and programs.
 *
 * @param rows values as text, null where there is none
 */
record Table(List<String> columns, List<List<String>> rows) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How rows are written. */
  enum Format {
    /** Aligned columns. */
    table,
    /** RFC 4180, with a header. */
    csv,
    /** One object a line, every value as text. */
    json
  }

  Table {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  List<String> lines(Format format) {
    return switch (format) {
      case table -> aligned();
      case csv -> csv();
      case json -> json();
    };
  }

  private List<String> aligned() {
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = width(columns.get(i));
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], width(shown(row.get(i))));
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(columns, widths));
    List<String> rule = new ArrayList<>();
    for (int width : widths) {
      rule.add("-".repeat(width));
    }
    lines.add(line(rule, widths));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  private static String line(List<String> values, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String value = shown(values.get(i));
      line.append(i == 0 ? "" : "  ").append(value);
      line.repeat(' ', widths[i] - width(value));
    }
    return line.toString().stripTrailing();
  }

  private static String shown(String value) {
    return value == null ? "" : value;
  }

  /** Columns on a terminal: Chinese characters take two. */
  private static int width(String text) {
    return text.codePoints().map(point -> point >= 0x2E80 && point <= 0xFFE6 ? 2 : 1).sum();
  }

  private List<String> csv() {
    List<String> lines = new ArrayList<>();
    lines.add(csvLine(columns));
    rows.forEach(row -> lines.add(csvLine(row)));
    return lines;
  }

  private static String csvLine(List<String> values) {
    return String.join(",", values.stream().map(Table::csvValue).toList());
  }

  private static String csvValue(String value) {
    if (value == null) {
      return "";
    }
    // An empty text is not the same as no value.
    return value.isEmpty() || value.matches("(?s).*[\",\r\n].*")
        ? "\"" + value.replace("\"", "\"\"") + "\""
        : value;
  }

  private List<String> json() {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      Map<String, String> object = new LinkedHashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        object.put(columns.get(i), row.get(i));
      }
      try {
        lines.add(JSON.writeValueAsString(object));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("Text can always be written as JSON", e);
      }
    }
    return lines;
  }
}
