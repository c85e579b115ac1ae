package dev.tributary.bench;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.types.RowKind;

/**
 * A table of Flink SQL that keeps the last values of each key in this process: the cheapest place
 * an upsert result can go to. Texts and dates are the key, whole numbers the values.
 */
public final class LastValues implements DynamicTableSinkFactory {

  private static final Map<String, Map<String, long[]>> BY_NAME = new ConcurrentHashMap<>();

  private static final ConfigOption<String> NAME =
      ConfigOptions.key("name").stringType().noDefaultValue();

  /** Forgets everything. */
  static void clear() {
    BY_NAME.clear();
  }

  /** The values of a table by key; the parts of a key are separated by bars. */
  static Map<String, long[]> of(String name) {
    return new HashMap<>(BY_NAME.getOrDefault(name, Map.of()));
  }

  @Override
  public String factoryIdentifier() {
    return "last-values";
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(NAME);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }

  @Override
  public DynamicTableSink createDynamicTableSink(DynamicTableFactory.Context context) {
    FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
    helper.validate();
    LogicalType[] types =
        context.getPhysicalRowDataType().getLogicalType().getChildren().toArray(LogicalType[]::new);
    return new Table(helper.getOptions().get(NAME), types);
  }

  private record Table(String name, LogicalType[] types) implements DynamicTableSink {

    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requested) {
      return ChangelogMode.upsert();
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(DynamicTableSink.Context context) {
      return SinkV2Provider.of(new Rows(name, types));
    }

    @Override
    public DynamicTableSink copy() {
      return this;
    }

    @Override
    public String asSummaryString() {
      return "last values of " + name;
    }
  }

  private static final class Rows implements Sink<RowData>, Serializable {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final LogicalType[] types;

    Rows(String name, LogicalType[] types) {
      this.name = name;
      this.types = types;
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) {
      return new Writer(BY_NAME.computeIfAbsent(name, n -> new ConcurrentHashMap<>()), types);
    }
  }

  private static final class Writer implements SinkWriter<RowData> {

    private final Map<String, long[]> target;
    private final LogicalType[] types;
    private final int keys;

    Writer(Map<String, long[]> target, LogicalType[] types) {
      this.target = target;
      this.types = types;
      int position = 0;
      while (!types[position].is(LogicalTypeRoot.BIGINT)) {
        position++;
      }
      this.keys = position;
    }

    @Override
    public void write(RowData row, SinkWriter.Context context) {
      StringBuilder key = new StringBuilder();
      for (int i = 0; i < keys; i++) {
        key.append(i == 0 ? "" : "|")
            .append(
                types[i] instanceof DateType
                    ? LocalDate.ofEpochDay(row.getInt(i))
                    : row.getString(i));
      }
      if (row.getRowKind() == RowKind.DELETE) {
        target.remove(key.toString());
        return;
      }

      long[] values = new long[types.length - keys];
      for (int i = 0; i < values.length; i++) {
        values[i] = row.isNullAt(keys + i) ? 0 : row.getLong(keys + i);
      }
      target.put(key.toString(), values);
    }

    @Override
    public void flush(boolean endOfInput) {
      // Every row is in place when it is written.
    }

    @Override
    public void close() {
      // The values outlive the job: they are its result.
    }
  }
}
