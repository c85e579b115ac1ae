package dev.tributary.bench;

import dev.tributary.embedded.EmbeddedKafka;
import dev.tributary.schemas.EventCatalog;
import dev.tributary.schemas.EventType;
import dev.tributary.schemas.WireFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker of the benchmark's own, with the topics of every event. */
final class Broker implements AutoCloseable {

  private static final int PARTITIONS = 4;

  private final EventCatalog catalog = EventCatalog.load();
  private final WireFormat wire = new WireFormat();
  private final EmbeddedKafka kafka;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  private Broker(EmbeddedKafka kafka) {
    this.kafka = kafka;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", "5"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  static Broker start(Path dir) {
    EmbeddedKafka kafka = EmbeddedKafka.start(dir, 0);
    kafka.createTopics(EventCatalog.load().topics(), PARTITIONS);
    return new Broker(kafka);
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** The topics that every contender reads. */
  List<String> topics() {
    return catalog.topics();
  }

  /** Sends an event to the partition of its key. */
  void send(SpecificRecord event) {
    send(event, (metadata, e) -> {});
  }

  /** Sends an event and says where it came to stand. */
  void send(SpecificRecord event, Callback sent) {
    throwFailure();
    EventType type = catalog.typeOf(event);
    // The callback tells of failures; send and flush throw them.
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(
                type.topic(),
                type.keyOf(event).getBytes(StandardCharsets.UTF_8),
                wire.encode(event)),
            (metadata, e) -> {
              if (e != null) {
                failure.compareAndSet(null, e);
              } else {
                sent.onCompletion(metadata, null);
              }
            });
  }

  /** Waits until the broker has everything that was sent. */
  void flush() {
    producer.flush();
    throwFailure();
  }

  private void throwFailure() {
    if (failure.get() != null) {
      throw new IllegalStateException("the broker did not take an event", failure.get());
    }
  }

  /** The offset after the last record, by partition. */
  Map<TopicPartition, Long> ends() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
      for (String topic : topics()) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
          wanted.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
      }
      Map<TopicPartition, Long> ends = new HashMap<>();
      admin
          .listOffsets(wanted)
          .all()
          .get()
          .forEach((partition, end) -> ends.put(partition, end.offset()));
      return ends;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker does not say its end offsets", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking for end offsets", e);
    }
  }

  @Override
  public void close() {
    producer.close();
    kafka.close();
  }
}
