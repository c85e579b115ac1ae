package dev.tributary.runtime.raw;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** An event's own content as one typed column: every Avro field but the envelope. */
final class AvroColumn {

  private static final String ENVELOPE = "envelope";

  private AvroColumn() {}

  /** The column's type, its fields numbered by the given ids. */
  static Type typeOf(Schema schema, IntSupplier nextId) {
    return switch (schema.getType()) {
      case RECORD -> {
        List<Types.NestedField> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
          if (!field.name().equals(ENVELOPE)) {
            fields.add(
                Types.NestedField.optional(
                    nextId.getAsInt(), field.name(), typeOf(field.schema(), nextId), field.doc()));
          }
        }
        yield Types.StructType.of(fields);
      }
      case ARRAY ->
          Types.ListType.ofOptional(nextId.getAsInt(), typeOf(schema.getElementType(), nextId));
      case UNION -> typeOf(notNull(schema), nextId);
      case STRING, ENUM -> Types.StringType.get();
      case LONG ->
          schema.getLogicalType() instanceof LogicalTypes.TimestampMicros
              ? Types.TimestampType.withZone()
              : Types.LongType.get();
      case INT ->
          schema.getLogicalType() instanceof LogicalTypes.Date
              ? Types.DateType.get()
              : Types.IntegerType.get();
      case BOOLEAN -> Types.BooleanType.get();
      case BYTES, FIXED, FLOAT, DOUBLE, MAP, NULL ->
          throw new IllegalArgumentException(
              "%s %s has no column type here: events use texts, whole numbers, dates, instants, records and arrays"
                  .formatted(schema.getType(), schema.getFullName()));
    };
  }

  private static Schema notNull(Schema union) {
    return union.getTypes().stream()
        .filter(branch -> branch.getType() != Schema.Type.NULL)
        .findFirst()
        .orElseThrow();
  }

  /** The column's value, as Flink's tables hold it. */
  static Object valueOf(Object value, Schema schema) {
    if (value == null) {
      return null;
    }

    return switch (schema.getType()) {
      case RECORD -> rowOf((IndexedRecord) value);
      case ARRAY -> {
        List<?> list = (List<?>) value;
        Object[] elements = new Object[list.size()];
        for (int i = 0; i < elements.length; i++) {
          elements[i] = valueOf(list.get(i), schema.getElementType());
        }
        yield new GenericArrayData(elements);
      }
      case UNION -> valueOf(value, notNull(schema));
      case STRING, ENUM -> StringData.fromString(value.toString());
      case LONG -> value instanceof Instant instant ? timestamp(instant) : value;
      case INT -> value instanceof LocalDate date ? Math.toIntExact(date.toEpochDay()) : value;
      case BOOLEAN, BYTES, FIXED, FLOAT, DOUBLE, MAP, NULL -> value;
    };
  }

  private static TimestampData timestamp(Instant instant) {
    return TimestampData.fromInstant(instant.truncatedTo(ChronoUnit.MICROS));
  }

  private static GenericRowData rowOf(IndexedRecord record) {
    List<Schema.Field> fields = record.getSchema().getFields();
    boolean enveloped = fields.getFirst().name().equals(ENVELOPE);
    int skipped = enveloped ? 1 : 0;
    GenericRowData row = new GenericRowData(fields.size() - skipped);
    for (int i = skipped; i < fields.size(); i++) {
      row.setField(i - skipped, valueOf(record.get(i), fields.get(i).schema()));
    }
    return row;
  }
}
