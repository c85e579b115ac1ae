package dev.tributary.warehouse;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A column's type as a tree, so that a table can be given the fields its rows lack.
 *
 * <p>Only what the tables use: rows, arrays, maps and plain types with or without parameters.
 */
sealed interface ColumnType {

  /** A type without fields. */
  record Plain(String name) implements ColumnType {
    @Override
    public String toString() {
      return name;
    }
  }

  /** An array. */
  record ArrayOf(ColumnType element) implements ColumnType {
    @Override
    public String toString() {
      return "array(" + element + ")";
    }
  }

  /** A map. */
  record MapOf(ColumnType key, ColumnType value) implements ColumnType {
    @Override
    public String toString() {
      return "map(" + key + ", " + value + ")";
    }
  }

  /** A row with named fields, in order. */
  record RowOf(Map<String, ColumnType> fields) implements ColumnType {
    @Override
    public String toString() {
      StringBuilder text = new StringBuilder("row(");
      fields.forEach(
          (name, type) ->
              text.append(text.length() == 4 ? "" : ", ")
                  .append('"')
                  .append(name)
                  .append("\" ")
                  .append(type));
      return text.append(')').toString();
    }
  }

  /** Told of a field that is declared and not there: its path and its type. */
  interface Missing {
    void field(String path, ColumnType type);
  }

  /**
   * Finds the fields of {@code declared} that this type lacks.
   *
   * @param path where this type is, such as {@code sale_recorded.lines.element}
   * @throws IllegalStateException when the two differ in anything but missing fields
   */
  default void missing(ColumnType declared, String path, Missing missing) {
    if (this instanceof RowOf(var present) && declared instanceof RowOf(var wanted)) {
      wanted.forEach(
          (name, type) -> {
            String field = path + ".\"" + name + "\"";
            ColumnType there = present.get(name);
            if (there == null) {
              missing.field(field, type);
            } else {
              there.missing(type, field, missing);
            }
          });
    } else if (this instanceof ArrayOf(var present) && declared instanceof ArrayOf(var wanted)) {
      present.missing(wanted, path + ".element", missing);
    } else if (!Objects.equals(this, declared)) {
      throw new IllegalStateException(
          "%s is %s in the lake and %s in table.sql; a type is never changed, add another column"
              .formatted(path, this, declared));
    }
  }

  /**
   * Reads a type as Trino or {@code table.sql} writes it.
   *
   * @throws IllegalArgumentException when it is none
   */
  static ColumnType parse(String text) {
    Parser parser = new Parser(text.toLowerCase(Locale.ROOT));
    ColumnType type = parser.type();
    if (parser.position != parser.text.length()) {
      throw parser.failure();
    }
    return type;
  }

  /** Reads from left to right. */
  final class Parser {
    private final String text;
    private int position;

    private Parser(String text) {
      this.text = text;
    }

    private ColumnType type() {
      if (accept("row(")) {
        Map<String, ColumnType> fields = new LinkedHashMap<>();
        do {
          String name = name();
          fields.put(name, type());
        } while (accept(", "));
        expect(")");
        return new RowOf(fields);
      }
      if (accept("array(")) {
        ColumnType element = type();
        expect(")");
        return new ArrayOf(element);
      }
      if (accept("map(")) {
        ColumnType key = type();
        expect(", ");
        ColumnType value = type();
        expect(")");
        return new MapOf(key, value);
      }
      return plain();
    }

    private Plain plain() {
      int start = position;
      int depth = 0;
      while (position < text.length()) {
        char c = text.charAt(position);
        if (depth == 0 && (c == ',' || c == ')')) {
          break;
        }
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        position++;
      }
      if (position == start) {
        throw failure();
      }
      return new Plain(text.substring(start, position).replace(", ", ","));
    }

    private String name() {
      boolean quoted = accept("\"");
      int end = text.indexOf(quoted ? '"' : ' ', position);
      if (end < 0) {
        throw failure();
      }
      String name = text.substring(position, end);
      position = end + 1;
      if (quoted) {
        expect(" ");
      }
      return name;
    }

    private boolean accept(String token) {
      boolean found = text.startsWith(token, position);
      position += found ? token.length() : 0;
      return found;
    }

    private void expect(String token) {
      if (!accept(token)) {
        throw failure();
      }
    }

    private IllegalArgumentException failure() {
      return new IllegalArgumentException(
          "'%s' is not a column type, see position %s".formatted(text, position));
    }
  }
}
