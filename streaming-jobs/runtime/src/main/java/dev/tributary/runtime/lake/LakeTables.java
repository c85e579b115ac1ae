package dev.tributary.runtime.lake;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.types.Types;

/**
 * The tables of a job: the four of {@code ops} that every job writes, then the job's own. A table's
 * place in the list is its index in {@link LakeRow}.
 */
public final class LakeTables implements Serializable {

  /** Index of {@code ops.accounting}. */
  public static final int ACCOUNTING = 0;

  /** Index of {@code ops.rejected}. */
  public static final int REJECTED = 1;

  /** Index of {@code ops.superseded}. */
  public static final int SUPERSEDED = 2;

  /** Index of {@code ops.changes}. */
  public static final int CHANGES = 3;

  /**
   * Ids, hashes and offsets hardly repeat in a file: their dictionaries are given up early, while
   * those of topics, types and companies stay small.
   */
  public static final Map<String, String> FILE_PROPERTIES =
      Map.of(TableProperties.PARQUET_DICT_SIZE_BYTES, Integer.toString(64 << 10));

  static final TableIdentifier CUTS = TableIdentifier.of("ops", "cuts");
  static final TableIdentifier TIMELINE = TableIdentifier.of("ops", "timeline");
  static final TableIdentifier NAMED_CUTS = TableIdentifier.of("ops", "named_cuts");

  private static final long serialVersionUID = 1L;

  private static final Types.TimestampType INSTANT = Types.TimestampType.withZone();

  static final Schema CUTS_SCHEMA =
      new Schema(
          required(1, "cut", Types.LongType.get()),
          optional(2, "ordinal", Types.LongType.get()),
          required(3, "epoch", Types.LongType.get()),
          required(4, "parent", Types.LongType.get()),
          required(5, "mode", Types.StringType.get()),
          required(6, "published_at", INSTANT),
          optional(7, "watermark", INSTANT),
          required(
              8,
              "business_days",
              Types.MapType.ofRequired(12, 13, Types.StringType.get(), Types.DateType.get())),
          required(9, "offsets", counts(14)),
          required(10, "row_counts", counts(16)),
          required(11, "snapshots", counts(18)),
          optional(
              20,
              "policy",
              Types.MapType.ofRequired(21, 22, Types.StringType.get(), Types.StringType.get())),
          optional(23, "complete", Types.BooleanType.get()));

  static final Schema TIMELINE_SCHEMA =
      new Schema(
          required(1, "epoch", Types.LongType.get()),
          required(2, "layer", Types.StringType.get()),
          required(3, "from_cut", Types.LongType.get()),
          required(4, "to_cut", Types.LongType.get()),
          required(5, "recorded_at", INSTANT));

  private static final Schema NAMED_CUTS_SCHEMA =
      new Schema(
          required(1, "name", Types.StringType.get()),
          required(2, "cut", Types.LongType.get()),
          optional(3, "note", Types.StringType.get()),
          required(4, "named_at", INSTANT));

  private static final Schema ACCOUNTING_SCHEMA =
      new Schema(
          required(1, "topic", Types.StringType.get()),
          required(2, "partition", Types.IntegerType.get()),
          required(3, "first_offset", Types.LongType.get()),
          required(4, "next_offset", Types.LongType.get()),
          required(5, "read", Types.LongType.get()),
          required(6, "accepted", Types.LongType.get()),
          required(7, "duplicate", Types.LongType.get()),
          required(8, "superseded", Types.LongType.get()),
          required(9, "rejected", Types.LongType.get()),
          required(10, "epoch", Types.LongType.get()),
          required(11, "cut", Types.LongType.get()));

  private static final Schema REJECTED_SCHEMA =
      new Schema(
          required(1, "topic", Types.StringType.get()),
          required(2, "partition", Types.IntegerType.get()),
          required(3, "offset", Types.LongType.get()),
          optional(4, "kafka_timestamp", INSTANT),
          required(5, "reason", Types.StringType.get()),
          optional(6, "field", Types.StringType.get()),
          optional(7, "message", Types.StringType.get()),
          optional(8, "source_file", Types.StringType.get()),
          optional(9, "source_line", Types.LongType.get()),
          optional(10, "payload", Types.BinaryType.get()),
          required(11, "epoch", Types.LongType.get()),
          required(12, "cut", Types.LongType.get()));

  private static final Schema SUPERSEDED_SCHEMA =
      new Schema(
          required(1, "topic", Types.StringType.get()),
          required(2, "partition", Types.IntegerType.get()),
          required(3, "offset", Types.LongType.get()),
          required(4, "event_id", Types.StringType.get()),
          required(5, "origin_id", Types.StringType.get()),
          required(6, "event_type", Types.StringType.get()),
          required(7, "revision", Types.IntegerType.get()),
          required(8, "content_hash", Types.StringType.get()),
          required(9, "change", Types.IntegerType.get()),
          required(10, "epoch", Types.LongType.get()),
          required(11, "cut", Types.LongType.get()));

  private static final Schema CHANGES_SCHEMA =
      new Schema(
          required(1, "fold", Types.StringType.get()),
          optional(2, "company", Types.StringType.get()),
          required(3, "subject", Types.StringType.get()),
          required(4, "reversed_lines", Types.LongType.get()),
          required(5, "posted_lines", Types.LongType.get()),
          optional(6, "trigger_event_id", Types.StringType.get()),
          optional(7, "trigger_type", Types.StringType.get()),
          required(8, "triggers", Types.LongType.get()),
          required(9, "epoch", Types.LongType.get()),
          required(10, "cut", Types.LongType.get()));

  private static final List<LakeTable> OPS =
      List.of(
          new LakeTable("ops", "accounting", ACCOUNTING_SCHEMA, Layer.RAW),
          new LakeTable("ops", "rejected", REJECTED_SCHEMA, Layer.RAW),
          new LakeTable("ops", "superseded", SUPERSEDED_SCHEMA, Layer.RAW),
          new LakeTable("ops", "changes", CHANGES_SCHEMA, Layer.LEDGER));

  private final ArrayList<LakeTable> written;
  private final HashMap<String, Integer> indexes;

  private LakeTables(List<LakeTable> written) {
    this.written = new ArrayList<>(written);
    this.indexes = new HashMap<>();
    for (int index = 0; index < written.size(); index++) {
      String name = written.get(index).qualifiedName();
      if (indexes.put(name, index) != null) {
        throw new IllegalArgumentException("table " + name + " is declared twice");
      }
    }
  }

  /** The tables of {@code ops}, followed by these. */
  public static LakeTables with(List<LakeTable> own) {
    List<LakeTable> all = new ArrayList<>(OPS);
    all.addAll(own);
    return new LakeTables(all);
  }

  /** The table with this index. */
  public LakeTable table(int index) {
    return written.get(index);
  }

  /** All tables that rows are written to, in the order of their indexes. */
  public List<LakeTable> written() {
    return List.copyOf(written);
  }

  /**
   * The index of a table, as in {@code indexOf("ledger.promotions")}.
   *
   * @throws IllegalArgumentException when the job does not declare the table
   */
  public int indexOf(String qualifiedName) {
    Integer index = indexes.get(qualifiedName);
    if (index == null) {
      throw new IllegalArgumentException(
          "table " + qualifiedName + " is not declared; declared are " + indexes.keySet());
    }
    return index;
  }

  /** Whether rows of both are laid out alike. */
  boolean sameRows(LakeTables other) {
    if (written.size() != other.written.size()) {
      return false;
    }
    for (int index = 0; index < written.size(); index++) {
      LakeTable mine = written.get(index);
      LakeTable others = other.written.get(index);
      if (!mine.qualifiedName().equals(others.qualifiedName())
          || !mine.schema().sameSchema(others.schema())) {
        return false;
      }
    }
    return true;
  }

  /** Creates missing namespaces and tables, and adds missing columns by name. */
  public void createMissing(Catalog catalog) {
    Map<TableIdentifier, Schema> wanted = new LinkedHashMap<>();
    wanted.put(CUTS, CUTS_SCHEMA);
    wanted.put(TIMELINE, TIMELINE_SCHEMA);
    wanted.put(NAMED_CUTS, NAMED_CUTS_SCHEMA);
    written.forEach(table -> wanted.put(table.identifier(), table.schema()));

    Set<TableIdentifier> present = new HashSet<>();
    wanted.keySet().stream()
        .map(TableIdentifier::namespace)
        .distinct()
        .forEach(
            namespace -> {
              createMissing(catalog, namespace);
              present.addAll(catalog.listTables(namespace));
            });
    wanted.forEach(
        (identifier, schema) -> {
          if (present.contains(identifier) || !create(catalog, identifier, schema)) {
            addMissingColumns(catalog.loadTable(identifier), schema);
          }
        });
  }

  private static void createMissing(Catalog catalog, Namespace namespace) {
    if (catalog instanceof SupportsNamespaces namespaces
        && !namespaces.listNamespaces().contains(namespace)) {
      try {
        namespaces.createNamespace(namespace);
      } catch (AlreadyExistsException e) {
        // Another job was quicker.
      }
    }
  }

  /** Returns false when another job was quicker. */
  private static boolean create(Catalog catalog, TableIdentifier identifier, Schema schema) {
    try {
      catalog.createTable(identifier, schema, PartitionSpec.unpartitioned(), properties());
      return true;
    } catch (AlreadyExistsException e) {
      return false;
    }
  }

  private static void addMissingColumns(Table table, Schema schema) {
    UpdateSchema update = table.updateSchema().unionByNameWith(schema);
    if (!update.apply().sameSchema(table.schema())) {
      update.commit();
    }
  }

  /**
   * Identifier fields are never set: with them even an appending writer turns into one that writes
   * equality deletes.
   */
  private static Map<String, String> properties() {
    return Map.of(
        TableProperties.FORMAT_VERSION, "2",
        TableProperties.DEFAULT_FILE_FORMAT, "parquet",
        TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true",
        TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "200");
  }

  private static Types.MapType counts(int id) {
    return Types.MapType.ofRequired(id, id + 1, Types.StringType.get(), Types.LongType.get());
  }
}
