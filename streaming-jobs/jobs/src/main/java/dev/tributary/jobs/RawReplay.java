package dev.tributary.jobs;

import dev.tributary.runtime.codec.CodecTypeInfo;
import dev.tributary.runtime.lake.CutRange;
import dev.tributary.runtime.lake.CutReader;
import dev.tributary.runtime.lake.LakeTable;
import dev.tributary.runtime.lake.LakeTables;
import dev.tributary.runtime.lake.Layer;
import dev.tributary.runtime.source.Fact;
import dev.tributary.runtime.source.KafkaRecord;
import dev.tributary.schemas.Decoded;
import dev.tributary.schemas.RejectReason;
import dev.tributary.schemas.WireFormat;
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

/** Reads the raw layer of a cut back, as the events that were accepted when they came. */
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

  /** How many events {@link #facts} will give. */
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

  DataStream<Fact> facts(StreamExecutionEnvironment env, Catalog loaded) {
    DataStream<Fact> all = null;
    for (String topic : LakeLayout.rawTopics()) {
      TableIdentifier table = TableIdentifier.of("raw", topic);
      Schema projected = loaded.loadTable(table).schema().select(COLUMNS);
      DataStream<Fact> facts =
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
                  new ToFacts(catalog, tables, cut, positions(projected)),
                  CodecTypeInfo.of(Fact.class))
              .name("replay-" + topic)
              .uid("replay-" + topic);
      all = all == null ? facts : all.union(facts);
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

  /** Rows of a raw table that are part of the cut, as events. */
  private static final class ToFacts extends RichFlatMapFunction<RowData, Fact> {

    private static final long serialVersionUID = 1L;

    private final CatalogLoader catalog;
    private final LakeTables tables;
    private final long cut;
    private final HashMap<String, Integer> positions;
    private transient List<CutRange> ranges;
    private transient Set<Position> superseded;
    private transient WireFormat wireFormat;

    ToFacts(CatalogLoader catalog, LakeTables tables, long cut, Map<String, Integer> positions) {
      this.catalog = catalog;
      this.tables = tables;
      this.cut = cut;
      this.positions = new HashMap<>(positions);
    }

    @Override
    public void open(OpenContext context) throws Exception {
      wireFormat = new WireFormat();
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
    public void flatMap(RowData row, Collector<Fact> out) {
      long stamp = row.getLong(positions.get("cut"));
      if (ranges.stream().noneMatch(range -> range.contains(stamp))) {
        return;
      }

      KafkaRecord record =
          new KafkaRecord(
              row.getString(positions.get("topic")).toString(),
              row.getInt(positions.get("partition")),
              row.getLong(positions.get("offset")),
              row.getTimestamp(positions.get("kafka_timestamp"), 6).getMillisecond(),
              row.getBinary(positions.get("payload")),
              null);
      Position position = new Position(record.topic(), record.partition(), record.offset());
      switch (wireFormat.decode(record.value(), record.topic(), record.timestamp())) {
        case Decoded.Event event ->
            out.collect(Fact.replayed(record, event, superseded.contains(position)));
        case Decoded.Bad(RejectReason reason, String field, String message) ->
            throw new IllegalStateException(
                "%s-%s offset %s was accepted before and is now %s (%s: %s): release its schema again, then rebuild"
                    .formatted(
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        reason,
                        field,
                        message));
      }
    }
  }
}
