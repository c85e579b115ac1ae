package dev.tributary.runtime.rows;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/**
 * The columns of a table and where each comes from: the one place that says both.
 *
 * @param <T> what one row is made of
 */
public final class RowShape<T> {

  private record Column<T>(Types.NestedField field, Function<T, Object> value) {}

  private final List<Column<T>> columns = new ArrayList<>();

  /** A text; null where the value is null. */
  public RowShape<T> text(String name, Function<T, String> value) {
    return add(
        name,
        Types.StringType.get(),
        row -> {
          String text = value.apply(row);
          return text == null ? null : StringData.fromString(text);
        });
  }

  /** An exact amount, given in millionths. */
  public RowShape<T> millionths(String name, ToLongFunction<T> value) {
    return add(
        name,
        Types.DecimalType.of(18, 6),
        row -> DecimalData.fromUnscaledLong(value.applyAsLong(row), 18, 6));
  }

  /** An exact amount in millionths that may be missing. */
  public RowShape<T> millionthsOrNull(String name, Function<T, Long> value) {
    return add(
        name,
        Types.DecimalType.of(18, 6),
        row -> {
          Long micros = value.apply(row);
          return micros == null ? null : DecimalData.fromUnscaledLong(micros, 18, 6);
        });
  }

  /** A whole number. */
  public RowShape<T> whole(String name, ToLongFunction<T> value) {
    return add(name, Types.LongType.get(), value::applyAsLong);
  }

  /** A whole number that may be missing. */
  public RowShape<T> wholeOrNull(String name, Function<T, Long> value) {
    return add(name, Types.LongType.get(), value::apply);
  }

  /** A small whole number. */
  public RowShape<T> number(String name, Function<T, Integer> value) {
    return add(name, Types.IntegerType.get(), value::apply);
  }

  /** A calendar day; null where the value is null. */
  public RowShape<T> day(String name, Function<T, LocalDate> value) {
    return add(
        name,
        Types.DateType.get(),
        row -> {
          LocalDate day = value.apply(row);
          return day == null ? null : Math.toIntExact(day.toEpochDay());
        });
  }

  /** An instant, given in microseconds since the epoch. */
  public RowShape<T> instant(String name, ToLongFunction<T> micros) {
    return add(
        name,
        Types.TimestampType.withZone(),
        row -> {
          long value = micros.applyAsLong(row);
          return TimestampData.fromEpochMillis(
              Math.floorDiv(value, 1000), (int) Math.floorMod(value, 1000L) * 1000);
        });
  }

  /** An instant, to the microsecond, that may be missing. */
  public RowShape<T> instantOrNull(String name, Function<T, Instant> value) {
    return add(
        name,
        Types.TimestampType.withZone(),
        row -> {
          Instant instant = value.apply(row);
          return instant == null
              ? null
              : TimestampData.fromInstant(instant.truncatedTo(ChronoUnit.MICROS));
        });
  }

  /** Bytes. */
  public RowShape<T> bytes(String name, Function<T, byte[]> value) {
    return add(name, Types.BinaryType.get(), value::apply);
  }

  /** A value of any type, already as Flink's tables hold it. */
  public RowShape<T> value(String name, Type type, Function<T, Object> value) {
    return add(name, type, value);
  }

  private RowShape<T> add(String name, Type type, Function<T, Object> value) {
    columns.add(new Column<>(Types.NestedField.optional(columns.size() + 1, name, type), value));
    return this;
  }

  /** The table's columns. */
  public Schema schema() {
    AtomicInteger ids = new AtomicInteger();
    Type numbered =
        TypeUtil.assignFreshIds(
            Types.StructType.of(columns.stream().map(Column::field).toList()),
            ids::incrementAndGet);
    return new Schema(numbered.asStructType().fields());
  }

  /** The row that is made of a value. */
  public RowData row(T value) {
    GenericRowData row = new GenericRowData(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      row.setField(i, columns.get(i).value().apply(value));
    }
    return row;
  }
}
