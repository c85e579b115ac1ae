package dev.tributary.warehouse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes the lake look like the folders: schemas, tables and views, through Trino. */
public final class Warehouse {

  /** Sets what a table and some of its columns are said to be. */
  @FunctionalInterface
  public interface Describer {

    /** Takes the table's description and the sentences of the columns that need another one. */
    void describe(String namespace, String table, String description, Map<String, String> columns);
  }

  private final Sql sql;
  private final Definitions definitions;
  private final Describer describer;
  private int changes;

  private Warehouse(Sql sql, Definitions definitions, Describer describer) {
    this.sql = sql;
    this.definitions = definitions;
    this.describer = describer;
  }

  /**
   * Creates what is missing and replaces views whose text changed. Runs any number of times; a
   * second run changes nothing. Columns are added and never dropped or changed.
   *
   * <p>Line views read with the rights of the user in the URL, who must be able to read every table
   * as long as the views are used.
   *
   * @param jdbcUrl Trino with catalog and user, as {@code jdbc:trino://host:port/lake?user=admin}
   * @return how many tables, columns and views were made, replaced or described anew
   * @throws IllegalStateException when Trino refuses, or a column has another type than its folder
   *     says; the message names it
   */
  public static int apply(String jdbcUrl) {
    try (Sql sql = Sql.open(jdbcUrl)) {
      return new Warehouse(sql, Definitions.load(), throughTrino(sql)).apply();
    }
  }

  /**
   * As {@link #apply(String)}, but looks no further when the folders are those of {@code stamp} and
   * everything they name is there: reading what a few hundred objects are like takes seconds.
   *
   * @param stamp where the folders' fingerprint is kept. It belongs beside the catalog's own files,
   *     so that what replaces or removes the catalog replaces or removes it too
   * @param describer describes tables in place of Trino, which would make a commit of every
   *     sentence: hundreds on a first start, because a job makes its tables without
   */
  public static int applyUnless(Path stamp, String jdbcUrl, Describer describer) {
    try (Sql sql = Sql.open(jdbcUrl)) {
      Warehouse warehouse = new Warehouse(sql, Definitions.load(), describer);
      String wanted = warehouse.fingerprint();
      if (Files.exists(stamp)
          && Files.readString(stamp).equals(wanted)
          && warehouse.everythingIsThere()) {
        return 0;
      }

      // Until it is done again, nothing is known of the lake.
      Files.deleteIfExists(stamp);
      int changes = warehouse.apply();
      Files.writeString(stamp, wanted);
      return changes;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot note in " + stamp + " what the lake is like", e);
    }
  }

  private int apply() {
    schemas();
    Map<String, String> comments = comments();
    tables(comments);
    views(comments);
    return changes;
  }

  private String fingerprint() {
    StringBuilder all = new StringBuilder();
    definitions.tables().forEach(table -> all.append(table.create()).append('\n'));
    definitions
        .views()
        .forEach(
            view ->
                all.append(view.qualifiedName())
                    .append(view.metadata().security())
                    .append(view.metadata().description())
                    .append(MartSql.now(view.qualifiedName()))
                    .append('\n'));
    return fingerprint(all.toString());
  }

  private boolean everythingIsThere() {
    Set<String> missing = new HashSet<>();
    definitions.tables().forEach(table -> missing.add(table.qualifiedName()));
    definitions.views().forEach(view -> missing.add(view.qualifiedName()));
    sql.query(
            "select table_schema, table_name from information_schema.tables where table_schema in (%s)"
                .formatted(namespaces()))
        .forEach(row -> missing.remove(row.string(1) + "." + row.string(2)));
    return missing.isEmpty();
  }

  private void schemas() {
    TreeSet<String> wanted = new TreeSet<>();
    definitions.tables().forEach(table -> wanted.add(table.namespace()));
    definitions.views().forEach(view -> wanted.add(view.namespace()));
    sql.query("show schemas").forEach(schema -> wanted.remove(schema.string(1)));
    wanted.forEach(schema -> change("create schema if not exists " + schema));
  }

  private record Present(ColumnType type, String comment) {}

  private void tables(Map<String, String> comments) {
    Map<String, Map<String, Present>> present = columns();
    for (TableDefinition table : definitions.tables()) {
      Map<String, Present> columns = present.get(table.qualifiedName());
      if (columns == null) {
        change(table.create());
      } else {
        evolve(table, columns);
        describe(table, columns, comments.get(table.qualifiedName()));
      }
    }
  }

  private void evolve(TableDefinition table, Map<String, Present> present) {
    for (TableDefinition.Column column : table.columns()) {
      Present there = present.get(column.name());
      if (there == null) {
        change(
            "alter table %s add column \"%s\" %s comment %s"
                .formatted(
                    table.qualifiedName(),
                    column.name(),
                    column.type(),
                    Sql.text(table.sentence(column))));
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
    }
  }

  private void describe(TableDefinition table, Map<String, Present> present, String comment) {
    Map<String, String> sentences = new LinkedHashMap<>();
    for (TableDefinition.Column column : table.columns()) {
      Present there = present.get(column.name());
      String sentence = table.sentence(column);
      if (there != null && !sentence.equals(there.comment())) {
        sentences.put(column.name(), sentence);
      }
    }
    String description = table.metadata().description();
    if (!sentences.isEmpty() || !description.equals(comment)) {
      describer.describe(table.namespace(), table.name(), description, sentences);
      changes++;
    }
  }

  private static Describer throughTrino(Sql sql) {
    return (namespace, table, description, columns) -> {
      String name = namespace + "." + table;
      sql.run("comment on table %s is %s".formatted(name, Sql.text(description)));
      columns.forEach(
          (column, sentence) ->
              sql.run(
                  "comment on column %s.\"%s\" is %s".formatted(name, column, Sql.text(sentence))));
    };
  }

  private void views(Map<String, String> comments) {
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
