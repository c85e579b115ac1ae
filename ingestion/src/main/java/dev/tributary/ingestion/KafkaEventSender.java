package dev.tributary.ingestion;

import dev.tributary.events.BusinessDayClosed;
import dev.tributary.schemas.EventCatalog;
import dev.tributary.schemas.EventType;
import dev.tributary.schemas.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends events to Kafka: idempotent, acknowledged by all replicas, in the order they are given per
 * subject. Not for use by several threads at once.
 */
public final class KafkaEventSender implements EventSink, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration DELIVERY = Duration.ofMinutes(2);

  private final EventCatalog catalog = EventCatalog.load();
  private final WireFormat wire = new WireFormat();
  private final String bootstrap;
  private final Producer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final AtomicLong sent = new AtomicLong();
  private Map<String, Integer> partitions;

  /**
   * @param bootstrap brokers as {@code host:port,…}
   */
  public KafkaEventSender(String bootstrap) {
    this(bootstrap, new KafkaProducer<>(properties(bootstrap, DELIVERY)));
  }

  KafkaEventSender(String bootstrap, Producer<byte[], byte[]> producer) {
    this.bootstrap = bootstrap;
    this.producer = producer;
  }

  /**
   * Sends an event to its topic; a day close to the partition it names.
   *
   * @throws SendFailedException when this or an earlier event could not be sent
   */
  @Override
  public void send(SpecificRecord event) {
    EventType type = catalog.typeOf(event);
    if (event instanceof BusinessDayClosed close) {
      String partition = close.getPartition();
      int dash = partition.lastIndexOf('-');
      sendTo(partition.substring(0, dash), Integer.valueOf(partition.substring(dash + 1)), event);
      return;
    }

    sendTo(type.topic(), null, event);
  }

  /** Sends an event to a topic and a partition of one's choice; null: the one of its key. */
  public void sendTo(String topic, Integer partition, SpecificRecord event) {
    byte[] key =
        event instanceof BusinessDayClosed
            ? null
            : catalog.typeOf(event).keyOf(event).getBytes(StandardCharsets.UTF_8);
    sendBytes(topic, partition, key, wire.encode(event));
  }

  /** Sends bytes as they are. For tests, and for records that are sent again. */
  public void sendBytes(String topic, Integer partition, byte[] key, byte[] value) {
    throwFailure();
    try {
      // The callback tells of failures; send and flush throw them.
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(topic, partition, key, value),
              (metadata, e) -> {
                if (e != null) {
                  failure.compareAndSet(null, e);
                }
              });
      sent.incrementAndGet();
    } catch (KafkaException e) {
      failure.compareAndSet(null, e);
      throwFailure();
    }
  }

  /**
   * Sends a record as it is, with its own timestamp and headers, and tells where it came to stand.
   * For records that are sent again.
   *
   * @return done when it is acknowledged; {@link #flush()} tells of failures, too
   */
  public CompletableFuture<RecordMetadata> sendRecord(ProducerRecord<byte[], byte[]> record) {
    throwFailure();
    CompletableFuture<RecordMetadata> place = new CompletableFuture<>();
    try {
      // The callback tells of failures.
      Future<RecordMetadata> unused =
          producer.send(
              record,
              (metadata, e) -> {
                if (e == null) {
                  place.complete(metadata);
                } else {
                  failure.compareAndSet(null, e);
                  place.completeExceptionally(e);
                }
              });
      sent.incrementAndGet();
    } catch (KafkaException e) {
      failure.compareAndSet(null, e);
      throwFailure();
    }
    return place;
  }

  /** Sends all of {@code events} in their order. */
  public void sendAll(Iterable<? extends SpecificRecord> events) {
    events.forEach(this::send);
  }

  /**
   * Closes a company's business days, one after another: one copy to every partition of every
   * topic.
   */
  public void closeDays(String company, ZoneId zone, Collection<LocalDate> days) {
    for (LocalDate day : days) {
      sendAll(Closes.of(company, zone, day, Instant.now(), partitions()));
    }
  }

  /** Every topic and its number of partitions, as the broker has them. */
  public Map<String, Integer> partitions() {
    if (partitions == null) {
      Map<String, Integer> found = new LinkedHashMap<>();
      for (String topic : catalog.topics()) {
        try {
          found.put(topic, producer.partitionsFor(topic).size());
        } catch (KafkaException e) {
          failure.compareAndSet(null, e);
          throwFailure();
        }
      }

      this.partitions = found;
    }

    return partitions;
  }

  /** How many records were handed over so far. */
  public long sent() {
    return sent.get();
  }

  /**
   * Returns when everything sent so far is acknowledged.
   *
   * @throws SendFailedException when anything was not
   */
  public void flush() {
    producer.flush();
    throwFailure();
  }

  /** Flushes and lets go of the connection. */
  @Override
  public void close() {
    try {
      if (failure.get() == null) {
        flush();
      }
    } finally {
      producer.close(Duration.ofSeconds(5));
    }
  }

  private void throwFailure() {
    Exception cause = failure.get();
    if (cause != null) {
      throw new SendFailedException(
          "Kafka at %s did not take the events: %s. Is the stack up (./tributary status)? What was sent may be sent again: duplicates are recognised."
              .formatted(bootstrap, cause.getMessage()),
          cause);
    }
  }

  Producer<byte[], byte[]> producer() {
    return producer;
  }

  /**
   * @param delivery how long a record may take before it counts as not sent
   */
  static Map<String, Object> properties(String bootstrap, Duration delivery) {
    Duration patience = delivery.compareTo(PATIENCE) < 0 ? delivery : PATIENCE;
    return Map.ofEntries(
        Map.entry(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
        Map.entry(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName()),
        Map.entry(
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName()),
        Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
        Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
        // A broker that starts may refuse a batch and take the one behind it; the first is then
        // out of sequence for ever, and the sender gives up after two minutes.
        Map.entry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1),
        Map.entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"),
        Map.entry(ProducerConfig.LINGER_MS_CONFIG, 20),
        Map.entry(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024),
        Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) patience.toMillis()),
        Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) delivery.dividedBy(4).toMillis()),
        Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) delivery.toMillis()),
        Map.entry(ProducerConfig.CLIENT_ID_CONFIG, "tributary-ingestion"));
  }
}
