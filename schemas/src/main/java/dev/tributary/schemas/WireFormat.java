package dev.tributary.schemas;

import dev.tributary.events.Envelope;
import dev.tributary.schemas.ReleasedSchemas.Release;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * Events as bytes in Kafka: a zero byte, the id of the writer's schema as four bytes, big-endian,
 * and the event in Avro binary, as every Kafka tool reads it. Ids are those of the released
 * schemas.
 *
 * <p>Not for use by several threads at once: it keeps its readers, writers and decoder. Making one
 * is cheap.
 */
public final class WireFormat {

  /** Bytes before the Avro binary. */
  public static final int HEADER_BYTES = 5;

  /** The largest record that topics take, in bytes. */
  public static final int MAX_RECORD_BYTES = 1_000_000;

  /** How far beyond its Kafka timestamp an event may have happened. */
  public static final Duration FUTURE_TOLERANCE = Duration.ofHours(24);

  private record Reader(EventType type, DatumReader<SpecificRecord> datum, Set<String> topics) {}

  private record Writer(int id, RecordWriter records) {}

  private final EventCatalog catalog;
  private final ReleasedSchemas released;
  private final Map<Integer, Optional<Reader>> readers = new HashMap<>();
  private final Map<String, Writer> writers = new HashMap<>();
  private final BoundedDecoder decoder = new BoundedDecoder();
  private final EventRules rules;

  /** Reads and writes the events on the classpath. */
  public WireFormat() {
    this(EventCatalog.load(), ReleasedSchemas.load());
  }

  WireFormat(EventCatalog catalog, ReleasedSchemas released) {
    this.catalog = catalog;
    this.released = released;
    this.rules = new EventRules(catalog);
  }

  /**
   * The framed bytes of an event.
   *
   * @throws IllegalStateException when the event's current schema was never released
   */
  public byte[] encode(SpecificRecord record) {
    Writer writer = writers.computeIfAbsent(record.getSchema().getName(), this::writer);
    byte[] framed = writer.records().write(record, HEADER_BYTES);
    framed[1] = (byte) (writer.id() >>> 24);
    framed[2] = (byte) (writer.id() >>> 16);
    framed[3] = (byte) (writer.id() >>> 8);
    framed[4] = (byte) writer.id();
    return framed;
  }

  /**
   * The event in framed bytes that stand on {@code topic}, with its values checked. Never throws:
   * whatever is wrong with the bytes is in the result.
   */
  public Decoded decode(byte[] value, String topic) {
    if (value == null || value.length < HEADER_BYTES || value[0] != 0) {
      return new Decoded.Bad(
          RejectReason.NOT_AVRO,
          null,
          "The record does not start with a zero byte and a schema id. Send events with the Confluent framing.");
    }

    int id = idOf(value);
    Reader reader = readers.computeIfAbsent(id, this::reader).orElse(null);
    if (reader == null) {
      return new Decoded.Bad(
          RejectReason.UNKNOWN_SCHEMA_ID,
          null,
          "Schema id %s is not released here. Release the producer's schema, then replay the record."
              .formatted(id));
    }

    if (!reader.topics().contains(topic)) {
      return new Decoded.Bad(
          RejectReason.WRONG_TOPIC,
          null,
          "%s does not belong on topic '%s'. Send it to '%s'."
              .formatted(reader.type().name(), topic, reader.type().topic()));
    }

    SpecificRecord record;
    try {
      record = read(reader, value);
    } catch (IOException | RuntimeException e) {
      return notAvro(reader.type(), String.valueOf(e.getMessage()));
    }

    if (decoder.remainingBytes() > 0) {
      return notAvro(reader.type(), decoder.remainingBytes() + " bytes are left over");
    }

    Decoded.Bad bad = rules.firstViolation(reader.type(), record).orElse(null);
    return bad == null ? new Decoded.Event(reader.type(), id, record) : bad;
  }

  /**
   * As {@link #decode(byte[], String)}, and refuses an event from the far future.
   *
   * @param kafkaTimestampMillis the record's Kafka timestamp, in milliseconds since 1970 UTC
   */
  public Decoded decode(byte[] value, String topic, long kafkaTimestampMillis) {
    Decoded decoded = decode(value, topic);
    if (decoded instanceof Decoded.Event event) {
      Decoded.Bad bad = farFuture(event.record(), kafkaTimestampMillis).orElse(null);
      return bad == null ? decoded : bad;
    }

    return decoded;
  }

  /**
   * The event in framed bytes that {@link #decode} took for one before; its values are not checked
   * again.
   *
   * @throws IllegalStateException when they are none now, as when its schema is no longer released
   */
  public SpecificRecord accepted(byte[] value) {
    try {
      return read(readers.computeIfAbsent(idOf(value), this::reader).orElseThrow(), value);
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException("bytes that were an event are none now", e);
    }
  }

  private SpecificRecord read(Reader reader, byte[] value) throws IOException {
    decoder.reset(value, HEADER_BYTES);
    return reader.datum().read(null, decoder);
  }

  /**
   * What is wrong when {@code record} happened more than {@link #FUTURE_TOLERANCE} after its Kafka
   * timestamp, in milliseconds since 1970 UTC.
   */
  public static Optional<Decoded.Bad> farFuture(SpecificRecord record, long kafkaTimestampMillis) {
    Envelope envelope = EventType.envelopeOf(record);
    Instant latest = Instant.ofEpochMilli(kafkaTimestampMillis).plus(FUTURE_TOLERANCE);
    if (!envelope.getOccurredAt().isAfter(latest)) {
      return Optional.empty();
    }

    return Optional.of(
        new Decoded.Bad(
            RejectReason.FAR_FUTURE,
            "envelope.occurred_at",
            "It happened at %s, more than %s hours after it was sent (%s). Check the clock or the date format of its source."
                .formatted(
                    envelope.getOccurredAt(),
                    FUTURE_TOLERANCE.toHours(),
                    Instant.ofEpochMilli(kafkaTimestampMillis))));
  }

  /** What is wrong with the values of an event; empty when nothing is. */
  public Optional<Decoded.Bad> violation(SpecificRecord record) {
    return rules.firstViolation(catalog.typeOf(record), record);
  }

  /** The schema id in framed bytes. */
  static int idOf(byte[] value) {
    return (value[1] & 0xFF) << 24
        | (value[2] & 0xFF) << 16
        | (value[3] & 0xFF) << 8
        | (value[4] & 0xFF);
  }

  private static Decoded.Bad notAvro(EventType type, String cause) {
    return new Decoded.Bad(
        RejectReason.NOT_AVRO,
        null,
        "The bytes are not Avro of %s: %s. Repair the producer, then send the record again."
            .formatted(type.name(), cause));
  }

  private Optional<Reader> reader(int id) {
    Set<String> topics = new HashSet<>();
    Schema written = null;
    for (Release release : released.all()) {
      if (release.id() == id) {
        written = release.schema();
        String subject = release.subject();
        topics.add(subject.substring(0, subject.length() - written.getFullName().length() - 1));
      }
    }

    if (written == null || !catalog.has(written.getName())) {
      return Optional.empty();
    }

    EventType type = catalog.type(written.getName());
    SpecificData data = new SpecificData(WireFormat.class.getClassLoader());
    data.setFastReaderEnabled(true);
    // The generated classes convert their dates and times themselves, but not the optional ones.
    data.addLogicalTypeConversion(new TimeConversions.DateConversion());
    data.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
    return Optional.of(
        new Reader(type, new SpecificDatumReader<>(written, type.schema(), data), topics));
  }

  private Writer writer(String name) {
    EventType type = catalog.type(name);
    String subject = type.subject(SchemaRelease.topicsOf(type, catalog).getFirst());
    Release latest =
        released
            .latest(subject)
            .filter(release -> release.schema().equals(ReleasedSchemas.plain(type.schema())))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "The current schema of %s is not released. Run: ./tributary schema release"
                            .formatted(name)));
    return new Writer(latest.id(), RecordWriter.avro(type.schema()));
  }
}
