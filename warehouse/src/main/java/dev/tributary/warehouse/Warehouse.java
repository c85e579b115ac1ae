package dev.tributary.warehouse;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes the lake look like the folders: schemas, tables and views, through Trino. */
public final class Warehouse {

  private final Sql sql;
  private final Definitions definitions;
  private int changes;

  private Warehouse(Sql sql, Definitions definitions) {
    this.sql = sql;
    this.definitions = definitions;
  }

  /**
   * Creates what is missing and replaces views whose text changed. Runs any number of times; a
   * second run changes nothing. Columns are added and never dropped or changed.
   *
   * <p>Line views read with the rights of the user in the URL, who must be able to read every table
   * as long as the views are used.
   *
   * @param jdbcUrl Trino with catalog and user, as {@code jdbc:trino://host:port/lake?user=admin}
   * @return how many statements changed something
   * @throws IllegalStateException when Trino refuses, or a column has another type than its folder
   *     says; the message names it
   */
  public static int apply(String jdbcUrl) {
    try (Sql sql = Sql.open(jdbcUrl)) {
      Warehouse warehouse = new Warehouse(sql, Definitions.load());
      warehouse.schemas();
      warehouse.tables();
      warehouse.views();
      return warehouse.changes;
    }
  }

  private void schemas() {
    TreeSet<String> wanted = new TreeSet<>();
    definitions.tables().forEach(table -> wanted.add(table.namespace()));
    definitions.views().forEach(view -> wanted.add(view.namespace()));
    sql.query("show schemas").forEach(schema -> wanted.remove(schema.string(1)));
    wanted.forEach(schema -> change("create schema if not exists " + schema));
  }

  private record Present(ColumnType type, String comment) {}

  private void tables() {
    Map<String, Map<String, Present>> present = columns();
    Map<String, String> comments = comments();
    for (TableDefinition table : definitions.tables()) {
      Map<String, Present> columns = present.get(table.qualifiedName());
      if (columns == null) {
        change(table.create());
      } else {
        evolve(table, columns);
        String description = table.metadata().description();
        if (!description.equals(comments.get(table.qualifiedName()))) {
          change(
              "comment on table %s is %s".formatted(table.qualifiedName(), Sql.text(description)));
        }
      }
    }
  }

  private void evolve(TableDefinition table, Map<String, Present> present) {
    for (TableDefinition.Column column : table.columns()) {
      String sentence = table.metadata().columns().getOrDefault(column.name(), "");
      Present there = present.get(column.name());
      if (there == null) {
        change(
            "alter table %s add column \"%s\" %s comment %s"
                .formatted(
                    table.qualifiedName(), column.name(), column.type(), Sql.text(sentence)));
        continue;
      }
      try {
        there
            .type()
            .missing(
                ColumnType.parse(column.type()),
                "\"" + column.name() + "\"",
                (path, type) ->
                    change(
                        "alter table %s add column %s %s"
                            .formatted(table.qualifiedName(), path, type)));
      } catch (IllegalStateException e) {
        throw new IllegalStateException(
            "Table " + table.qualifiedName() + ": " + e.getMessage(), e);
      }
      if (!sentence.equals(there.comment())) {
        change(
            "comment on column %s.\"%s\" is %s"
                .formatted(table.qualifiedName(), column.name(), Sql.text(sentence)));
      }
    }
  }

  private void views() {
    Map<String, String> comments = comments();
    for (ViewDefinition view : definitions.views()) {
      String text = MartSql.now(view.qualifiedName());
      String security = view.metadata().security().name();
      // Trino keeps a view's text in its own layout, so the comment carries what it was made from.
      String comment =
          "%s [%s]".formatted(view.metadata().description(), fingerprint(security + text));
      if (!comment.equals(comments.get(view.qualifiedName()))) {
        change(
            "create or replace view %s comment %s security %s as%n%s"
                .formatted(view.qualifiedName(), Sql.text(comment), security, text));
      }
    }
  }

  private void change(String statement) {
    sql.run(statement);
    changes++;
  }

  private Map<String, Map<String, Present>> columns() {
    Map<String, Map<String, Present>> columns = new HashMap<>();
    for (Sql.Row row :
        sql.query(
            """
            select table_schem, table_name, column_name, type_name, remarks
            from system.jdbc.columns
            where table_cat = current_catalog and table_schem in (%s)
            """
                .formatted(namespaces()))) {
      columns
          .computeIfAbsent(row.string(1) + "." + row.string(2), table -> new LinkedHashMap<>())
          .put(row.string(3), new Present(type(row.string(4)), row.string(5)));
    }
    return columns;
  }

  private static ColumnType type(String text) {
    return ColumnType.parse(text);
  }

  private Map<String, String> comments() {
    Map<String, String> comments = new HashMap<>();
    for (Sql.Row row :
        sql.query(
            """
            select schema_name, table_name, comment
            from system.metadata.table_comments
            where catalog_name = current_catalog and schema_name in (%s)
            """
                .formatted(namespaces()))) {
      comments.put(row.string(1) + "." + row.string(2), row.string(3));
    }
    return comments;
  }

  private String namespaces() {
    TreeSet<String> namespaces = new TreeSet<>(List.of("mart"));
    definitions.tables().forEach(table -> namespaces.add(table.namespace()));
    return namespaces.stream().map(Sql::text).collect(Collectors.joining(", "));
  }

  private static String fingerprint(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
