package dev.tributary.warehouse;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table's folder.
 *
 * @param namespace its schema in the lake
 * @param name its name
 * @param ddl the text of {@code table.sql}
 * @param metadata its description
 */
public record TableDefinition(String namespace, String name, String ddl, TableMetadata metadata) {

  private static final Pattern COLUMN =
      Pattern.compile("    (\"?)([a-z_]+)\\1 ([a-z][^\\n]*?)(,?)");

  /**
   * A column of the table.
   *
   * @param name its name, without quotes
   * @param type its type as {@code table.sql} writes it
   */
  public record Column(String name, String type) {}

  /** {@code namespace.name}. */
  public String qualifiedName() {
    return namespace + "." + name;
  }

  /**
   * The columns that {@code table.sql} declares, one a line.
   *
   * @throws IllegalStateException naming the line that is not a column
   */
  public List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    for (String line : body().lines().toList()) {
      Matcher column = COLUMN.matcher(line);
      if (!column.matches()) {
        throw new IllegalStateException(
            "tables/%s/%s/table.sql: '%s' is not a column; write one column a line, indented by four"
                .formatted(namespace, name, line));
      }
      columns.add(new Column(column.group(2), column.group(3)));
    }
    return columns;
  }

  /** What {@code metadata.yaml} says of one of the columns; empty when nothing. */
  String sentence(Column column) {
    return metadata.columns().getOrDefault(column.name(), "");
  }

  /** The statement that creates the table with the descriptions of {@code metadata.yaml}. */
  public String create() {
    StringBuilder described = new StringBuilder();
    for (Column column : columns()) {
      described
          .append(described.isEmpty() ? "" : ",\n")
          .append("    \"%s\" %s".formatted(column.name(), column.type()))
          .append(" comment ")
          .append(Sql.text(sentence(column)));
    }
    String ending = ddl.substring(ddl.indexOf("\n)\n") + 3);
    return "create table if not exists %s (%n%s%n)%ncomment %s%n%s"
        .formatted(qualifiedName(), described, Sql.text(metadata.description()), ending);
  }

  private String body() {
    int start = ddl.indexOf("(\n");
    int end = ddl.indexOf("\n)\n");
    if (start < 0 || end < start) {
      throw new IllegalStateException(
          "tables/%s/%s/table.sql: write 'create table if not exists %s (', the columns, ')'"
              .formatted(namespace, name, qualifiedName()));
    }
    return ddl.substring(start + 2, end);
  }
}
