package dev.tributary.cli;

import dev.tributary.jobs.JobHealth;
import dev.tributary.jobs.JobLauncher;
import dev.tributary.jobs.JobSettings;
import dev.tributary.jobs.Mode;
import dev.tributary.jobs.RunningJob;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The job inside the stack's JVM: the one place that knows how it is launched. */
final class StreamingJob implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamingJob.class);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Mode mode;
  private final Path policy;
  private final RunningJob job;
  private volatile boolean wentLive;

  /**
   * @param policy the policy file; null for the shipped one
   */
  StreamingJob(Mode mode, Path policy, RunningJob job) {
    this.mode = mode;
    this.policy = policy;
    this.job = job;
  }

  static StreamingJob start(
      String bootstrapServers,
      String catalogUri,
      Home home,
      StackOptions options,
      Mode mode,
      Path policy) {
    JobSettings settings =
        JobSettings.live(bootstrapServers, catalogUri, home.state())
            .withCheckpointInterval(options.cutEvery)
            .withParallelism(options.parallelism)
            .withStateBackend(options.stateBackend)
            .withMode(mode)
            .withPolicy(policy);
    return new StreamingJob(mode, policy, JobLauncher.launch(settings));
  }

  Mode mode() {
    return mode;
  }

  /** The policy file it was started with; null for the shipped one. */
  Path policy() {
    return policy;
  }

  long epoch() {
    return job.epoch();
  }

  /** Flink's id. */
  String id() {
    return job.jobId();
  }

  boolean isRunning() {
    return job.isRunning();
  }

  JobHealth health() {
    return job.health();
  }

  /** Whether it began as a rebuild and is what people read by now. */
  boolean wentLive() {
    return wentLive;
  }

  void goLive() {
    wentLive = true;
  }

  /** What {@code status} shows. */
  Map<String, Object> status(Instant now) {
    JobHealth health = job.health();
    return Map.ofEntries(
        Map.entry("mode", wentLive ? Mode.LIVE.name() : mode.name()),
        Map.entry("epoch", job.epoch()),
        Map.entry("id", job.jobId()),
        Map.entry("flink", job.rest().toString()),
        Map.entry("running", job.isRunning()),
        Map.entry("state", health.state().name()),
        Map.entry("restarts", health.restarts()),
        Map.entry("failures_last_minute", health.failuresWithin(Duration.ofMinutes(1), now)),
        Map.entry("failure", health.lastFailure().map(JobHealth.Failure::message).orElse("")),
        Map.entry(
            "failed_at", health.lastFailure().map(failure -> failure.at().toString()).orElse("")));
  }

  /** Takes a savepoint; the job goes on. */
  Path savepoint() {
    return job.savepoint();
  }

  /** Ends the job with a savepoint. */
  Path stopWithSavepoint() {
    return job.stopWithSavepoint();
  }

  /** Ends the job with a savepoint; when that does not work, its newest checkpoint has to do. */
  void stopInOrder() {
    if (!job.isRunning()) {
      return;
    }
    try {
      CompletableFuture.runAsync(job::stopWithSavepoint)
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("No savepoint at the end; the next start goes on from the newest checkpoint", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    job.close();
  }
}
