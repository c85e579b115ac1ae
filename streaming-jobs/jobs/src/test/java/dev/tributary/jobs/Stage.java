package dev.tributary.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.EmbeddedCatalog;
import dev.tributary.embedded.EmbeddedKafka;
import dev.tributary.events.BusinessDayClosed;
import dev.tributary.events.Envelope;
import dev.tributary.runtime.lake.Cut;
import dev.tributary.runtime.lake.CutReader;
import dev.tributary.runtime.lake.LakeTable;
import dev.tributary.runtime.lake.LakeTables;
import dev.tributary.schemas.EventCatalog;
import dev.tributary.schemas.EventType;
import dev.tributary.schemas.WireFormat;
import dev.tributary.stories.Events;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A broker, a catalog and what a test does with them. */
final class Stage implements AutoCloseable {

  private final Path dir;
  private final int partitions;
  private final EmbeddedKafka kafka;
  private final EmbeddedCatalog catalog;
  private final Catalog lake;
  private final WireFormat wireFormat = new WireFormat();
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<Future<RecordMetadata>> pending = new ArrayList<>();

  Stage(Path dir, int partitions) {
    this.dir = dir;
    this.partitions = partitions;
    this.kafka = EmbeddedKafka.start(dir.resolve("kafka"), 0);
    this.catalog = EmbeddedCatalog.start(dir.resolve("lake"), 0);
    kafka.createTopics(EventCatalog.load().topics(), partitions);
    this.lake = JobLauncher.catalogLoader(catalog.uri()).loadCatalog();
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", "5"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  EmbeddedKafka kafka() {
    return kafka;
  }

  EmbeddedCatalog catalog() {
    return catalog;
  }

  Catalog lake() {
    return lake;
  }

  /** Settings of a live job with quick checkpoints. */
  JobSettings settings() {
    return JobSettings.live(kafka.bootstrapServers(), catalog.uri(), dir.resolve("state"))
        .withCheckpointInterval(Duration.ofMillis(400));
  }

  /** Sends events in this order. */
  void send(List<? extends SpecificRecord> events) {
    for (SpecificRecord event : events) {
      EventType type = EventCatalog.load().typeOf(event);
      sendBytes(
          type.topic(),
          type.keyOf(event).getBytes(java.nio.charset.StandardCharsets.UTF_8),
          wireFormat.encode(event));
    }
    flush();
  }

  /** Closes a business day on every partition of every topic. */
  void close(String company, LocalDate day) {
    close(company, day, allPartitions(), allPartitions());
  }

  private List<String> allPartitions() {
    List<String> all = new ArrayList<>();
    for (String topic : EventCatalog.load().topics()) {
      for (int partition = 0; partition < partitions; partition++) {
        all.add(topic + "-" + partition);
      }
    }
    return all;
  }

  /** Closes a business day on one partition only, so that it is not in effect yet. */
  void close(String company, LocalDate day, String partition) {
    close(company, day, List.of(partition), allPartitions());
  }

  private void close(String company, LocalDate day, List<String> some, List<String> all) {
    for (String each : some) {
      int dash = each.lastIndexOf('-');
      Envelope envelope = Events.envelope("close:" + company + ":" + day + ":" + each, 1);
      BusinessDayClosed close =
          BusinessDayClosed.newBuilder()
              .setEnvelope(envelope)
              .setZone("Asia/Shanghai")
              .setClosedOn(day)
              .setPartition(each)
              .setPartitions(all)
              .build();
      pending.add(
          producer.send(
              new ProducerRecord<>(
                  each.substring(0, dash),
                  Integer.parseInt(each.substring(dash + 1)),
                  null,
                  wireFormat.encode(close))));
    }
    flush();
  }

  /** Sends bytes that may be no event. */
  void sendBytes(String topic, byte[] key, byte[] value) {
    pending.add(producer.send(new ProducerRecord<>(topic, key, value)));
  }

  /** Waits until the broker has everything. */
  void flush() {
    producer.flush();
    for (Future<RecordMetadata> each : pending) {
      try {
        each.get();
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException("the broker did not take a record", e);
      }
    }
    pending.clear();
  }

  int partitions() {
    return partitions;
  }

  /** Waits until everything sent so far is in a published live cut, and returns that cut. */
  Cut awaitAll(RunningJob job) {
    Map<String, Long> ends = endOffsets();
    try {
      return Awaitility.await("a cut that holds " + ends)
          .atMost(Duration.ofMinutes(3))
          .pollInterval(Duration.ofMillis(200))
          .until(
              () -> {
                job.failure()
                    .ifPresent(
                        failure -> {
                          throw new AssertionError("the job failed", failure);
                        });
                return new CutReader(lake).newest().filter(cut -> reaches(cut, ends));
              },
              Optional::isPresent)
          .orElseThrow();
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("the job stands at " + job.health(), e);
    }
  }

  static boolean reaches(Cut cut, Map<String, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(
            end ->
                end.getValue() == 0
                    || cut.offsets().getOrDefault(end.getKey(), 0L) >= end.getValue());
  }

  Map<String, Long> endOffsets() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
      for (String topic : EventCatalog.load().topics()) {
        for (int partition = 0; partition < partitions; partition++) {
          wanted.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
      }
      Map<String, Long> ends = new HashMap<>();
      admin
          .listOffsets(wanted)
          .all()
          .get()
          .forEach((partition, end) -> ends.put(partition.toString(), end.offset()));
      return ends;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("the broker does not say its end offsets", e);
    }
  }

  /** The rows of a table that a reading at a cut sees. */
  List<Record> rows(String table, long cut) {
    LakeTables tables = LakeLayout.tables();
    LakeTable found = tables.table(tables.indexOf(table));
    List<Record> rows = new ArrayList<>();
    try (CloseableIterable<Record> read = new CutReader(lake).rows(found, cut)) {
      read.forEach(row -> rows.add(row.copy()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + table, e);
    }
    return rows;
  }

  /** How many records counted as duplicates. */
  long duplicates(long cut) {
    return rows("ops.accounting", cut).stream()
        .mapToLong(row -> (long) row.getField("duplicate"))
        .sum();
  }

  /** Every published cut accounts for every record it read. */
  void assertBalanced(long cut) {
    Map<String, Long> off = new HashMap<>();
    Map<String, Long> kept = new HashMap<>();
    for (Record row : rows("ops.accounting", cut)) {
      String partition = row.getField("topic") + "-" + row.getField("partition");
      off.merge(
          partition,
          (long) row.getField("read")
              - (long) row.getField("accepted")
              - (long) row.getField("duplicate")
              - (long) row.getField("superseded")
              - (long) row.getField("rejected"),
          Long::sum);
      kept.merge(
          (String) row.getField("topic"),
          (long) row.getField("accepted") + (long) row.getField("superseded"),
          Long::sum);
    }
    assertThat(off)
        .as("records without an outcome at cut %s", cut)
        .allSatisfy((k, v) -> assertThat(v).isZero());
    for (String topic : LakeLayout.rawTopics()) {
      assertThat((long) rows("raw." + topic, cut).size())
          .as("raw rows of %s at cut %s", topic, cut)
          .isEqualTo(kept.getOrDefault(topic, 0L));
    }
  }

  @Override
  public void close() {
    producer.close();
    catalog.close();
    kafka.close();
  }
}
