package dev.tributary.jobs;

import dev.tributary.runtime.codec.CodecTypeInfo;
import dev.tributary.runtime.lake.CutRange;
import dev.tributary.runtime.lake.CutReader;
import dev.tributary.runtime.lake.LakeTable;
import dev.tributary.runtime.lake.LakeTables;
import dev.tributary.runtime.lake.Layer;
import dev.tributary.runtime.source.KafkaRecord;
import java.io.Closeable;
import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.util.Collector;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.flink.TableLoader;
import org.apache.iceberg.flink.source.IcebergSource;
import org.apache.iceberg.flink.source.assigner.SimpleSplitAssignerFactory;
import org.apache.iceberg.io.CloseableIterable;

/** Reads the raw layer of a cut back, as the records that were read when they came. */
final class RawReplay {

  private static final List<String> COLUMNS =
      List.of("topic", "partition", "offset", "kafka_timestamp", "payload", "cut");

  private final CatalogLoader catalog;
  private final LakeTables tables;
  private final long cut;

  RawReplay(CatalogLoader catalog, LakeTables tables, long cut) {
    this.catalog = catalog;
    this.tables = tables;
    this.cut = cut;
  }

  /** How many records {@link #records} will give. */
  long count(CutReader reader) {
    long count = 0;
    LakeTable accounting = tables.table(LakeTables.ACCOUNTING);
    try (CloseableIterable<Record> rows = reader.rows(accounting, cut)) {
      for (Record row : rows) {
        count += (long) row.getField("accepted") + (long) row.getField("superseded");
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException("cannot read " + accounting.qualifiedName(), e);
    }
    return count;
  }

  DataStream<KafkaRecord> records(StreamExecutionEnvironment env, Catalog loaded) {
    DataStream<KafkaRecord> all = null;
    for (String topic : LakeLayout.rawTopics()) {
      TableIdentifier table = TableIdentifier.of("raw", topic);
      Schema projected = loaded.loadTable(table).schema().select(COLUMNS);
      DataStream<KafkaRecord> records =
          env.fromSource(
                  IcebergSource.forRowData()
                      .tableLoader(TableLoader.fromCatalog(catalog, table))
                      .assignerFactory(new SimpleSplitAssignerFactory())
                      .project(projected)
                      .build(),
                  WatermarkStrategy.noWatermarks(),
                  "raw-" + topic,
                  InternalTypeInfo.of(FlinkSchemaUtil.convert(projected)))
              .uid("raw-" + topic)
              .flatMap(
                  new ToRecords(catalog, tables, cut, positions(projected)),
                  CodecTypeInfo.of(KafkaRecord.class))
              .name("replay-" + topic)
              .uid("replay-" + topic);
      all = all == null ? records : all.union(records);
    }
    return all;
  }

  private static Map<String, Integer> positions(Schema projected) {
    HashMap<String, Integer> positions = new HashMap<>();
    for (int i = 0; i < projected.columns().size(); i++) {
      positions.put(projected.columns().get(i).name(), i);
    }
    return positions;
  }

  private record Position(String topic, int partition, long offset) implements Serializable {}

  /** Rows of a raw table that are part of the cut, as records. */
  private static final class ToRecords extends RichFlatMapFunction<RowData, KafkaRecord> {

    private static final long serialVersionUID = 1L;

    private final CatalogLoader catalog;
    private final LakeTables tables;
    private final long cut;
    private final HashMap<String, Integer> positions;
    private transient List<CutRange> ranges;
    private transient Set<Position> superseded;

    ToRecords(CatalogLoader catalog, LakeTables tables, long cut, Map<String, Integer> positions) {
      this.catalog = catalog;
      this.tables = tables;
      this.cut = cut;
      this.positions = new HashMap<>(positions);
    }

    @Override
    public void open(OpenContext context) throws Exception {
      Catalog loaded = catalog.loadCatalog();
      CutReader reader = new CutReader(loaded);
      ranges = reader.ranges(cut, Layer.RAW);
      Map<Position, Integer> changes = new HashMap<>();
      try (CloseableIterable<Record> rows = reader.rows(tables.table(LakeTables.SUPERSEDED), cut)) {
        for (Record row : rows) {
          changes.merge(
              new Position(
                  (String) row.getField("topic"),
                  (int) row.getField("partition"),
                  (long) row.getField("offset")),
              (int) row.getField("change"),
              Integer::sum);
        }
      }
      superseded = new HashSet<>();
      changes.forEach(
          (position, change) -> {
            if (change > 0) {
              superseded.add(position);
            }
          });
      if (loaded instanceof Closeable closeable) {
        closeable.close();
      }
    }

    @Override
    public void flatMap(RowData row, Collector<KafkaRecord> out) {
      long stamp = row.getLong(positions.get("cut"));
      if (ranges.stream().noneMatch(range -> range.contains(stamp))) {
        return;
      }

      String topic = row.getString(positions.get("topic")).toString();
      int partition = row.getInt(positions.get("partition"));
      long offset = row.getLong(positions.get("offset"));
      out.collect(
          new KafkaRecord(
              topic,
              partition,
              offset,
              row.getTimestamp(positions.get("kafka_timestamp"), 6).getMillisecond(),
              row.getBinary(positions.get("payload")),
              true,
              superseded.contains(new Position(topic, partition, offset)),
              null));
    }
  }
}
