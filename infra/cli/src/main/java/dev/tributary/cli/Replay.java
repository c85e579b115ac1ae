package dev.tributary.cli;

import dev.tributary.events.BusinessDayClosed;
import dev.tributary.events.RowRejected;
import dev.tributary.jobs.RejectedRecord;
import dev.tributary.runtime.source.ReplayOf;
import dev.tributary.schemas.Decoded;
import dev.tributary.schemas.EventCatalog;
import dev.tributary.schemas.EventType;
import dev.tributary.schemas.RejectReason;
import dev.tributary.schemas.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Decides what sending a rejected record again would come to. It reads the bytes as the job would
 * now, so nothing is sent that would only be rejected again.
 *
 * <p>A record keeps its Kafka timestamp: whether it lies too far in the future does not depend on
 * when somebody replays it, and a rebuild, which reads the timestamp from the raw layer, comes to
 * the same result. One that <em>is</em> from the far future is judged against the time of its
 * replay, and only when asked for: time alone also makes a wrong date acceptable.
 */
final class Replay {

  private static final Decision IMPORT_AGAIN =
      new Decision.Leave("a row of a file: correct it and import the file again");

  private final WireFormat wire = new WireFormat();
  private final EventCatalog catalog = EventCatalog.load();
  private final Instant now;
  private final boolean farFutureToo;

  /**
   * @param now the new Kafka timestamp of records from the far future
   * @param farFutureToo whether these were asked for
   */
  Replay(Instant now, boolean farFutureToo) {
    this.now = now;
    this.farFutureToo = farFutureToo;
  }

  /** What becomes of a record. */
  sealed interface Decision {

    /** It is sent; {@code note} says so and where to. */
    record Send(ProducerRecord<byte[], byte[]> record, String note) implements Decision {}

    /** It is not sent; {@code note} says why. */
    record Leave(String note) implements Decision {}
  }

  Decision decide(RejectedRecord rejected) {
    if (rejected.fate() == RejectedRecord.Fate.BROUGHT_BACK) {
      return new Decision.Leave("was brought back before");
    }
    if (rejected.isImportedRow()) {
      return IMPORT_AGAIN;
    }

    String topic = topicOf(rejected);
    long timestamp = rejected.arrivedAt().toEpochMilli();
    Decoded decoded = wire.decode(rejected.payload(), topic, timestamp);
    if (decoded instanceof Decoded.Bad bad && bad.reason() == RejectReason.FAR_FUTURE) {
      if (!farFutureToo) {
        return new Decision.Leave("check its date, then ask for it with --reason far_future");
      }
      timestamp = now.toEpochMilli();
      decoded = wire.decode(rejected.payload(), topic, timestamp);
    }

    return switch (decoded) {
      case Decoded.Event event when event.record() instanceof RowRejected -> IMPORT_AGAIN;
      case Decoded.Event event -> send(rejected, topic, timestamp, event);
      case Decoded.Bad bad ->
          new Decision.Leave(
              "would be %s again: %s"
                  .formatted(bad.reason(), Remedies.of(bad.reason().wireName())));
    };
  }

  /** Its own topic, or the one that it belongs on. */
  private String topicOf(RejectedRecord rejected) {
    if (!isWrong(rejected.topic(), rejected)) {
      return rejected.topic();
    }
    return catalog.topics().stream()
        .filter(topic -> !isWrong(topic, rejected))
        .findFirst()
        .orElse(rejected.topic());
  }

  private boolean isWrong(String topic, RejectedRecord rejected) {
    return wire.decode(rejected.payload(), topic) instanceof Decoded.Bad bad
        && bad.reason() == RejectReason.WRONG_TOPIC;
  }

  private Decision.Send send(
      RejectedRecord rejected, String topic, long timestamp, Decoded.Event event) {
    boolean sameTopic = topic.equals(rejected.topic());
    EventType type = event.type();
    // A day closes per partition, so its event has no key but a partition.
    byte[] key =
        event.record() instanceof BusinessDayClosed
            ? null
            : type.keyOf(event.record()).getBytes(StandardCharsets.UTF_8);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic, sameTopic ? rejected.partition() : null, timestamp, key, rejected.payload());
    record
        .headers()
        .add(
            ReplayOf.HEADER,
            new ReplayOf(rejected.topic(), rejected.partition(), rejected.offset()).header());
    return new Decision.Send(
        record, sameTopic ? "sent again" : "sent to topic " + topic + ", where it belongs");
  }
}
