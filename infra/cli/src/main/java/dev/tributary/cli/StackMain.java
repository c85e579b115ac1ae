package dev.tributary.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.tributary.dashboards.Access;
import dev.tributary.embedded.Downloads;
import dev.tributary.embedded.EmbeddedCatalog;
import dev.tributary.embedded.EmbeddedKafka;
import dev.tributary.embedded.Ports;
import dev.tributary.embedded.StackSettings;
import dev.tributary.embedded.SupersetServer;
import dev.tributary.embedded.TrinoServer;
import dev.tributary.ingestion.PhonePseudonym;
import dev.tributary.ingestion.collector.Collector;
import dev.tributary.jobs.Mode;
import dev.tributary.jobs.RejectedRecords;
import dev.tributary.runtime.lake.Cut;
import dev.tributary.schemas.EventCatalog;
import dev.tributary.warehouse.AlertChange;
import dev.tributary.warehouse.Check;
import dev.tributary.warehouse.Reconcile;
import dev.tributary.warehouse.Upkeep;
import dev.tributary.warehouse.Warehouse;
import dev.tributary.warehouse.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * The stack: broker, collector, catalog and job in this JVM, Trino and Superset as its child
 * processes. Runs until {@code tributary down} asks it to stop.
 */
public final class StackMain {

  private static final Logger LOG = LoggerFactory.getLogger(StackMain.class);

  /** The last lines of the start report: what {@code up} waits for. */
  static final String READY = "ready";

  static final String FAILED = "failed: ";

  /** Stands for a line break inside a line of the report: Unicode's own sign for it. */
  static final String LINE_BREAK = "\u2028";

  private final Home home = Home.standard();
  private final StackOptions options;
  private final StackPorts ports;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final JobKeeper jobs = new JobKeeper(this::startJob, this::headEpoch, Clock.systemUTC());
  private final Housekeeping housekeeping = new Housekeeping(Clock.systemUTC());
  private EmbeddedCatalog catalog;
  private EmbeddedKafka kafka;
  private Collector collector;
  private TrinoServer trino;
  private SupersetServer superset;

  private StackMain(StackOptions options) {
    this.options = options;
    this.ports = new StackPorts(options.port, this::report);
  }

  /** Starts the stack; options as of {@code tributary up}. */
  public static void main(String[] args) throws IOException {
    StackOptions options = new StackOptions();
    CommandLine.populateCommand(options, args);
    StackMain stack = new StackMain(options);
    // What a signal leaves time for; `down` stops the job in order before this runs.
    Runtime.getRuntime().addShutdownHook(new Thread(stack::closeChildren, "stop-children"));
    int exit = stack.run();
    System.exit(exit);
  }

  private int run() throws IOException {
    HttpServer control =
        Control.listen(
            home,
            Map.of(
                "/status",
                request -> status(),
                "/stop",
                this::stop,
                "/jobs",
                this::startBeside,
                "/job-submit",
                this::startLeader,
                "/job-savepoint",
                request -> savepoint(request, StreamingJob::savepoint),
                "/job-stop",
                request -> savepoint(request, StreamingJob::stopWithSavepoint)));
    try {
      startParts();
      jobs.refusal().ifPresent(cause -> report(StatusCommand.refusal(cause)));
      startHousekeeping();
      report(READY);
      watchUntilStopped();
      return 0;
    } catch (RuntimeException | Error e) {
      // Errors too: `up` waits for a word, and the parts that run have to be stopped.
      LOG.error("The stack did not start", e);
      report(FAILED + message(e));
      return 1;
    } finally {
      stopParts();
      control.stop(0);
    }
  }

  private void startParts() {
    catalog = EmbeddedCatalog.start(home.catalog(), ports.catalog());
    report("The Iceberg catalog is up at " + catalog.uri());
    int trinoPort = ports.trino();
    String trinoUrl = "http://" + Ports.LOOPBACK + ":" + trinoPort;
    // On two cores the pool that is used otherwise has two threads for these three.
    Executor ownThread = task -> Thread.ofPlatform().daemon().start(task);
    CompletableFuture<Void> query =
        CompletableFuture.runAsync(() -> startTrino(trinoPort), ownThread);
    CompletableFuture<Void> pages =
        options.withoutSuperset
            ? CompletableFuture.completedFuture(null)
            : CompletableFuture.runAsync(() -> startSuperset(trinoUrl), ownThread);
    CompletableFuture<Void> stream = CompletableFuture.runAsync(this::startStream, ownThread);
    awaitAll(query, pages, stream);
    int changes =
        Warehouse.applyUnless(
            home.catalog().resolve("applied"), trino.jdbcUrl(TrinoServer.ADMIN), catalog::describe);
    report("Tables and views are up to date (" + changes + " changed)");
    if (superset != null) {
      new Pages(home, Downloads.projectRoot(), this::report).bringInto(superset, trino.url());
    }
    new StackSettings(
            kafka.bootstrapServers(),
            catalog.uri(),
            trino.url(),
            superset == null ? "" : superset.url(),
            collector.url())
        .save(home.root());
  }

  private static final Duration FIRST_UPKEEP = Duration.ofMinutes(10);
  private static final Duration FIRST_CHECKS = Duration.ofMinutes(3);
  private static final Duration CHECKS = Duration.ofMinutes(3);
  private static final Duration ALERTS = Duration.ofMinutes(1);

  /** A few at a time, so that people who look at pages meanwhile get their turn. */
  private static final int CHECKED_CUTS = 2;

  private static final int WEIGHED_CUTS = 16;

  /** What is done beside the job from time to time. */
  private void startHousekeeping() {
    if (options.upkeepEvery.isPositive()) {
      Duration first =
          options.upkeepEvery.compareTo(FIRST_UPKEEP) < 0 ? options.upkeepEvery : FIRST_UPKEEP;
      housekeeping.every("Upkeep", first, options.upkeepEvery, this::upkeep);
    }
    housekeeping.every("Checks", FIRST_CHECKS, CHECKS, this::check);
    housekeeping.every("Weights", FIRST_CHECKS, CHECKS, this::weigh);
    housekeeping.every("Alerts", ALERTS, ALERTS, this::publishAlerts);
  }

  private String publishAlerts() {
    String url = trino.jdbcUrl(TrinoServer.ADMIN);
    return new AlertPublisher(
            kafka.bootstrapServers(),
            this::newestCut,
            (from, to) -> AlertChange.between(url, from, to))
        .publish();
  }

  private OptionalLong newestCut() {
    try (Lake lake = Lake.open(trino.url(), TrinoServer.ADMIN)) {
      return lake.newestCut().stream().mapToLong(Lake.Cut::cut).findFirst();
    }
  }

  /** The cuts that pages offer are checked once each, the newest first: a cut never changes. */
  private String check() {
    List<Check> checks = Reconcile.unchecked(trino.jdbcUrl(TrinoServer.ADMIN), CHECKED_CUTS);
    List<Check> off = checks.stream().filter(check -> !check.balanced()).toList();
    off.forEach(check -> LOG.error("Something is off: {}", check));
    return "%s checks of %s cuts, %s off"
        .formatted(
            checks.size(), checks.stream().mapToLong(Check::cut).distinct().count(), off.size());
  }

  /** When a business day was closed, channels may be worth something else. */
  private String weigh() {
    List<Weights.Run> runs = Weights.ofCloses(trino.jdbcUrl(TrinoServer.ADMIN), WEIGHED_CUTS);
    return "%s periods solved at %s cuts"
        .formatted(runs.stream().mapToInt(run -> run.solved().size()).sum(), runs.size());
  }

  private String upkeep() {
    List<Upkeep.Outcome> outcomes =
        Upkeep.run(
            trino.jdbcUrl(TrinoServer.ADMIN), Clock.systemUTC().instant(), false, line -> {});
    return "%s of %s tables compacted; files %s to %s, snapshots %s to %s"
        .formatted(
            outcomes.stream().filter(Upkeep.Outcome::optimized).count(),
            outcomes.size(),
            outcomes.stream().mapToLong(Upkeep.Outcome::files).sum(),
            outcomes.stream().mapToLong(Upkeep.Outcome::filesAfter).sum(),
            outcomes.stream().mapToLong(Upkeep.Outcome::snapshots).sum(),
            outcomes.stream().mapToLong(Upkeep.Outcome::snapshotsAfter).sum());
  }

  /** Returns when all are done; fails as soon as one of them does. */
  private static void awaitAll(CompletableFuture<?>... starts) {
    CompletableFuture<Void> all = CompletableFuture.allOf(starts);
    for (CompletableFuture<?> start : starts) {
      start.exceptionally(
          e -> {
            all.completeExceptionally(e);
            return null;
          });
    }
    all.join();
  }

  private void startStream() {
    kafka = EmbeddedKafka.start(home.kafka(), ports.kafka());
    kafka.createTopics(EventCatalog.load().topics(), options.partitions);
    kafka.createTopics(List.of(AlertPublisher.TOPIC), 1);
    report("Kafka is up at " + kafka.bootstrapServers());
    collector = startCollector();
    report("The collector is up at " + collector.url());
    StreamingJob job = jobs.startLeader(options.policy);
    report("The job runs, epoch " + job.epoch());
  }

  private Collector startCollector() {
    try {
      return Collector.start(
          ports.collector(),
          kafka.bootstrapServers(),
          Files.readString(home.collectorToken()).strip(),
          PhonePseudonym.fromKeyFile(home.phoneKey()),
          Clock.systemUTC());
    } catch (IOException e) {
      throw new UncheckedIOException("The collector cannot be started", e);
    }
  }

  private void startTrino(int port) {
    Path rules = accessRules();
    trino =
        TrinoServer.start(
            new TrinoServer.Settings(
                new Downloads(Downloads.projectRoot(), Downloads.cacheDirectory(), this::report)
                    .trino(),
                home.trino(),
                home.logs().resolve("trino.log"),
                port,
                catalog.uri(),
                rules,
                "2G"),
            this::report);
    report("Trino is up at " + trino.url());
  }

  private Path accessRules() {
    try {
      Files.createDirectories(home.trino());
      return Files.writeString(
          home.trino().resolve("access.json"), Access.load(Downloads.projectRoot()).rules());
    } catch (IOException e) {
      throw new UncheckedIOException("Trino's access rules cannot be written", e);
    }
  }

  private void startSuperset(String trinoUrl) {
    Path directory = Downloads.projectRoot().resolve("dashboards/superset");
    superset =
        SupersetServer.start(
            new SupersetServer.Settings(
                new Downloads(Downloads.projectRoot(), Downloads.cacheDirectory(), this::report)
                    .pythonEnvironment(directory.resolve("requirements.lock")),
                home.superset(),
                home.secrets(),
                directory.resolve("superset_config.py"),
                home.logs().resolve("superset.log"),
                ports.superset(),
                trinoUrl,
                Map.of()),
            this::report);
    report("Superset is up at " + superset.url());
  }

  private synchronized void report(String line) {
    LOG.info(line);
    try {
      Files.createDirectories(home.logs());
      Files.writeString(
          home.startReport(),
          line.replace("\n", LINE_BREAK) + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + home.startReport(), e);
    }
  }

  /** What died is started again, the job unless it refuses to go on. */
  private void watchUntilStopped() {
    try (ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor()) {
      // On a thread of its own: a job takes seconds to start.
      Future<?> unused = watch.scheduleWithFixedDelay(this::lookAfterJobs, 0, 2, TimeUnit.SECONDS);
      while (!stop.await(2, TimeUnit.SECONDS)) {
        if (!trino.isRunning()) {
          LOG.error("Trino ended; it is started again");
          startTrino(trino.port());
        }
        if (superset != null && !superset.isRunning()) {
          LOG.error("Superset ended; it is started again");
          startSuperset(trino.url());
        }
      }
      watch.shutdownNow();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookAfterJobs() {
    try {
      jobs.look();
    } catch (RuntimeException e) {
      LOG.error("The jobs could not be looked after; next time in some seconds", e);
    }
  }

  private Map<String, Object> stop(JsonNode request) {
    stop.countDown();
    return Map.of("stopping", true);
  }

  /** Starts a rebuild or a what-if beside the live job. */
  private Map<String, Object> startBeside(JsonNode request) {
    Mode mode = Mode.valueOf(request.path("mode").asText());
    String policy = request.path("policy").asText("");
    return jobs.startBeside(mode, policy.isEmpty() ? options.policy : Path.of(policy))
        .status(Clock.systemUTC().instant());
  }

  /** Starts the job that people read, after it was stopped or refused to go on. */
  private Map<String, Object> startLeader(JsonNode request) {
    String policy = request.path("policy").asText("");
    return jobs.startLeader(policy.isEmpty() ? options.policy : Path.of(policy))
        .status(Clock.systemUTC().instant());
  }

  private Map<String, Object> savepoint(JsonNode request, Function<StreamingJob, Path> taken) {
    String name = request.path("job").asText("");
    StreamingJob job = name.isEmpty() ? jobs.runningLeader() : jobs.running(name);
    return Map.of("savepoint", taken.apply(job).toString());
  }

  private StreamingJob startJob(Mode mode, Path policy) {
    return StreamingJob.start(kafka.bootstrapServers(), catalog.uri(), home, options, mode, policy);
  }

  private OptionalLong headEpoch() {
    try (RejectedRecords lake = RejectedRecords.in(catalog.uri())) {
      return lake.newestCut().stream().mapToLong(Cut::epoch).findFirst();
    }
  }

  private Map<String, Object> status() {
    Map<String, Object> status = new HashMap<>(jobs.status());
    status.put("kafka", kafka != null && kafka.isRunning());
    status.put("catalog", catalog != null);
    status.put("trino", trino != null && trino.isRunning());
    status.put("superset", superset != null && superset.isRunning());
    status.put("housekeeping", housekeeping.status());
    return status;
  }

  private void stopParts() {
    StackSettings.forget(home.root());
    List<AutoCloseable> parts = new ArrayList<>();
    parts.add(housekeeping);
    if (collector != null) {
      parts.add(collector);
    }
    parts.add(jobs::stopAll);
    parts.add(this::closeChildren);
    if (kafka != null) {
      parts.add(kafka);
    }
    if (catalog != null) {
      parts.add(catalog);
    }
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        // The others still have to stop.
        LOG.error("A part did not stop in order", e);
      }
    }
    home.pid().delete();
  }

  private synchronized void closeChildren() {
    if (superset != null && superset.isRunning()) {
      superset.close();
    }
    if (trino != null && trino.isRunning()) {
      trino.close();
    }
  }

  private static String message(Throwable e) {
    boolean wrapped = e instanceof CompletionException || e instanceof LinkageError;
    Throwable cause = wrapped && e.getCause() != null ? e.getCause() : e;
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
