package dev.tributary.runtime.lake;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.ContentFileParser;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.flink.sink.RowDataTaskWriterFactory;
import org.apache.iceberg.io.TaskWriter;
import org.apache.iceberg.types.TypeUtil;

/** Writes rows into one open file per table and takes facts from what passes by. */
final class LakeWriter implements CommittingSinkWriter<LakeRow, WrittenRows> {

  private static final long TARGET_FILE_BYTES = 128L << 20;

  private final Catalog catalog;
  private final OpenTable[] tables;
  private final AccountedOffsets accountedOffsets;
  private WrittenRows written = new WrittenRows();

  LakeWriter(
      CatalogLoader loader, LakeTables tables, CutSettings settings, int subtask, int attempt) {
    Patience patience = new Patience(settings.patience());
    this.catalog = patience.load("open the catalog", loader::loadCatalog);
    this.accountedOffsets = new AccountedOffsets(tables.table(LakeTables.ACCOUNTING).schema());
    this.tables =
        tables.written().stream()
            .map(table -> open(table, settings.mode(), patience, subtask, attempt))
            .toArray(OpenTable[]::new);
  }

  private OpenTable open(
      LakeTable declared, CutMode mode, Patience patience, int subtask, int attempt) {
    boolean dropped = mode == CutMode.WHAT_IF && declared.layer() == Layer.RAW;
    Table table =
        patience.load(
            "load " + declared.qualifiedName(), () -> catalog.loadTable(declared.identifier()));
    // Columns added to an existing table come last there, whatever their place in the job's rows.
    Schema asWritten = TypeUtil.reassignIds(declared.schema(), table.schema());
    RowDataTaskWriterFactory writers =
        new RowDataTaskWriterFactory(
            () -> table,
            declared.rowType(),
            TARGET_FILE_BYTES,
            FileFormat.PARQUET,
            LakeTables.FILE_PROPERTIES,
            List.of(),
            false,
            asWritten,
            PartitionSpec.unpartitioned());
    writers.initialize(subtask, attempt);
    return new OpenTable(declared.qualifiedName(), declared.cutPosition(), dropped, writers);
  }

  @Override
  public void write(LakeRow element, Context context) throws IOException {
    if (element.isFact()) {
      written.facts.add(element.fact());
      return;
    }

    if (element.table() == LakeTables.ACCOUNTING) {
      accountedOffsets.addTo(written.facts, element.row());
    }
    tables[element.table()].write(element.row(), written);
  }

  @Override
  public void flush(boolean endOfInput) {
    // Files are finished in prepareCommit: a flush between checkpoints would only make more of
    // them.
  }

  @Override
  public Collection<WrittenRows> prepareCommit() throws IOException {
    for (OpenTable table : tables) {
      table.finish(written);
    }
    if (written.isEmpty()) {
      return List.of();
    }

    WrittenRows finished = written;
    written = new WrittenRows();
    return List.of(finished);
  }

  @Override
  public void close() throws IOException {
    for (OpenTable table : tables) {
      table.abort();
    }
    if (catalog instanceof Closeable closeable) {
      closeable.close();
    }
  }

  /** Offsets of {@code ops.accounting} rows, which a cut states as read. */
  private static final class AccountedOffsets {

    private final int topic;
    private final int partition;
    private final int nextOffset;

    AccountedOffsets(Schema schema) {
      this.topic = schema.columns().indexOf(schema.findField("topic"));
      this.partition = schema.columns().indexOf(schema.findField("partition"));
      this.nextOffset = schema.columns().indexOf(schema.findField("next_offset"));
    }

    void addTo(CutFacts facts, RowData row) {
      facts.addOffset(
          row.getString(topic).toString(), row.getInt(partition), row.getLong(nextOffset));
    }
  }

  /** A table and, between the first row of a checkpoint and its barrier, its open file. */
  private static final class OpenTable {

    private final String name;
    private final int cutPosition;
    private final boolean dropped;
    private final RowDataTaskWriterFactory writers;
    private TaskWriter<RowData> writer;

    OpenTable(String name, int cutPosition, boolean dropped, RowDataTaskWriterFactory writers) {
      this.name = name;
      this.cutPosition = cutPosition;
      this.dropped = dropped;
      this.writers = writers;
    }

    void write(RowData row, WrittenRows written) throws IOException {
      if (dropped) {
        return;
      }
      if (writer == null) {
        writer = writers.create();
      }
      writer.write(row);
      written.addStamp(row.getLong(cutPosition));
    }

    void finish(WrittenRows written) throws IOException {
      if (writer == null) {
        return;
      }
      for (DataFile file : writer.complete().dataFiles()) {
        String json = ContentFileParser.toJson(file, PartitionSpec.unpartitioned());
        written.addFile(name, json, file.recordCount());
      }
      writer = null;
    }

    void abort() throws IOException {
      if (writer != null) {
        writer.abort();
      }
    }
  }
}
