package dev.tributary.bench;

import dev.tributary.runtime.lake.LakeTables;
import dev.tributary.runtime.ledger.Stamped;
import dev.tributary.runtime.raw.RawShapes;
import dev.tributary.runtime.raw.RawShapes.RawEvent;
import dev.tributary.runtime.rows.RowShape;
import dev.tributary.runtime.source.Fact;
import dev.tributary.runtime.source.KafkaRecord;
import dev.tributary.schemas.Decoded;
import dev.tributary.schemas.WireFormat;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.BooleanSerializer;
import org.apache.flink.api.java.tuple.Tuple6;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.ContentFileParser;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.flink.sink.RowDataTaskWriterFactory;
import org.apache.iceberg.io.TaskWriter;

/**
 * Writes the raw row of every event when it is first delivered; says {@code topic file-as-JSON} of
 * every file that a checkpoint ends.
 */
final class FloorWriter extends AbstractStreamOperator<String>
    implements OneInputStreamOperator<Tuple6<String, String, Integer, Long, Long, byte[]>, String> {

  private static final long serialVersionUID = 1L;
  private static final long TARGET_FILE_BYTES = 128L << 20;

  private final CatalogLoader loader;
  private transient Catalog catalog;
  private transient ValueState<Boolean> seen;
  private transient WireFormat wire;
  private transient Map<String, RawTable> tables;

  FloorWriter(CatalogLoader loader) {
    this.loader = loader;
  }

  @Override
  public void open() throws Exception {
    super.open();
    catalog = loader.loadCatalog();
    wire = new WireFormat();
    tables = new HashMap<>();
    seen =
        getPartitionedState(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            new ValueStateDescriptor<>("seen", BooleanSerializer.INSTANCE));
  }

  @Override
  public void processElement(
      StreamRecord<Tuple6<String, String, Integer, Long, Long, byte[]>> element) throws Exception {
    if (seen.value() != null) {
      return;
    }

    seen.update(true);
    Tuple6<String, String, Integer, Long, Long, byte[]> record = element.getValue();
    if (wire.decode(record.f5, record.f1) instanceof Decoded.Event event) {
      tables.computeIfAbsent(record.f1, this::open).write(rawEvent(record, event));
    }
  }

  private static RawEvent rawEvent(
      Tuple6<String, String, Integer, Long, Long, byte[]> record, Decoded.Event event) {
    KafkaRecord read = new KafkaRecord(record.f1, record.f2, record.f3, record.f4, record.f5, null);
    return new RawEvent(new Stamped<>(Fact.of(read, event), 1, 1), event.record());
  }

  private RawTable open(String topic) {
    Table table = catalog.loadTable(TableIdentifier.of(FloorJob.NAMESPACE, topic));
    RowDataTaskWriterFactory writers =
        new RowDataTaskWriterFactory(
            () -> table,
            FlinkSchemaUtil.convert(table.schema()),
            TARGET_FILE_BYTES,
            FileFormat.PARQUET,
            LakeTables.FILE_PROPERTIES,
            List.of(),
            false,
            table.schema(),
            PartitionSpec.unpartitioned());
    writers.initialize(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(), 0);
    return new RawTable(RawShapes.of(topic), writers);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    finishFiles();
  }

  @Override
  public void finish() throws Exception {
    finishFiles();
    super.finish();
  }

  private void finishFiles() throws IOException {
    for (Map.Entry<String, RawTable> table : tables.entrySet()) {
      for (DataFile file : table.getValue().finish()) {
        String json = ContentFileParser.toJson(file, PartitionSpec.unpartitioned());
        output.collect(new StreamRecord<>(table.getKey() + ' ' + json));
      }
    }
  }

  @Override
  public void close() throws Exception {
    if (catalog instanceof Closeable closeable) {
      closeable.close();
    }
    super.close();
  }

  private static final class RawTable {
    private final RowShape<RawEvent> shape;
    private final RowDataTaskWriterFactory writers;
    private TaskWriter<RowData> writer;

    RawTable(RowShape<RawEvent> shape, RowDataTaskWriterFactory writers) {
      this.shape = shape;
      this.writers = writers;
    }

    void write(RawEvent event) throws IOException {
      if (writer == null) {
        writer = writers.create();
      }
      writer.write(shape.row(event));
    }

    List<DataFile> finish() throws IOException {
      if (writer == null) {
        return List.of();
      }
      List<DataFile> files = List.of(writer.complete().dataFiles());
      writer = null;
      return files;
    }
  }
}
