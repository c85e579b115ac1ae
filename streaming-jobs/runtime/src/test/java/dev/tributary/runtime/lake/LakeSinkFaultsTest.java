package dev.tributary.runtime.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.embedded.EmbeddedCatalog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.OutputFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job on a real catalog, one fault a test. After each, every cut that was ever published balances
 * and holds exactly the numbers that its offsets say.
 */
@Timeout(120)
class LakeSinkFaultsTest {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(8)
              .setConfiguration(clusterConfiguration())
              .build());

  private static final String FINGERPRINT = "policies-1";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path directory;

  private final Faults.Handle faults = new Faults.Handle();
  private EmbeddedCatalog server;
  private Catalog catalog;
  private CutReader reader;

  @BeforeEach
  void createTables() {
    this.server = EmbeddedCatalog.start(directory.resolve("catalog"), 0);
    this.catalog = PairsLake.connect(server.uri());
    this.reader = new CutReader(catalog);
    PairsLake.TABLES.createMissing(catalog);
  }

  @AfterEach
  void stopCatalog() {
    faults.clear();
    server.close();
  }

  @Test
  void aJobThatEndsPublishesAllItRead() throws Exception {
    PairsJob job = live(1).numbers(300).start();

    assertThat(job.awaitEnd()).isNull();

    everyCutBalances();
    Cut newest = reader.newest().orElseThrow();
    assertThat(newest.offsets().values()).containsOnly(75L);
    assertThat(newest.watermark().toEpochMilli()).isZero();
    assertThat(newest.businessDays().get("acme").toEpochDay()).isEqualTo(299);
    assertThat(newest.snapshots()).containsKeys("raw.numbers", "ledger.plus", "ops.accounting");
    assertThat(reader.live().stream().mapToLong(cut -> cut.rowCounts().get("ledger.plus")).sum())
        .isEqualTo(300);
    Cut first = reader.live().get(0);
    try (CloseableIterable<Record> rows = reader.rows(PairsLake.PLUS, first.cut())) {
      assertThat(rows).hasSize(Math.toIntExact(first.rowCounts().get("ledger.plus")));
    }
  }

  @Test
  void anEmptyCheckpointPublishesNothing() throws Exception {
    PairsJob job = live(1).perSecond(0.001).start();
    awaitCheckpoints(job, 8);
    job.kill();

    assertThat(reader.all()).hasSize(1);
    everyCutBalances();
  }

  @Test
  void aFailureBetweenTheCommitsOfTwoTablesIsRepeated() throws Exception {
    AtomicInteger failures = new AtomicInteger(3);
    faults.set(
        new Faults() {
          @Override
          public void beforeCommit(String table, Snapshot snapshot) {
            if (table.equals("ledger.minus") && isCut(snapshot) && failures.getAndDecrement() > 0) {
              throw new IllegalStateException("injected: the job dies between two tables");
            }
          }
        });

    runPast(failures);
  }

  @Test
  void aFailureBeforeTheCutRowIsRepeated() throws Exception {
    AtomicInteger failures = new AtomicInteger(3);
    faults.set(
        new Faults() {
          @Override
          public void beforeCommit(String table, Snapshot snapshot) {
            if (table.equals("ops.cuts") && isCut(snapshot) && failures.getAndDecrement() > 0) {
              throw new IllegalStateException("injected: the job dies before the cut row");
            }
          }
        });

    runPast(failures);
  }

  @Test
  void aFailureAfterTheCutRowPublishesTheCutOnce() throws Exception {
    AtomicInteger failures = new AtomicInteger(3);
    faults.set(
        new Faults() {
          @Override
          public void afterCommit(String table, Snapshot snapshot) {
            if (table.equals("ops.cuts") && isCut(snapshot) && failures.getAndDecrement() > 0) {
              throw new IllegalStateException("injected: the job dies after the cut row");
            }
          }
        });

    runPast(failures);
  }

  @Test
  void aLostResponseIsLookedUp() throws Exception {
    PairsJob job = live(1).start();
    awaitOrdinal(2);
    server.loseResponses(12);
    await().atMost(Duration.ofMinutes(3)).until(() -> server.responsesToLose() == 0);
    awaitOrdinal(reader.newest().orElseThrow().ordinal().getAsLong() + 3);
    job.kill();

    everyCutBalances();
  }

  @Test
  void aStaleTableAfterALostResponseDoublesNothing() throws Exception {
    AtomicInteger lost = new AtomicInteger(4);
    AtomicInteger stale = new AtomicInteger();
    faults.set(
        new Faults() {
          @Override
          public void afterCommit(String table, Snapshot snapshot) {
            if (table.equals("ledger.plus") && isCut(snapshot) && lost.getAndDecrement() > 0) {
              stale.set(8);
              // Both answers occur: not known, and a conflict with one's own success.
              if (lost.get() % 2 == 0) {
                throw new CommitFailedException("injected: the commit conflicts with itself");
              }
              throw new CommitStateUnknownException(new IllegalStateException("injected"));
            }
          }

          @Override
          public TableMetadata onRefresh(
              String table, TableMetadata known, Supplier<TableMetadata> fresh) {
            return table.equals("ledger.plus") && stale.getAndDecrement() > 0 ? known : fresh.get();
          }
        });

    runPast(lost);
  }

  @Test
  void aCatalogThatIsDownForAWhileIsWaitedFor() throws Exception {
    PairsJob job = live(1).start();
    awaitOrdinal(2);
    server.goDown();
    CountDownLatch pause = new CountDownLatch(1);
    assertThat(pause.await(5, TimeUnit.SECONDS)).isFalse();
    server.comeBack();
    long ordinal = reader.newest().orElseThrow().ordinal().getAsLong();
    awaitOrdinal(ordinal + 3);
    assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
    job.kill();

    everyCutBalances();
  }

  @Test
  void aFullDiskStopsNothingForGood() throws Exception {
    AtomicInteger failures = new AtomicInteger(10);
    faults.set(
        new Faults() {
          @Override
          public void onNewFile(String table, OutputFile file) {
            if (failures.get() > 0 && reader.newest().isPresent()) {
              failures.decrementAndGet();
              throw FaultyCatalogLoader.noSpaceLeft();
            }
          }
        });

    runPast(failures);
  }

  @Test
  void anAbortedCheckpointMovesItsRowsToTheNextCut() throws Exception {
    AtomicInteger failures = new AtomicInteger(4);
    faults.set(
        new Faults() {
          @Override
          public void onSnapshot(long checkpoint) {
            if (checkpoint % 3 == 2 && failures.getAndDecrement() > 0) {
              throw new IllegalStateException("injected: the checkpoint is declined");
            }
          }
        });

    runPast(failures);
  }

  @Test
  void aCutPendingWhenTheJobWasKilledIsPublishedByTheNextOne() throws Exception {
    PairsJob first = live(1).start();
    awaitOrdinal(2);
    CountDownLatch blocked = new CountDownLatch(1);
    faults.set(
        new Faults() {
          @Override
          public void beforeCommit(String table, Snapshot snapshot) {
            if (table.equals("ledger.minus") && isCut(snapshot)) {
              blocked.countDown();
              sleepUntilKilled();
            }
          }
        });
    blocked.await();
    long head = reader.newest().orElseThrow().cut();
    String state = first.kill();
    faults.clear();
    Map<Long, List<Long>> before = new PairsReading(catalog).byLiveCut();

    PairsJob second = live(2).from(state).start();
    awaitOrdinal(reader.newest().orElseThrow().ordinal().getAsLong() + 3);
    second.kill();

    everyCutBalances();
    assertThat(new PairsReading(catalog).byLiveCut()).containsAllEntriesOf(before);
    assertThat(reader.live())
        .as("a cut of epoch 1 published by epoch 2, which follows it")
        .anyMatch(cut -> cut.epoch() == 1 && cut.cut() > head)
        .anyMatch(cut -> cut.epoch() == 2 && CutSettings.epochOf(cut.parent()) == 1);
  }

  @Test
  void stopWithSavepointLosesNothing() throws Exception {
    PairsJob first = live(1).start();
    awaitOrdinal(2);
    String state = first.stopWithSavepoint();
    assertThat(first.awaitEnd()).isNull();
    long ordinal = reader.newest().orElseThrow().ordinal().getAsLong();
    PairsJob second = live(2).from(state).start();
    awaitOrdinal(ordinal + 2);
    second.kill();

    everyCutBalances();
    noForks();
  }

  @Test
  void anOlderSavepointForksAndOldReadingsStay() throws Exception {
    PairsJob first = live(1).start();
    awaitOrdinal(2);
    String old = first.savepoint();
    awaitOrdinal(reader.newest().orElseThrow().ordinal().getAsLong() + 3);
    first.kill();
    Map<Long, List<Long>> before = new PairsReading(catalog).byLiveCut();
    long ordinal = reader.newest().orElseThrow().ordinal().getAsLong();

    PairsJob second = live(2).from(old).start();
    awaitOrdinal(ordinal + 2);
    second.kill();

    everyCutBalances();
    assertThat(new PairsReading(catalog).byLiveCut()).containsAllEntriesOf(before);
    Cut newest = reader.newest().orElseThrow();
    CutRange inherited = reader.ranges(newest.cut(), Layer.LEDGER).get(0);
    assertThat(inherited.to()).isLessThan(before.keySet().stream().reduce(0L, Math::max));
  }

  @Test
  void aJobWithoutStateIsRefusedOnAFilledLedger() throws Exception {
    PairsJob first = live(1).start();
    awaitOrdinal(1);
    first.kill();

    PairsJob second = live(2).start();

    assertThat(second.awaitEnd())
        .hasStackTraceContaining("the job has no state, but the ledger is filled up to cut")
        .hasStackTraceContaining("start a rebuild");
    everyCutBalances();
  }

  @Test
  void aJobWithOtherPoliciesIsRefused() throws Exception {
    PairsJob first = live(1).start();
    awaitOrdinal(1);
    String state = first.kill();

    PairsJob second =
        setup(CutSettings.live(2, "policies-2").withPatience(PATIENCE)).from(state).start();

    assertThat(second.awaitEnd())
        .hasStackTraceContaining("policies-1, this job has policies-2")
        .hasStackTraceContaining("rebuild");
    everyCutBalances();
  }

  @Test
  void anOlderCheckpointUnderTheSameEpochIsRefused() throws Exception {
    PairsJob first = live(1).start();
    awaitOrdinal(2);
    String old = first.savepoint();
    awaitOrdinal(reader.newest().orElseThrow().ordinal().getAsLong() + 4);
    first.kill();

    PairsJob second = live(1).from(old).start();

    assertThat(second.awaitEnd())
        .hasStackTraceContaining("gone on")
        .hasStackTraceContaining("submit the job with");
    everyCutBalances();
  }

  @Test
  void aZombieOfTheOldJobIsFenced() throws Exception {
    PairsJob zombie = live(1).start();
    awaitOrdinal(2);
    PairsJob successor = live(2).from(zombie.savepoint()).start();

    assertThat(zombie.awaitEnd()).hasStackTraceContaining("epoch 2 has taken over from epoch 1");

    awaitEpoch(2);
    awaitOrdinal(reader.newest().orElseThrow().ordinal().getAsLong() + 2);
    assertThat(successor.status()).isEqualTo(JobStatus.RUNNING);
    successor.kill();
    everyCutBalances();
  }

  @Test
  void aRebuildGrowsBesideTheLiveJobAndReplacesIt() throws Exception {
    PairsJob old = live(1).perSecond(60).start();
    awaitOrdinal(4);
    Cut from = reader.newest().orElseThrow();
    long rows = from.offsets().values().stream().mapToLong(offset -> offset).sum();
    Map<Long, List<Long>> before = new PairsReading(catalog).byLiveCut();
    CompletableFuture<Void> halfIsPublished = new CompletableFuture<>();
    AtomicInteger replayed = new AtomicInteger();
    faults.set(
        new Faults() {
          @Override
          public CompletionStage<Void> beforeNumber(long epoch) {
            return epoch == 2 && replayed.incrementAndGet() > rows / 2
                ? halfIsPublished
                : CompletableFuture.completedStage(null);
          }
        });

    PairsJob rebuild =
        setup(CutSettings.rebuild(2, "policies-2", from.cut(), rows).withPatience(PATIENCE))
            .perSecond(500)
            .replaying(from.offsets())
            .start();
    await()
        .atMost(Duration.ofMinutes(3))
        .until(
            () ->
                reader.all().stream()
                    .anyMatch(cut -> cut.mode() == CutMode.REBUILD && !cut.isLive()));
    assertThat(reader.all()).allMatch(cut -> cut.complete() == (cut.epoch() == 1));
    assertThat(old.status()).isEqualTo(JobStatus.RUNNING);
    halfIsPublished.complete(null);

    assertThat(old.awaitEnd()).hasStackTraceContaining("epoch 2 has taken over from epoch 1");
    awaitEpoch(2);
    awaitOrdinal(reader.newest().orElseThrow().ordinal().getAsLong() + 2);
    String state = rebuild.kill();
    everyCutBalances();
    assertThat(new PairsReading(catalog).byLiveCut()).containsAllEntriesOf(before);

    long ordinal = reader.newest().orElseThrow().ordinal().getAsLong();
    PairsJob next =
        setup(CutSettings.live(3, "policies-2").withPatience(PATIENCE)).from(state).start();
    awaitOrdinal(ordinal + 2);
    next.kill();
    everyCutBalances();
  }

  @Test
  void aWhatIfBesideTheLiveJobLeavesItAlone() throws Exception {
    PairsJob live = live(1).start();
    awaitOrdinal(4);
    Cut from = reader.newest().orElseThrow();
    long rows = from.offsets().values().stream().mapToLong(offset -> offset).sum();

    PairsJob whatIf =
        setup(CutSettings.whatIf(2, "policies-2", from.cut(), rows).withPatience(PATIENCE))
            .perSecond(500)
            .numbers(rows * 2)
            .replaying(from.offsets())
            .start();
    assertThat(whatIf.awaitEnd()).isNull();

    assertThat(live.status()).isEqualTo(JobStatus.RUNNING);
    awaitOrdinal(reader.newest().orElseThrow().ordinal().getAsLong() + 2);
    live.kill();
    everyCutBalances();
    assertThat(reader.all()).anyMatch(cut -> cut.mode() == CutMode.WHAT_IF && cut.complete());
    assertThat(reader.live()).allMatch(cut -> cut.epoch() == 1);
  }

  @Test
  void rescalingLosesNothing() throws Exception {
    PairsJob first = live(1).parallelism(1).start();
    awaitOrdinal(3);
    String state = first.kill();
    long ordinal = reader.newest().orElseThrow().ordinal().getAsLong();
    PairsJob second = live(2).parallelism(2).from(state).start();
    awaitOrdinal(ordinal + 3);
    second.kill();

    everyCutBalances();
    noForks();
  }

  @Test
  void expiryMeanwhileHidesNoCut() throws Exception {
    AtomicInteger failures = new AtomicInteger(3);
    faults.set(
        new Faults() {
          @Override
          public void afterCommit(String table, Snapshot snapshot) {
            if (table.equals("ledger.plus") && isCut(snapshot) && failures.getAndDecrement() > 0) {
              expireAll();
              throw new IllegalStateException("injected: the job dies and snapshots expire");
            }
          }
        });
    AtomicBoolean stopped = new AtomicBoolean();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread upkeep =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    while (!stopped.get()) {
                      expireAll();
                      Thread.sleep(200);
                    }
                  } catch (InterruptedException | RuntimeException e) {
                    failure.set(e);
                  }
                });
    try {
      runPast(failures);
    } finally {
      stopped.set(true);
      upkeep.join();
    }
    assertThat(failure.get()).isNull();
    noForks();
  }

  /** The threads that Iceberg shares keep the class loader of the job that made them first. */
  private static Configuration clusterConfiguration() {
    Configuration configuration = new Configuration();
    configuration.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
    return configuration;
  }

  private void expireAll() {
    for (LakeTable declared : PairsLake.TABLES.written()) {
      expire(catalog.loadTable(declared.identifier()));
    }
    expire(catalog.loadTable(LakeTables.CUTS));
    expire(catalog.loadTable(LakeTables.TIMELINE));
  }

  private static void expire(Table table) {
    try {
      table
          .expireSnapshots()
          .expireOlderThan(System.currentTimeMillis() + 1)
          .retainLast(1)
          .commit();
    } catch (CommitFailedException e) {
      // The writer was quicker; the next round expires what is left.
    }
  }

  /** Runs a job until the injected failures are used up and three more cuts are there. */
  private void runPast(AtomicInteger failures) throws Exception {
    PairsJob job = live(1).start();
    await().atMost(Duration.ofMinutes(3)).until(() -> failures.get() <= 0);
    awaitOrdinal(reader.newest().map(cut -> cut.ordinal().getAsLong()).orElse(0L) + 3);
    job.kill();
    everyCutBalances();
  }

  private PairsJob.Setup live(long epoch) {
    return setup(CutSettings.live(epoch, FINGERPRINT).withPatience(PATIENCE));
  }

  private PairsJob.Setup setup(CutSettings settings) {
    return new PairsJob.Setup(
        new FaultyCatalogLoader(server.uri(), faults),
        faults,
        directory,
        settings,
        2,
        Long.MAX_VALUE,
        200,
        Map.of(),
        null);
  }

  private void everyCutBalances() {
    new PairsReading(catalog).everyCutBalances();
  }

  private void noForks() {
    long parent = 0;
    for (Cut cut : reader.live()) {
      assertThat(cut.parent()).as("parent of %s", cut).isEqualTo(parent);
      parent = cut.cut();
    }
  }

  private void awaitOrdinal(long ordinal) {
    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> reader.newest().map(cut -> cut.ordinal().getAsLong()).orElse(0L) >= ordinal);
  }

  private void awaitEpoch(long epoch) {
    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> reader.newest().map(Cut::epoch).orElse(0L) == epoch);
  }

  private static void awaitCheckpoints(PairsJob job, long checkpoint) {
    await().atMost(Duration.ofMinutes(3)).until(() -> job.completedCheckpoint() >= checkpoint);
  }

  private static boolean isCut(Snapshot snapshot) {
    return snapshot.summary().containsKey(Stamp.CUT);
  }

  private static void sleepUntilKilled() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("killed", e);
    }
  }
}
