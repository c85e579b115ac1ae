package dev.tributary.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs named tasks beside the stack's parts, each on a period of its own, counted from the end of
 * its last run, and never two at once. A task that fails is logged, and runs again at its next
 * time.
 */
final class Housekeeping implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  private final Clock clock;
  private final List<Task> tasks = new ArrayList<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("housekeeping").daemon().factory());

  Housekeeping(Clock clock) {
    this.clock = clock;
  }

  /**
   * Adds a task.
   *
   * @param first how long from now its first run is
   * @param work returns what it did, in a line
   */
  synchronized Housekeeping every(
      String name, Duration first, Duration period, Callable<String> work) {
    Task task = new Task(name, work, clock.instant().plus(first));
    tasks.add(task);
    Future<?> unused = // It runs until this is closed, and tells of itself.
        thread.scheduleWithFixedDelay(
            () -> task.run(period), first.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  /** What {@code status} shows: one map per task. */
  synchronized List<Map<String, Object>> status() {
    return tasks.stream().map(Task::status).toList();
  }

  /** Stops; a task that runs is interrupted, and waited for a moment. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("A task did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Task {
    private final String name;
    private final Callable<String> work;
    private boolean running;
    private Instant next;
    private Instant began;
    private Duration took = Duration.ZERO;
    private String did = "";
    private String failure = "";

    Task(String name, Callable<String> work, Instant next) {
      this.name = name;
      this.work = work;
      this.next = next;
    }

    void run(Duration period) {
      Instant now = clock.instant();
      note(() -> running = true);
      String done = "";
      String failed = "";
      try {
        done = work.call();
        LOG.info("{}: {}", name, done);
      } catch (Exception | LinkageError e) {
        failed = e.getMessage() == null ? e.toString() : e.getMessage();
        LOG.error("{} failed", name, e);
      }
      String outcome = done;
      String error = failed;
      note(
          () -> {
            running = false;
            began = now;
            took = Duration.between(now, clock.instant());
            did = outcome;
            failure = error;
            next = clock.instant().plus(period);
          });
    }

    private synchronized void note(Runnable change) {
      change.run();
    }

    synchronized Map<String, Object> status() {
      return Map.of(
          "name",
          name,
          "running",
          running,
          "began",
          began == null ? "" : began.toString(),
          "seconds",
          took.toSeconds(),
          "did",
          did,
          "failure",
          failure,
          "next",
          next.toString());
    }
  }
}
