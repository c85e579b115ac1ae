package dev.tributary.schemas;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.AvroTypeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;

/**
 * Avro binary of the kinds of values that events are made of, compiled once per schema; or, for
 * comparing what events say, the same in a form that does not change when a schema gets a new
 * field. Not for use by several threads at once.
 */
final class RecordWriter {

  /** Writes one value. */
  private interface ValueWriter {
    void write(Object value);
  }

  private final ValueWriter root;
  private final String leftOut;
  private byte[] buffer = new byte[512];
  private int size;

  private RecordWriter(Schema schema, String leftOut) {
    this.leftOut = leftOut;
    this.root = compile(schema);
  }

  /** Writes Avro binary. */
  static RecordWriter avro(Schema schema) {
    return new RecordWriter(schema, null);
  }

  /**
   * Writes what a record says: of each record the fields without default, then name and value of
   * those that differ from theirs. New fields have a default, so what was written under an older
   * schema says the same under a newer one.
   *
   * @param leftOut name of a field that does not count, wherever it stands
   */
  static RecordWriter content(Schema schema, String leftOut) {
    return new RecordWriter(schema, leftOut);
  }

  /** The bytes of {@code record} behind {@code header} bytes left for the caller. */
  byte[] write(IndexedRecord record, int header) {
    fill(record, header);
    return Arrays.copyOf(buffer, size);
  }

  /**
   * As {@link #write}, into a buffer that the next call overwrites; {@link #size()} bytes of it.
   */
  byte[] fill(IndexedRecord record, int header) {
    this.size = header;
    root.write(record);
    return buffer;
  }

  int size() {
    return size;
  }

  private ValueWriter compile(Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> record(schema);
      case ARRAY -> array(schema);
      case UNION -> union(schema);
      case STRING -> value -> string((String) value);
      case ENUM -> value -> number(schema.getEnumOrdinal(value.toString()));
      case BOOLEAN -> value -> one((byte) ((Boolean) value ? 1 : 0));
      case LONG ->
          schema.getLogicalType() instanceof LogicalTypes.TimestampMicros
              ? value -> number(micros((Instant) value))
              : value -> number((Long) value);
      case INT ->
          schema.getLogicalType() instanceof LogicalTypes.Date
              ? value -> number(((LocalDate) value).toEpochDay())
              : value -> number((Integer) value);
      case NULL -> value -> {};
      default ->
          throw new IllegalArgumentException(
              "Events have no %s fields; use string, long, int, boolean, enum, record, list or a nullable one"
                  .formatted(schema.getType()));
    };
  }

  private ValueWriter record(Schema schema) {
    return leftOut == null ? everyField(schema) : contentOf(schema);
  }

  private ValueWriter everyField(Schema schema) {
    List<Schema.Field> fields = schema.getFields();
    ValueWriter[] writers = new ValueWriter[fields.size()];
    for (int i = 0; i < writers.length; i++) {
      writers[i] = named(fields.get(i), compile(fields.get(i).schema()));
    }

    return value -> {
      IndexedRecord record = (IndexedRecord) value;
      for (int i = 0; i < writers.length; i++) {
        writers[i].write(record.get(i));
      }
    };
  }

  private ValueWriter contentOf(Schema schema) {
    List<ValueWriter> required = new ArrayList<>();
    List<ValueWriter> optional = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      if (field.name().equals(leftOut)) {
        continue;
      }

      ValueWriter writer = named(field, compile(field.schema()));
      if (field.hasDefaultValue()) {
        optional.add(unlessDefault(field, writer));
      } else {
        required.add(value -> writer.write(((IndexedRecord) value).get(field.pos())));
      }
    }

    return value -> {
      required.forEach(writer -> writer.write(value));
      optional.forEach(writer -> writer.write(value));
      number(0); // No name follows.
    };
  }

  private ValueWriter unlessDefault(Schema.Field field, ValueWriter writer) {
    byte[] name = field.name().getBytes(StandardCharsets.UTF_8);
    Object byDefault = GenericData.get().getDefaultValue(field);
    this.size = 0;
    writer.write(byDefault instanceof CharSequence ? byDefault.toString() : byDefault);
    byte[] ofDefault = Arrays.copyOf(buffer, size);

    return value -> {
      int before = size;
      bytes(name);
      int start = size;
      writer.write(((IndexedRecord) value).get(field.pos()));
      if (Arrays.equals(buffer, start, size, ofDefault, 0, ofDefault.length)) {
        this.size = before;
      }
    };
  }

  private static ValueWriter named(Schema.Field field, ValueWriter writer) {
    return value -> {
      if (value == null && field.schema().getType() != Schema.Type.UNION) {
        throw new AvroTypeException("The required field '" + field.name() + "' has no value");
      }

      writer.write(value);
    };
  }

  private ValueWriter array(Schema schema) {
    ValueWriter element = compile(schema.getElementType());
    return value -> {
      List<?> items = (List<?>) value;
      if (!items.isEmpty()) {
        number(items.size());
        for (Object item : items) {
          element.write(item);
        }
      }

      number(0);
    };
  }

  private ValueWriter union(Schema schema) {
    List<Schema> branches = schema.getTypes();
    if (branches.size() != 2 || branches.getFirst().getType() != Schema.Type.NULL) {
      throw new IllegalArgumentException("Only unions of null and one type: " + schema);
    }

    ValueWriter present = compile(branches.get(1));
    return value -> {
      if (value == null) {
        number(0);
      } else {
        number(1);
        present.write(value);
      }
    };
  }

  private static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
  }

  private void string(String text) {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private void bytes(byte[] utf8) {
    number(utf8.length);
    room(utf8.length);
    System.arraycopy(utf8, 0, buffer, size, utf8.length);
    this.size += utf8.length;
  }

  private void number(long value) {
    room(10);
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      buffer[size++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }

    buffer[size++] = (byte) rest;
  }

  private void one(byte value) {
    room(1);
    buffer[size++] = value;
  }

  private void room(int wanted) {
    if (buffer.length - size < wanted) {
      this.buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + wanted));
    }
  }
}
