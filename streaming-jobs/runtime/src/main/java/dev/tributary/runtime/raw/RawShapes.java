package dev.tributary.runtime.raw;

import dev.tributary.runtime.ledger.Stamped;
import dev.tributary.runtime.rows.RowShape;
import dev.tributary.runtime.source.Fact;
import dev.tributary.schemas.EventCatalog;
import dev.tributary.schemas.EventType;
import dev.tributary.schemas.WireFormat;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;

/** The raw tables, one per topic: where an event stood, its bytes, and its content by type. */
public final class RawShapes {

  /** An event with its content decoded, for one raw row. */
  public record RawEvent(Stamped<Fact> stamped, SpecificRecord record) {
    Fact fact() {
      return stamped.value();
    }
  }

  private RawShapes() {}

  /** The columns of a topic's raw table. */
  public static RowShape<RawEvent> of(String topic) {
    RowShape<RawEvent> shape =
        new RowShape<RawEvent>()
            .text("topic", raw -> raw.fact().topic())
            .number("partition", raw -> raw.fact().partition())
            .whole("offset", raw -> raw.fact().offset())
            .instant("kafka_timestamp", raw -> raw.fact().timestamp() * 1000)
            .text("event_id", raw -> raw.fact().eventId())
            .text("origin_id", raw -> raw.fact().originId())
            .text("event_type", raw -> raw.fact().type())
            .number("revision", raw -> raw.fact().revision())
            .text("content_hash", raw -> raw.fact().hash())
            .instant("occurred_at", raw -> raw.fact().occurredAt())
            .instant("recorded_at", raw -> raw.fact().recordedAt())
            .text("company", raw -> raw.fact().company())
            .text("source", raw -> raw.fact().source())
            .whole("source_sequence", raw -> raw.fact().sourceSequence())
            .number("schema_id", raw -> raw.fact().schemaId())
            .bytes("payload", raw -> raw.fact().payload())
            .whole("epoch", raw -> raw.stamped().epoch())
            .whole("cut", raw -> raw.stamped().cut());
    AtomicInteger ids = new AtomicInteger();
    for (EventType type : EventCatalog.load().typesOn(topic)) {
      shape.value(
          snakeCase(type.name()),
          AvroColumn.typeOf(type.schema(), ids::incrementAndGet),
          raw ->
              raw.fact().type().equals(type.name())
                  ? AvroColumn.valueOf(raw.record(), type.schema())
                  : null);
    }
    return shape;
  }

  /** Decodes the content of an event that was accepted before. */
  public static RawEvent decode(Stamped<Fact> stamped, WireFormat wireFormat) {
    return new RawEvent(stamped, stamped.value().record(wireFormat));
  }

  private static String snakeCase(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }
}
