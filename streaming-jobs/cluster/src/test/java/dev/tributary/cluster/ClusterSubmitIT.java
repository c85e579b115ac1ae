package dev.tributary.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.embedded.EmbeddedCatalog;
import dev.tributary.embedded.EmbeddedKafka;
import dev.tributary.events.Envelope;
import dev.tributary.events.SaleLine;
import dev.tributary.events.SaleRecorded;
import dev.tributary.events.Settlement;
import dev.tributary.jobs.ClusterSettings;
import dev.tributary.jobs.ClusterSubmission;
import dev.tributary.jobs.FlinkCluster;
import dev.tributary.jobs.JobLauncher;
import dev.tributary.jobs.Policy;
import dev.tributary.runtime.lake.Cut;
import dev.tributary.runtime.lake.CutMode;
import dev.tributary.runtime.lake.CutReader;
import dev.tributary.runtime.lake.LakeTable;
import dev.tributary.runtime.lake.LakeTables;
import dev.tributary.runtime.lake.Layer;
import dev.tributary.schemas.EventCatalog;
import dev.tributary.schemas.EventType;
import dev.tributary.schemas.WireFormat;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
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
import java.util.stream.Stream;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar on a cluster whose own class path holds nothing of ours. */
class ClusterSubmitIT {

  private static final Path JAR = Path.of("target/tributary-cluster.jar");
  private static final String SECRET = "a-credential-nobody-may-see";
  private static final long YUAN = 1_000_000;

  @TempDir static Path dir;

  private static EmbeddedKafka kafka;
  private static EmbeddedCatalog catalog;
  private static SessionCluster session;
  private static FlinkCluster cluster;
  private static Catalog lake;

  private final List<String> said = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    kafka = EmbeddedKafka.start(dir.resolve("kafka"), 0);
    kafka.createTopics(EventCatalog.load().topics(), 2);
    catalog = EmbeddedCatalog.start(dir.resolve("catalog"), 0);
    lake = JobLauncher.catalogLoader(catalog.uri()).loadCatalog();
    session = SessionCluster.start(dir.resolve("flink"), Path.of("target/session-cluster"));
    cluster = FlinkCluster.at(session.rest());
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable part : new AutoCloseable[] {cluster, session, catalog, kafka}) {
      if (part != null) {
        part.close();
      }
    }
  }

  @Test
  void aRebuildTakesOverAndAJobGoesOnFromItsSavepointAndNothingIsLostOrDoubled() throws Exception {
    ClusterSubmission.Submitted first = submit(settings());
    assertThat(said).anyMatch(line -> line.startsWith("Starting empty"));
    assertThat(session.checkpointConfig(first.jobId()))
        .as("whatever the cluster's own configuration says")
        .contains(
            "\"mode\":\"exactly_once\"",
            "\"max_concurrent\":1",
            "\"unaligned_checkpoints\":false",
            "\"aligned_checkpoint_timeout\":0");
    sell(1, 40);
    Cut early = awaitSales(40, first);
    assertLedger(early, 40, 40);
    assertThatThrownBy(() -> submit(settings()))
        .hasMessageContainingAll(first.jobId(), "stop it with a savepoint first");

    ClusterSubmission.Submitted whatIf =
        submit(otherPolicy("--mode", "what-if", "--parallelism", "1"));
    assertPromotions(awaitWhatIf(40, whatIf), 40, 0);
    sell(41, 50);
    Cut before = awaitSales(50, first);
    assertLedger(before, 50, 50);
    assertPromotions(awaitWhatIf(50, whatIf), 50, 0);
    assertThat(new CutReader(lake).newest().orElseThrow().epoch()).isEqualTo(first.epoch());
    assertThat(state(first)).isEqualTo("RUNNING");

    ClusterSubmission.Submitted rebuild =
        submit(otherPolicy("--mode", "rebuild", "--parallelism", "1"));
    assertThat(rebuild.epoch()).isGreaterThan(whatIf.epoch());
    assertLedger(awaitSales(50, rebuild), 50, 0);
    sell(51, 60);
    assertLedger(awaitSales(60, rebuild), 60, 0);
    await("the old job to end").until(() -> state(first).equals("FAILED"));
    assertThat(cluster.failures(first.jobId()))
        .anyMatch(failure -> failure.message().matches(".*CutRefusedException.*; stop this job"));
    assertThatThrownBy(() -> submit(otherPolicy()))
        .hasMessageContainingAll("a rebuild job is on the cluster", rebuild.jobId());

    String savepoint = cluster.stop(rebuild.jobId(), null);
    assertThat(savepoint).startsWith(stateDir() + "savepoints/");
    // It ends last and leaves a state, which is not the one to go on from.
    session.cancel(whatIf.jobId());
    sell(61, 70);

    assertThatThrownBy(() -> submit(otherPolicy(), "file:/no/such/savepoint"))
        .hasMessageContaining("/no/such/savepoint");
    // The state of a job under another policy is refused on the cluster, and the job says so.
    assertThatThrownBy(() -> submit(settings()))
        .hasMessageContainingAll("FAILED", "policies and fold versions", "--mode rebuild");

    said.clear();
    ClusterSubmission.Submitted second = submit(otherPolicy());
    assertThat(said)
        .anyMatch(line -> line.startsWith("Going on from " + savepoint.replaceAll("/$", "")));
    assertThat(second.epoch()).isGreaterThan(rebuild.epoch());
    sell(71, 90);
    assertLedger(awaitSales(90, second), 90, 0);
    assertLedger(early, 40, 40);
    assertLedger(before, 50, 50);
    cluster.stop(second.jobId(), null);
  }

  @Test
  void aMainThatFailsSaysWhyAndShowsNoSecret() {
    ClusterSettings nobodyThere =
        ClusterSettings.parse(
            List.of(
                "--kafka",
                kafka.bootstrapServers(),
                "--catalog",
                "http://127.0.0.1:9/" + SECRET,
                "--catalog-property",
                "credential=" + SECRET,
                "--mode",
                "what-if",
                "--state-dir",
                stateDir()));

    assertThatThrownBy(() -> submit(nobodyThere))
        .hasMessageContainingAll("the catalog at http://127.0.0.1:9/***", "--catalog-property")
        .hasMessageNotContaining(SECRET);
    assertThat(String.join("\n", said)).doesNotContain(SECRET);
  }

  private ClusterSubmission.Submitted submit(ClusterSettings settings) {
    return submit(settings, null);
  }

  private ClusterSubmission.Submitted submit(ClusterSettings settings, String from) {
    return new ClusterSubmission(cluster, this::note).submit(JAR, settings, from);
  }

  private void note(String line) {
    System.out.println("  | " + line);
    said.add(line);
  }

  private static String state(ClusterSubmission.Submitted submitted) {
    return cluster.jobs().stream()
        .filter(job -> job.id().equals(submitted.jobId()))
        .map(FlinkCluster.Job::state)
        .findFirst()
        .orElseThrow();
  }

  private static ClusterSettings otherPolicy(String... more) {
    List<String> options = new ArrayList<>(List.of(more));
    options.addAll(
        List.of(
            "--policy-text",
            Policy.shippedText()
                .replace(
                    "sale_without_invoice_is_collected: true",
                    "sale_without_invoice_is_collected: false")));
    return settings(options.toArray(String[]::new));
  }

  private static ClusterSettings settings(String... more) {
    Map<String, String> options = new HashMap<>();
    options.put("--kafka", kafka.bootstrapServers());
    options.put("--catalog", catalog.uri());
    options.put("--catalog-property", "credential-of-nobody=" + SECRET);
    options.put("--parallelism", "2");
    options.put("--cut-every", "PT0.5S");
    options.put("--state-dir", stateDir());
    for (int index = 0; index < more.length; index += 2) {
      options.put(more[index], more[index + 1]);
    }
    return ClusterSettings.parse(
        options.entrySet().stream()
            .flatMap(option -> Stream.of(option.getKey(), option.getValue()))
            .toList());
  }

  private static String stateDir() {
    return "file:" + dir.resolve("state") + "/";
  }

  /** One sale of one yuan for each number. */
  private static void sell(int from, int to) throws Exception {
    WireFormat wireFormat = new WireFormat();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int number = from; number <= to; number++) {
        SaleRecorded sale = sale(number);
        EventType type = EventCatalog.load().typeOf(sale);
        producer
            .send(
                new ProducerRecord<>(
                    type.topic(),
                    type.keyOf(sale).getBytes(StandardCharsets.UTF_8),
                    wireFormat.encode(sale)))
            .get();
      }
    }
  }

  private static SaleRecorded sale(int number) {
    LocalDate day = LocalDate.of(2026, 3, 2);
    Instant at = Instant.parse("2026-03-02T00:00:00Z");
    return SaleRecorded.newBuilder()
        .setEnvelope(
            Envelope.newBuilder()
                .setEventId("sale:" + number)
                .setCorrects(null)
                .setRevision(0)
                .setSource("test")
                .setSourceSequence(number)
                .setOccurredAt(at)
                .setRecordedAt(at)
                .setCompany("meridian")
                .build())
        .setSaleId("s" + number)
        .setCustomerId("c" + number % 7)
        .setRegion("East")
        .setSoldOn(day)
        .setSettlement(Settlement.AT_SALE)
        .setCurrency("CNY")
        .setLines(List.of(new SaleLine(1, "p", "spring", YUAN, YUAN, YUAN / 2)))
        .build();
  }

  /** Waits for the newest live cut to be of this job and to have read this many records. */
  private static Cut awaitSales(long records, ClusterSubmission.Submitted job) {
    return await("a cut of epoch %s with %s sales".formatted(job.epoch(), records))
        .until(
            () ->
                new CutReader(lake)
                    .newest()
                    .filter(cut -> cut.epoch() == job.epoch())
                    .filter(cut -> sum(cut.offsets().values()) >= records),
            Optional::isPresent)
        .orElseThrow();
  }

  /** Waits for a cut that has read this many records and holds all of raw. */
  private static Cut awaitWhatIf(long records, ClusterSubmission.Submitted job) {
    Cut found =
        await("a cut of the what-if with %s records".formatted(records))
            .until(
                () ->
                    newestOf(job)
                        .filter(Cut::complete)
                        .filter(cut -> sum(cut.offsets().values()) >= records),
                Optional::isPresent)
            .orElseThrow();
    assertThat(found.mode()).isEqualTo(CutMode.WHAT_IF);
    assertThat(found.isLive()).isFalse();
    return found;
  }

  private static Optional<Cut> newestOf(ClusterSubmission.Submitted job) {
    return new CutReader(lake)
        .all().stream()
            .filter(cut -> cut.epoch() == job.epoch())
            .max(Comparator.comparingLong(Cut::cut));
  }

  private static ConditionFactory await(String what) {
    return Awaitility.await(what)
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(300));
  }

  private static long sum(Iterable<Long> offsets) {
    long sum = 0;
    for (long offset : offsets) {
      sum += offset;
    }
    return sum;
  }

  private static void assertLedger(Cut cut, long sales, long collected) throws IOException {
    LakeTable accounting = LakeTables.with(List.of()).table(LakeTables.ACCOUNTING);
    assertThat(total(accounting, cut, "read")).isEqualByComparingTo(BigDecimal.valueOf(sales));
    assertThat(total(accounting, cut, "accepted")).isEqualByComparingTo(BigDecimal.valueOf(sales));
    assertPromotions(cut, sales, collected);
  }

  private static void assertPromotions(Cut cut, long sales, long collected) throws IOException {
    LakeTable promotions = promotions();
    assertThat(total(promotions, cut, "sales")).isEqualByComparingTo(BigDecimal.valueOf(sales));
    assertThat(saleLines(cut)).isEqualTo(sales);
    assertThat(total(promotions, cut, "collected"))
        .isEqualByComparingTo(BigDecimal.valueOf(collected));
  }

  private static long saleLines(Cut cut) throws IOException {
    return total(promotions(), cut, "sale_lines").longValueExact();
  }

  private static LakeTable promotions() {
    return new LakeTable(
        "ledger",
        "promotions",
        lake.loadTable(TableIdentifier.of("ledger", "promotions")).schema(),
        Layer.LEDGER);
  }

  private static BigDecimal total(LakeTable table, Cut cut, String column) throws IOException {
    BigDecimal total = BigDecimal.ZERO;
    try (CloseableIterable<Record> rows = new CutReader(lake).rows(table, cut.cut())) {
      for (Record row : rows) {
        total = total.add(new BigDecimal(row.getField(column).toString()));
      }
    }
    return total;
  }
}
