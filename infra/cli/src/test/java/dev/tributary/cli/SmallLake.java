package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.EmbeddedCatalog;
import dev.tributary.embedded.EmbeddedKafka;
import dev.tributary.events.Envelope;
import dev.tributary.events.SaleLine;
import dev.tributary.events.SaleRecorded;
import dev.tributary.events.Settlement;
import dev.tributary.ingestion.KafkaEventSender;
import dev.tributary.jobs.JobLauncher;
import dev.tributary.jobs.JobSettings;
import dev.tributary.jobs.RejectedRecord;
import dev.tributary.jobs.RejectedRecords;
import dev.tributary.jobs.RunningJob;
import dev.tributary.runtime.lake.Cut;
import dev.tributary.runtime.lake.CutReader;
import dev.tributary.runtime.lake.LakeTable;
import dev.tributary.runtime.lake.Layer;
import dev.tributary.schemas.EventCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.awaitility.Awaitility;

/** A broker, a catalog and the job, without the rest of the stack. One partition per topic. */
final class SmallLake implements AutoCloseable {

  static final Instant NOON = Instant.parse("2026-03-03T12:00:00Z");

  private final Path dir;
  private final EmbeddedKafka kafka;
  private final EmbeddedCatalog catalog;
  private final Catalog tables;
  private final KafkaEventSender sender;
  private final RejectedRecords rejected;

  SmallLake(Path dir) {
    this.dir = dir;
    this.kafka = EmbeddedKafka.start(dir.resolve("kafka"), 0);
    this.catalog = EmbeddedCatalog.start(dir.resolve("lake"), 0);
    kafka.createTopics(EventCatalog.load().topics(), 1);
    this.tables = JobLauncher.catalogLoader(catalog.uri()).loadCatalog();
    this.sender = new KafkaEventSender(kafka.bootstrapServers());
    this.rejected = RejectedRecords.in(catalog.uri());
  }

  EmbeddedKafka kafka() {
    return kafka;
  }

  String catalogUri() {
    return catalog.uri();
  }

  JobSettings settings() {
    return settings(kafka.bootstrapServers(), catalog.uri(), dir.resolve("state"));
  }

  static JobSettings settings(String bootstrapServers, String catalogUri, Path state) {
    return JobSettings.live(bootstrapServers, catalogUri, state)
        .withCheckpointInterval(Duration.ofMillis(400));
  }

  RunningJob job() {
    return JobLauncher.launch(settings());
  }

  static SaleRecorded sale(String id, Instant at) {
    return SaleRecorded.newBuilder()
        .setEnvelope(
            Envelope.newBuilder()
                .setEventId("sale:" + id)
                .setRevision(0)
                .setSource("test")
                .setSourceSequence(0)
                .setOccurredAt(at)
                .setRecordedAt(at)
                .setCompany("meridian")
                .build())
        .setSaleId(id)
        .setCustomerId("ann")
        .setRegion("East")
        .setSoldOn(LocalDate.of(2026, 3, 3))
        .setSettlement(Settlement.AT_SALE)
        .setCurrency("CNY")
        .setLines(List.of(new SaleLine(1, "p", null, 1_000_000L, 5_000_000L, 2_000_000L)))
        .build();
  }

  /** Sends bytes at a Kafka timestamp, and says where they came to stand. */
  RecordMetadata send(String topic, Instant timestamp, byte[] value, String replayOf) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, 0, timestamp.toEpochMilli(), null, value);
    if (replayOf != null) {
      record.headers().add("replay-of", replayOf.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    return sender.sendRecord(record).join();
  }

  /** Waits for a cut that has read up to these offsets. */
  Cut await(RunningJob job, Map<String, Long> ends) {
    return Awaitility.await("a cut that has read " + ends)
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              job.failure()
                  .ifPresent(
                      failure -> {
                        throw new AssertionError("the job failed", failure);
                      });
              return rejected.newestCut().filter(cut -> Waiting.missing(ends, cut.offsets()) == 0);
            },
            Optional::isPresent)
        .orElseThrow();
  }

  long newestCut() {
    return rejected.newestCut().orElseThrow().cut();
  }

  /** The rejected records of a cut by place, in its order. */
  List<RejectedRecord> rejected(long cut) {
    List<RejectedRecord> found = new ArrayList<>();
    rejected.forEach(cut, true, found::add);
    found.sort(Comparator.comparing(RejectedRecord::place));
    return found;
  }

  /** Replays what is asked for, as the command would. */
  ReplayRun.Sent replay(long cut, Instant now, boolean send, String... reasons) {
    RejectedFilter filter = new RejectedFilter();
    filter.reasons = List.of(reasons);
    boolean farFuture = filter.asksFor(dev.tributary.schemas.RejectReason.FAR_FUTURE);
    return new ReplayRun(rejected, new Replay(now, farFuture), filter, Long.MAX_VALUE)
        .over(cut, send ? Optional.of(sender) : Optional.empty());
  }

  List<Record> rows(String table, long cut) {
    TableIdentifier identifier = TableIdentifier.parse(table);
    LakeTable found =
        new LakeTable(
            identifier.namespace().toString(),
            identifier.name(),
            tables.loadTable(identifier).schema(),
            Layer.RAW);
    List<Record> rows = new ArrayList<>();
    try (CloseableIterable<Record> read = new CutReader(tables).rows(found, cut)) {
      read.forEach(row -> rows.add(row.copy()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + table, e);
    }
    return rows;
  }

  /** Every record that was read has one outcome; returns the sums of read, accepted, rejected. */
  Map<String, Long> accounting(long cut) {
    Map<String, Long> sums = new HashMap<>();
    for (Record row : rows("ops.accounting", cut)) {
      for (String outcome : List.of("read", "accepted", "duplicate", "superseded", "rejected")) {
        sums.merge(outcome, (long) row.getField(outcome), Long::sum);
      }
    }
    assertThat(sums.get("read"))
        .as("accounting at cut %s: %s", cut, sums)
        .isEqualTo(
            sums.get("accepted")
                + sums.get("duplicate")
                + sums.get("superseded")
                + sums.get("rejected"));
    return sums;
  }

  @Override
  public void close() {
    rejected.close();
    sender.close();
    catalog.close();
    kafka.close();
  }
}
