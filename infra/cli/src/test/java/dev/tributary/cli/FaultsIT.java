package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.embedded.EmbeddedCatalog;
import dev.tributary.embedded.EmbeddedKafka;
import dev.tributary.embedded.TrinoServer;
import dev.tributary.events.BusinessDayClosed;
import dev.tributary.ingestion.Closes;
import dev.tributary.ingestion.KafkaEventSender;
import dev.tributary.jobs.JobLauncher;
import dev.tributary.jobs.Mode;
import dev.tributary.jobs.Policy;
import dev.tributary.runtime.lake.CutReader;
import dev.tributary.schemas.EventCatalog;
import dev.tributary.stories.Events;
import dev.tributary.stories.RandomStory;
import dev.tributary.warehouse.Check;
import dev.tributary.warehouse.Reconcile;
import dev.tributary.warehouse.Upkeep;
import dev.tributary.warehouse.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What can happen to the job's process, its broker and its catalog, one after the other over one
 * lake. After each, everything sent is in a published cut. At the end every cut of all of them
 * balances and equals SQL over {@code raw} at that cut: checked together, since a cut never changes
 * and a query costs more to start than to read some cuts more.
 *
 * <p>The events are a random story in any order: doubled and corrected, merges whose two customers
 * bought under one promotion, splits, closes long before what they close. Everything runs at
 * parallelism 2 unless a test says otherwise.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsIT {

  private static final long SEED = Long.getLong("tributary.seed", System.nanoTime());
  private static final int PARTS = 31;
  private static final long CUTS_PER_EPOCH = 1_000_000_000;
  private static final int PARTITIONS = 4;
  private static final int DAYS = 31;
  private static final Duration PATIENCE = Duration.ofSeconds(150);

  @TempDir static Path directory;

  private static final Random RANDOM = new Random(SEED);
  private static EmbeddedKafka kafka;
  private static EmbeddedCatalog catalog;
  private static Catalog tables;
  private static TrinoServer trino;
  private static Path state;
  private static Path policy;
  private static List<SpecificRecord> events;
  private static int partsSent;
  private static final NavigableMap<Long, String> faultByLastCut = new TreeMap<>();
  private static long earlyCut;
  private static List<String> earlyReading;
  private static JobProcess job;
  private static JarredClassPath jars;

  @BeforeAll
  static void start() throws IOException {
    System.out.println("seed " + SEED);
    kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
    kafka.createTopics(EventCatalog.load().topics(), PARTITIONS);
    catalog = EmbeddedCatalog.start(directory.resolve("catalog"), 0);
    tables = JobLauncher.catalogLoader(catalog.uri()).loadCatalog();
    trino = TrinoServer.start(directory.resolve("trino"), 0, catalog.uri(), null);
    Warehouse.apply(url());
    jars = new JarredClassPath(directory.resolve("jars"));
    state = directory.resolve("state");
    policy = policyOf("collected", true);
    events = story();
    System.out.println(events.size() + " records");
  }

  @AfterAll
  static void stop() {
    for (AutoCloseable part : new AutoCloseable[] {job, trino, catalog, kafka}) {
      try {
        if (part != null) {
          part.close();
        }
      } catch (Exception e) {
        System.out.println("A part did not stop in order: " + e);
      }
    }
  }

  @AfterEach
  void everythingSentIsPublished(TestInfo fault) throws Exception {
    awaitPublished();
    faultByLastCut.put(newest(), fault.getDisplayName());
  }

  @Test
  @Order(1)
  void stoppedWithASavepointAndStartedWithAnotherParallelism() throws Exception {
    job = launch(1, "heap", Mode.LIVE);
    sendPart();
    awaitPublished();
    job.stopWithSavepoint();
    job = launch(2, "heap", Mode.LIVE);
    sendPart();
  }

  @Test
  @Order(2)
  void killedBetweenTheCommitsOfTwoTables() throws Exception {
    catalog.beforeNextCommit(
        "ledger.receivables",
        () -> {
          // Tables are committed side by side: this commit may be the first of its cut.
          await().atMost(PATIENCE).until(() -> !unpublished().isEmpty());
          job.kill();
        });
    Map<String, Long> left = killed();
    assertThat(left)
        .as("tables that had the cut")
        .isNotEmpty()
        .doesNotContainKey("ledger.receivables");
    startedAgain();
    assertThat(tablesOf(cutOf(left)))
        .as("tables of the cut that was left behind")
        .contains("ledger.receivables")
        .containsAll(left.keySet());
  }

  @Test
  @Order(3)
  void killedBeforeTheRowOfTheCut() throws Exception {
    catalog.beforeNextCommit("ops.cuts", () -> job.kill());
    Map<String, Long> left = killed();
    startedAgain();
    assertThat(left.keySet()).as("tables that had the cut").isEqualTo(tablesOf(cutOf(left)));
    earlyCut = newest();
    earlyReading = netAt(earlyCut);
    assertThat(earlyReading).hasSizeGreaterThan(20);
  }

  @Test
  @Order(4)
  void killedAfterTheRowOfTheCutBeforeItHeardOfIt() throws Exception {
    long before = newest();
    catalog.afterNextCommit("ops.cuts", () -> job.kill());
    assertThat(killed()).as("tables with a cut that is not published").isEmpty();
    assertThat(newest()).as("the cut whose row was written").isGreaterThan(before);
    startedAgain();
  }

  @Test
  @Order(5)
  void killedBetweenACheckpointAndItsFirstCommit() throws Exception {
    long before = newest();
    catalog.refuseCommits(() -> job.kill());
    assertThat(killed()).as("tables that had the cut").isEmpty();
    assertThat(newest()).isEqualTo(before);
    catalog.applyCommits();
    startedAgain();
    assertThat(new CutReader(tables).live())
        .as("the cut of the checkpoint, published by the next job")
        .anyMatch(cut -> cut.epoch() == epochOf(before) && cut.cut() > before);
  }

  @Test
  @Order(6)
  void killedAtRandomMoments() throws Exception {
    for (int i = 0; i < 2; i++) {
      sendPart();
      Thread.sleep(RANDOM.nextInt(2_500));
      job.kill();
      assertThat(job.awaitEnd()).isEqualTo(JobProcess.KILLED);
      job = launch(2, i == 0 ? "rocksdb" : "heap", Mode.LIVE);
    }
  }

  @Test
  @Order(7)
  void theCatalogIsAwayForHalfAMinute() throws Exception {
    sendPart();
    Thread.sleep(500);
    catalog.goDown();
    sendPart();
    Thread.sleep(30_000);
    catalog.comeBack();
    await().atMost(PATIENCE).until(FaultsIT::missing, missing -> missing == 0);
    assertThat(job.isAlive()).as("the job goes on in the same process").isTrue();
  }

  @Test
  @Order(8)
  void responsesOfCommitsAreLost() throws Exception {
    catalog.loseResponses(3);
    sendPart();
    await().atMost(PATIENCE).until(() -> catalog.responsesToLose() == 0);
  }

  @Test
  @Order(9)
  void theBrokerIsStartedAgain() throws Exception {
    sendPart();
    kafka.stop();
    Thread.sleep(3_000);
    kafka.start();
    sendPart();
    awaitPublished();
    assertThat(job.isAlive()).as("the job goes on in the same process").isTrue();
  }

  @Test
  @Order(10)
  void tablesAreCompactedAndExpiredBesideTheWriter() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    List<Throwable> failures = new ArrayList<>();
    List<Upkeep.Outcome> outcomes = new ArrayList<>();
    Upkeep.Keeping lastCuts = new Upkeep.Keeping(20, Duration.ofSeconds(5));
    Thread upkeep =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    do {
                      Instant inAMonth = Instant.now().plus(Duration.ofDays(30));
                      outcomes.addAll(Upkeep.run(url(), inAMonth, true, line -> {}, lastCuts));
                    } while (!done.get());
                  } catch (RuntimeException e) {
                    failures.add(e);
                  }
                });
    sendPart();
    awaitPublished();
    sendPart();
    awaitPublished();
    done.set(true);
    upkeep.join();
    assertThat(failures).isEmpty();
    assertThat(outcomes).anyMatch(outcome -> outcome.filesAfter() < outcome.files());
    assertThat(outcomes).anyMatch(outcome -> outcome.snapshotsAfter() < outcome.snapshots());
  }

  @Test
  @Order(11)
  void aDaysCloseIsReadBeforeThatDaysEvents() throws Exception {
    List<SpecificRecord> part = nextPart();
    send(part.stream().filter(FaultsIT::isClose).toList());
    Thread.sleep(2_000);
    send(part.stream().filter(event -> !isClose(event)).toList());
  }

  @Test
  @Order(12)
  void aFrozenJobThawsBesideItsSuccessor() throws Exception {
    JobProcess old = job;
    long before = newest();
    sendPart();
    old.freeze();
    job = launch(2, "heap", Mode.LIVE);
    awaitPublished();
    long logged = logged();
    old.thaw();
    sendPart();
    assertThat(reasonOfEnd(old, logged))
        .as("why the old job ended")
        .contains("state=TAKEN_OVER", takenOver(before));
  }

  @Test
  @Order(13)
  void anOlderSavepointForksAndWhatWasReadStays() throws Exception {
    awaitPublished();
    job.stopWithSavepoint();
    Path old = newestSavepoint();
    long saved = newest();
    job = launch(2, "heap", Mode.LIVE);
    sendPart();
    awaitPublished();
    long later = newest();
    List<String> reading = netAt(later);
    job.kill();
    assertThat(job.awaitEnd()).isEqualTo(JobProcess.KILLED);
    job = launch(2, "heap", Mode.LIVE, old);
    await().atMost(PATIENCE).until(() -> newest() > later);
    awaitPublished();
    assertThat(inheritedUpTo(newest()))
        .as("the last cut before the fork")
        .isEqualTo(saved)
        .isLessThan(later);
    assertThat(netAt(newest())).as("the same events once more").isEqualTo(reading);
    assertThat(netAt(later)).as("a cut that is off the timeline").isEqualTo(reading);
  }

  @Test
  @Order(14)
  void thereIsNoSpaceLeftForAWhile() throws Exception {
    sendPart();
    job.runOutOfSpace();
    sendPart();
    Thread.sleep(6_000);
    assertThat(missing()).as("records that could not be written").isPositive();
    job.findSpace();
    awaitPublished();
    assertThat(job.isAlive()).as("the job goes on in the same process").isTrue();
  }

  @Test
  @Order(15)
  void checkpointsAreAbortedAndTheNextOneCounts() throws Exception {
    awaitPublished();
    long aborted = flink("/checkpoints").at("/counts/failed").asLong();
    JsonNode failures = flink("/exceptions").at("/exceptionHistory/entries");
    assertThat(failures.isArray()).isTrue();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              job.runOutOfSpace(); // Nothing is written now but state.
              Thread.sleep(1_200); // One checkpoint or two; after four in a row the job restarts.
              job.findSpace();
              Thread.sleep(3_500); // Flink answers from memory for three seconds.
              return flink("/checkpoints").at("/counts/failed").asLong() > aborted;
            });
    sendPart();
    awaitPublished();
    assertThat(flink("/exceptions").at("/exceptionHistory/entries"))
        .as("checkpoints were aborted, and nothing else failed")
        .hasSameSizeAs(failures);
  }

  @Test
  @Order(16)
  void aTableIsCompactedUnderTheCommit() {
    AtomicLong written = new AtomicLong();
    catalog.overtakeNextCommit(
        "ledger.receivables",
        () -> {
          long before = snapshots("receivables");
          try (Lake lake = lake()) {
            lake.query("alter table ledger.receivables execute optimize");
          }
          written.set(snapshots("receivables") - before);
        });
    sendPart();
    await().atMost(PATIENCE).until(() -> written.get() > 0);
  }

  @Test
  @Order(17)
  void aTableIsStaleAfterTheResponseOfItsCommitWasLost() throws Exception {
    // More loads than one commit makes, so that it also fails as a whole and is begun again.
    catalog.staleAfterNextCommit("ledger.receivables", 8);
    sendPart();
    await().atMost(PATIENCE).until(() -> catalog.staleLoads() == 0);
    awaitPublished();
    assertThat(stamps(TableIdentifier.of("ledger", "receivables")))
        .as("cuts, a snapshot each")
        .doesNotHaveDuplicates();
    assertThat(job.isAlive()).as("the job goes on in the same process").isTrue();
  }

  @Test
  @Order(18)
  void aWhatIfBesideTheLiveJobLeavesItAlone() throws Exception {
    long before = newest();
    Path ofTheLiveJob = policy;
    policy = policyOf("not-collected", false);
    try (JobProcess whatIf = launch(2, "heap", Mode.WHAT_IF)) {
      policy = ofTheLiveJob;
      sendPart();
      await().atMost(PATIENCE).until(FaultsIT::whatIfCuts, cuts -> cuts > 0);
      awaitPublished();
      assertThat(whatIf.isAlive()).as("the what-if goes on").isTrue();
    }
    assertThat(job.isAlive()).as("the live job goes on in the same process").isTrue();
    assertThat(epochOf(newest())).as("epoch").isEqualTo(epochOf(before));
  }

  @Test
  @Order(19)
  void aChangedPolicyIsRefusedAndARebuildBesideTheLiveJobTakesOver() throws Exception {
    sendPart();
    awaitPublished();
    long underTheOldPolicy = newest();
    List<String> before = netAt(underTheOldPolicy);
    JobProcess old = job;
    long logged = logged();
    policy = policyOf("not-collected", false);
    job = launch(2, "heap", Mode.REBUILD);
    await().atMost(PATIENCE).until(() -> newest() > underTheOldPolicy);
    assertThat(netAt(newest())).as("the same events by other rules").isNotEqualTo(before);
    assertThat(netAt(underTheOldPolicy)).as("an old cut reads the same").isEqualTo(before);
    sendPart();
    assertThat(reasonOfEnd(old, logged))
        .as("why the old job ended")
        .contains("state=TAKEN_OVER", takenOver(underTheOldPolicy));
    awaitPublished();
    job.stopWithSavepoint();
    policy = policyOf("collected", true);
    logged = logged();
    assertThat(reasonOfEnd(launch(2, "heap", Mode.LIVE), logged))
        .as("why state of another policy is refused")
        .contains(
            "state=REFUSED", "the restored state was computed under policies and fold versions");
    policy = policyOf("not-collected", false);
    job = launch(2, "heap", Mode.LIVE);
  }

  @Test
  @Order(20)
  void lostStateIsRefusedAndARebuildBringsItBack() throws Exception {
    awaitPublished();
    long head = newest();
    List<String> before = netAt(head);
    job.kill();
    assertThat(job.awaitEnd()).isEqualTo(JobProcess.KILLED);
    deleteTree(state);
    long logged = logged();
    assertThat(reasonOfEnd(launch(2, "heap", Mode.LIVE), logged))
        .as("why empty state is refused on a filled ledger")
        .contains(
            "state=REFUSED",
            "the job has no state, but the ledger is filled up to cut %s".formatted(head));
    job = launch(2, "heap", Mode.REBUILD);
    // At once, so that they come in while they are being read back from raw.
    send(events.subList(0, events.size() / PARTS));
    awaitPublished();
    assertThat(epochOf(newest())).as("the rebuild's epoch").isGreaterThan(epochOf(head));
    assertThat(netAt(newest())).as("the net ledger of the rebuild").isEqualTo(before);
    sendPart();
    awaitPublished();
    assertThat(netAt(head)).as("an old cut reads the same").isEqualTo(before);
    assertThat(netAt(earlyCut)).as("an old cut reads the same").isEqualTo(earlyReading);
  }

  @Test
  @Order(21)
  void everyCutOfAllAddsUpAtTheEnd() throws Exception {
    while (partsSent < PARTS) {
      sendPart();
    }
    awaitPublished();
    try (Lake lake = lake()) {
      assertThat(lake.query("select reason, message from ops.rejected limit 10").rows())
          .as("what is sent is in order, closes included")
          .isEmpty();
    }
    List<Check> checks = Reconcile.everyLiveCut(url());
    Map<String, Long> cutsOfFaults =
        checks.stream()
            .map(Check::cut)
            .distinct()
            .collect(Collectors.groupingBy(FaultsIT::faultOf, TreeMap::new, Collectors.counting()));
    System.out.println("cuts checked: " + cutsOfFaults);
    assertThat(cutsOfFaults.keySet()).as("faults").containsAll(faultByLastCut.values());
    assertThat(checks)
        .filteredOn(check -> !check.balanced())
        .extracting(check -> faultOf(check.cut()) + ": " + check)
        .as("seed " + SEED)
        .isEmpty();
    assertThat(netAt(earlyCut)).as("an old cut reads the same").isEqualTo(earlyReading);
  }

  private static String faultOf(long cut) {
    Map.Entry<Long, String> fault = faultByLastCut.ceilingEntry(cut);
    return fault == null ? "at the end" : fault.getValue();
  }

  /** Sends a part and waits for the trap to kill the job; {@link #unpublished()} after that. */
  private static Map<String, Long> killed() throws Exception {
    sendPart();
    await().atMost(PATIENCE).until(() -> !catalog.isWaitingForCommit());
    assertThat(job.awaitEnd()).isEqualTo(JobProcess.KILLED);
    return unpublished();
  }

  private static void startedAgain() throws Exception {
    job = launch(2, "heap", Mode.LIVE);
    sendPart();
    awaitPublished();
  }

  /** The tables that hold rows of a cut after the newest published one, and that cut. */
  private static Map<String, Long> unpublished() {
    long head = new CutReader(tables).newest().orElseThrow().cut();
    Map<String, Long> found = new TreeMap<>();
    for (String namespace : List.of("raw", "ledger", "ops")) {
      for (TableIdentifier table : tables.listTables(Namespace.of(namespace))) {
        stamps(table).stream()
            .filter(cut -> cut > head)
            .forEach(cut -> found.put(table.toString(), cut));
      }
    }
    return found;
  }

  /** The cuts that were added to a table, a snapshot each. */
  private static List<Long> stamps(TableIdentifier table) {
    List<Long> stamps = new ArrayList<>();
    for (Snapshot snapshot : tables.loadTable(table).snapshots()) {
      String cut = snapshot.summary().get("tributary.cut");
      if (cut != null) {
        stamps.add(Long.valueOf(cut));
      }
    }
    return stamps;
  }

  private static long cutOf(Map<String, Long> unpublished) {
    assertThat(Set.copyOf(unpublished.values())).as("cuts left behind").hasSize(1);
    return unpublished.values().iterator().next();
  }

  /** The tables that a published cut says it has rows in. */
  private static Set<String> tablesOf(long cut) {
    return new CutReader(tables).find(cut).orElseThrow().rowCounts().keySet();
  }

  private static long epochOf(long cut) {
    return cut / CUTS_PER_EPOCH;
  }

  /** Waits for a job to end by itself; what the jobs' log has said since it had this length. */
  private static String reasonOfEnd(JobProcess ending, long logged) throws Exception {
    assertThat(ending.awaitEnd()).as("exit code").isNotZero().isNotEqualTo(JobProcess.KILLED);
    byte[] log = Files.readAllBytes(directory.resolve("job.log"));
    return new String(log, (int) logged, log.length - (int) logged, StandardCharsets.UTF_8);
  }

  private static long logged() throws IOException {
    return Files.size(directory.resolve("job.log"));
  }

  private static JobProcess launch(int parallelism, String backend, Mode mode) throws IOException {
    return launch(parallelism, backend, mode, null);
  }

  private static JobProcess launch(int parallelism, String backend, Mode mode, Path restoreFrom)
      throws IOException {
    return JobProcess.start(
        jars,
        kafka.bootstrapServers(),
        catalog.uri(),
        state,
        directory.resolve("job.log"),
        parallelism,
        backend,
        mode,
        policy,
        restoreFrom);
  }

  private static Path newestSavepoint() throws IOException {
    try (var files = Files.walk(state)) {
      return files
          .filter(file -> file.endsWith("_metadata") && file.toString().contains("/savepoints/"))
          .map(Path::getParent)
          .max(Comparator.comparingLong(folder -> folder.toFile().lastModified()))
          .orElseThrow();
    }
  }

  private static Path policyOf(String name, boolean saleIsCollected) throws IOException {
    return Files.writeString(
        directory.resolve(name + ".yaml"),
        Policy.shippedText()
            .replace(
                "sale_without_invoice_is_collected: true",
                "sale_without_invoice_is_collected: " + saleIsCollected));
  }

  /** A month in any order; a day is closed every while, before most of its events have come. */
  private static List<SpecificRecord> story() {
    List<SpecificRecord> told = new RandomStory(SEED, 3_000, 300).shuffled(SEED);
    Map<String, Integer> partitions =
        EventCatalog.load().topics().stream()
            .collect(Collectors.toMap(topic -> topic, topic -> PARTITIONS));
    List<SpecificRecord> all = new ArrayList<>();
    for (int day = 1; day <= DAYS; day++) {
      all.addAll(told.subList(told.size() * (day - 1) / DAYS, told.size() * day / DAYS));
      all.addAll(Closes.of(Events.COMPANY, ZoneId.of("UTC"), Events.march(day), partitions));
    }
    return all;
  }

  private static List<SpecificRecord> nextPart() {
    // What is sent after the last part are duplicates: sent again from the beginning.
    int part = partsSent++ % PARTS;
    int size = events.size();
    return events.subList(size * part / PARTS, size * (part + 1) / PARTS);
  }

  private static void sendPart() {
    send(nextPart());
  }

  private static void send(List<SpecificRecord> part) {
    try (KafkaEventSender sender = new KafkaEventSender(kafka.bootstrapServers())) {
      sender.sendAll(part);
      sender.flush();
    }
  }

  private static boolean isClose(SpecificRecord event) {
    return event instanceof BusinessDayClosed;
  }

  private static void awaitPublished() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              if (!job.isAlive()) {
                throw new IllegalStateException("the job's process ended; see its log");
              }
              return missing();
            },
            missing -> missing == 0);
  }

  /** Records that no published cut holds yet. */
  private static long missing() throws Exception {
    try (Lake lake = lake()) {
      return Waiting.missing(
          Ends.of(kafka, PARTITIONS), lake.newestCut().map(Lake.Cut::offsets).orElse(Map.of()));
    }
  }

  /** What Flink answers about the job that was started last. */
  private static JsonNode flink(String path) throws Exception {
    String address =
        Files.readAllLines(directory.resolve("job.log")).stream()
            .filter(line -> line.startsWith(JobProcess.ADDRESS))
            .reduce((earlier, later) -> later)
            .orElseThrow()
            .substring(JobProcess.ADDRESS.length());
    try (HttpClient http = HttpClient.newHttpClient()) {
      String answer =
          http.send(
                  HttpRequest.newBuilder(URI.create(address + path)).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      return new ObjectMapper().readTree(answer);
    }
  }

  private static long snapshots(String ledger) {
    try (Lake lake = lake()) {
      return lake.query("select snapshot_id from ledger.\"%s$snapshots\"".formatted(ledger))
          .rows()
          .size();
    }
  }

  /** What a refused job says when the epoch of the newest cut has replaced that of another. */
  private static String takenOver(long cutOfTheOldJob) throws Exception {
    return "epoch %s has taken over from epoch %s"
        .formatted(epochOf(newest()), epochOf(cutOfTheOldJob));
  }

  /** The last cut of earlier epochs that a reading at this cut still sees. */
  private static long inheritedUpTo(long cut) {
    try (Lake lake = lake()) {
      return Long.parseLong(
          lake.query(
                  "select max(to_cut) from ops.timeline where layer = 'ledger' and epoch = %s and from_cut < %s"
                      .formatted(epochOf(cut), epochOf(cut) * CUTS_PER_EPOCH))
              .rows()
              .getFirst()
              .getFirst());
    }
  }

  private static long whatIfCuts() {
    try (Lake lake = lake()) {
      return lake.query("select cut from ops.cuts where mode = 'WHAT_IF'").rows().size();
    }
  }

  private static long newest() throws Exception {
    try (Lake lake = lake()) {
      return lake.newestCut().orElseThrow().cut();
    }
  }

  /** The net ledgers at a cut, address by address. */
  private static List<String> netAt(long cut) throws Exception {
    String span =
        "select t.from_cut, least(t.to_cut, %1$s) as to_cut from ops.timeline t where t.layer = 'ledger' and t.epoch = %1$s / 1000000000"
            .formatted(cut);
    try (Lake lake = lake()) {
      List<String> rows = new ArrayList<>();
      lake.query(
              """
              with span as (%s)
              select l.promotion_id, l.region, l.currency, l.effective_on, l.cost_class, sum(l.sales), sum(l.cost), sum(l.collected), sum(l.participants)
              from ledger.promotions l join span s on l.cut > s.from_cut and l.cut <= s.to_cut
              group by 1, 2, 3, 4, 5
              having sum(l.sales) <> 0 or sum(l.cost) <> 0 or sum(l.collected) <> 0 or sum(l.participants) <> 0
              order by 1, 2, 3, 4, 5
              """
                  .formatted(span))
          .lines(Table.Format.csv)
          .forEach(rows::add);
      lake.query(
              """
              with span as (%s)
              select l.customer_id, l.account, l.document_id, l.item_id, l.promotion_id, l.entry, sum(l.amount)
              from ledger.receivables l join span s on l.cut > s.from_cut and l.cut <= s.to_cut
              group by 1, 2, 3, 4, 5, 6
              having sum(l.amount) <> 0
              order by 1, 2, 3, 4, 5, 6
              """
                  .formatted(span))
          .lines(Table.Format.csv)
          .forEach(rows::add);
      lake.query(
              """
              with span as (%s)
              select l.customer_id, l.entry, l.component, l.item_id, l.grade, l.alert, l.step, l.since, l.due_on, l.effective_on, sum(l.amount), sum(l.signed_count)
              from ledger.credit l join span s on l.cut > s.from_cut and l.cut <= s.to_cut
              group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
              having sum(l.amount) <> 0 or sum(l.signed_count) <> 0
              order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
              """
                  .formatted(span))
          .lines(Table.Format.csv)
          .forEach(rows::add);
      return rows;
    }
  }

  private static String url() {
    return trino.jdbcUrl(TrinoServer.ADMIN);
  }

  private static Lake lake() {
    return Lake.open(trino.url(), TrinoServer.ADMIN);
  }

  private static void deleteTree(Path tree) {
    try (var files = Files.walk(tree)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
