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
 * its last run, and never two at once. A task that took long rests longer than its period: people
 * who look at pages meanwhile go first. One that fails is logged, and runs again at its next time.
 */
final class Housekeeping implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  /**
   * So many times as long as it ran a task rests at least: it has no more than a sixth of the time.
   */
  private static final int REST = 5;

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
   * @param period the least time between two runs
   * @param work returns what it did, in a line
   */
  synchronized Housekeeping every(
      String name, Duration first, Duration period, Callable<String> work) {
    Task task = new Task(name, work, clock.instant().plus(first));
    tasks.add(task);
    schedule(task, first, period);
    return this;
  }

  private void schedule(Task task, Duration in, Duration period) {
    Future<?> unused = // It runs until this is closed, and tells of itself.
        thread.schedule(
            () -> {
              Duration rest = task.run(period);
              if (!thread.isShutdown()) {
                schedule(task, rest, period);
              }
            },
            in.toMillis(),
            TimeUnit.MILLISECONDS);
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

    /** Runs once; how long it rests after that. */
    Duration run(Duration period) {
      Instant now = clock.instant();
      note(() -> running = true);
      String done = "";
      String failed = "";
      try {
        done = work.call();
        LOG.info("{}: {}", name, done);
      } catch (Exception | LinkageError | OutOfMemoryError e) {
        failed = e.getMessage() == null ? e.toString() : e.getMessage();
        LOG.error("{} failed", name, e);
      }
      String outcome = done;
      String error = failed;
      Duration ran = Duration.between(now, clock.instant());
      Duration longest = ran.multipliedBy(REST);
      Duration rest = longest.compareTo(period) > 0 ? longest : period;
      note(
          () -> {
            running = false;
            began = now;
            took = ran;
            did = outcome;
            failure = error;
            next = clock.instant().plus(rest);
          });
      return rest;
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
