package dev.tributary.cli;

import dev.tributary.jobs.JobHealth;
import dev.tributary.jobs.Mode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the stack's jobs: one that people read, the leader, and rebuilds and what-ifs beside it.
 *
 * <p>Flink itself restarts a job whose tasks fail. What ends nevertheless is submitted again here:
 * at once, then after 10, 30, 60 seconds and every minute. A job that refuses to go on stays down:
 * it would only refuse again, and a person has to decide. Once a rebuild has taken over, the job
 * whose place it took is ended and forgotten.
 */
final class JobKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(JobKeeper.class);

  private static final List<Duration> DELAYS =
      List.of(
          Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60));

  /** A job that ran so long is well again: its next failure is a first one. */
  private static final Duration WELL = Duration.ofMinutes(10);

  /** Submits a job. */
  interface Launcher {
    StreamingJob start(Mode mode, Path policy);
  }

  private final Launcher launcher;
  private final Supplier<OptionalLong> headEpoch;
  private final Clock clock;
  private final List<StreamingJob> jobs = new ArrayList<>();
  private boolean stopped;
  private int attempts;
  private long formerRestarts;
  private Instant leaderSince;
  private Instant nextAttempt;
  private String launchFailure = "";

  /**
   * @param headEpoch the epoch of the newest live cut
   */
  JobKeeper(Launcher launcher, Supplier<OptionalLong> headEpoch, Clock clock) {
    this.launcher = launcher;
    this.headEpoch = headEpoch;
    this.clock = clock;
  }

  /**
   * Starts the job that people read.
   *
   * @throws IllegalStateException when there is one that runs
   */
  synchronized StreamingJob startLeader(Path policy) {
    Optional<StreamingJob> present = leader();
    if (present.isPresent() && present.get().isRunning()) {
      throw new IllegalStateException(
          "The job runs already, epoch " + present.get().epoch() + "; see ./tributary job list");
    }
    StreamingJob started = launcher.start(Mode.LIVE, policy);
    present.ifPresent(this::forget);
    jobs.add(started);
    leaderSince = clock.instant();
    attempts = 0;
    nextAttempt = null;
    launchFailure = "";
    return started;
  }

  /** Starts a rebuild or a what-if beside the leader. */
  synchronized StreamingJob startBeside(Mode mode, Path policy) {
    if (mode == Mode.LIVE) {
      throw new IllegalArgumentException("The live job is started by ./tributary up");
    }
    Optional<StreamingJob> leader = leader();
    List.copyOf(jobs).stream()
        .filter(job -> !job.isRunning() && leader.filter(job::equals).isEmpty())
        .forEach(this::forget);
    StreamingJob job = launcher.start(mode, policy);
    jobs.add(job);
    return job;
  }

  /** Looks after the jobs once; called every few seconds. */
  synchronized void look() {
    if (stopped) {
      return;
    }
    forgetWhatWasReplaced();
    leader().ifPresent(this::lookAfter);
  }

  private void lookAfter(StreamingJob leader) {
    JobHealth health = leader.health();
    switch (health.state()) {
      case RUNNING -> {
        if (leaderSince.plus(WELL).isBefore(clock.instant())) {
          attempts = 0;
        }
      }
      case RESTARTING, ENDED, TAKEN_OVER, REFUSED -> {}
      case FAILED -> startAgain(leader, health);
    }
  }

  private void startAgain(StreamingJob failed, JobHealth health) {
    Instant now = clock.instant();
    if (nextAttempt == null) {
      nextAttempt = now.plus(delay());
      LOG.error(
          "The job of epoch {} failed: {}. It is submitted again at {}",
          failed.epoch(),
          message(health),
          nextAttempt);
    }
    if (now.isBefore(nextAttempt)) {
      return;
    }
    attempts++;
    try {
      StreamingJob started = launcher.start(Mode.LIVE, failed.policy());
      LOG.warn("The job was submitted again, as epoch {}", started.epoch());
      formerRestarts += health.restarts() + 1;
      forget(failed);
      jobs.add(started);
      leaderSince = now;
      nextAttempt = null;
      launchFailure = "";
    } catch (RuntimeException e) {
      // Whatever the cause, the next attempt may find it gone; status tells of it meanwhile.
      formerRestarts++;
      launchFailure = e.getMessage() == null ? e.toString() : e.getMessage();
      nextAttempt = clock.instant().plus(delay());
      LOG.error("The job could not be submitted again; next attempt at {}", nextAttempt, e);
    }
  }

  private Duration delay() {
    return DELAYS.get(Math.min(attempts, DELAYS.size() - 1));
  }

  private static String message(JobHealth health) {
    return health.lastFailure().map(JobHealth.Failure::message).orElse("no cause is known");
  }

  /** The job that people read; a rebuild from the moment it went live. */
  private Optional<StreamingJob> leader() {
    StreamingJob leader = null;
    for (StreamingJob job : jobs) {
      boolean reads = job.mode() == Mode.LIVE || job.wentLive();
      if (reads && (leader == null || job.epoch() > leader.epoch())) {
        leader = job;
      }
    }
    return Optional.ofNullable(leader);
  }

  private void forgetWhatWasReplaced() {
    if (jobs.stream().noneMatch(job -> job.mode() == Mode.REBUILD && !job.wentLive())) {
      return;
    }
    OptionalLong head = headEpoch.get();
    for (StreamingJob job : List.copyOf(jobs)) {
      if (job.mode() == Mode.REBUILD && head.isPresent() && job.epoch() == head.getAsLong()) {
        LOG.info("The rebuild of epoch {} has taken over", job.epoch());
        job.goLive();
        leaderSince = clock.instant();
        attempts = 0;
        nextAttempt = null;
        launchFailure = "";
        List.copyOf(jobs).stream()
            .filter(old -> old != job && (old.mode() == Mode.LIVE || old.wentLive()))
            .forEach(this::forget);
      }
    }
  }

  private void forget(StreamingJob job) {
    jobs.remove(job);
    try {
      job.close();
    } catch (RuntimeException e) {
      LOG.warn("The job of epoch {} did not end in order", job.epoch(), e);
    }
  }

  /** The leader, to be stopped or asked for a savepoint. */
  synchronized StreamingJob runningLeader() {
    return leader()
        .filter(StreamingJob::isRunning)
        .orElseThrow(
            () -> new IllegalStateException("The job does not run; see ./tributary status"));
  }

  /** A job that runs, by Flink's id or the beginning of it, or by its epoch. */
  synchronized StreamingJob running(String name) {
    return jobs.stream()
        .filter(StreamingJob::isRunning)
        .filter(job -> job.id().startsWith(name) || Long.toString(job.epoch()).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "No job '" + name + "' runs; see those that do with: ./tributary job list"));
  }

  /** What {@code status} shows of the jobs. */
  synchronized Map<String, Object> status() {
    Optional<StreamingJob> leader = leader();
    List<Map<String, Object>> shown = new ArrayList<>();
    for (StreamingJob job : jobs) {
      Map<String, Object> one = new HashMap<>(job.status(clock.instant()));
      one.put("leads", leader.filter(job::equals).isPresent());
      shown.add(one);
    }
    return Map.of(
        "jobs",
        shown,
        "restarts",
        formerRestarts + leader.map(job -> job.health().restarts()).orElse(0L),
        "next_attempt",
        nextAttempt == null ? "" : nextAttempt.toString(),
        "launch_failure",
        launchFailure);
  }

  /** Why the leader stays down; empty while it runs or will be submitted again. */
  synchronized Optional<String> refusal() {
    return leader()
        .map(StreamingJob::health)
        .filter(health -> health.state() == JobHealth.State.REFUSED)
        .map(JobKeeper::message);
  }

  /** Ends all jobs, each with a savepoint where that works. */
  void stopAll() {
    List<StreamingJob> all;
    synchronized (this) {
      stopped = true;
      all = List.copyOf(jobs);
    }
    for (StreamingJob job : all) {
      try {
        job.stopInOrder();
        job.close();
      } catch (RuntimeException e) {
        // The others still have to stop.
        LOG.error("The job of epoch {} did not stop in order", job.epoch(), e);
      }
    }
  }
}
