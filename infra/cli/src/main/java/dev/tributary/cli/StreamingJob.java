package dev.tributary.cli;

import dev.tributary.jobs.JobLauncher;
import dev.tributary.jobs.JobSettings;
import dev.tributary.jobs.Mode;
import dev.tributary.jobs.RunningJob;
import java.nio.file.Path;
import java.time.Duration;
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
  private final RunningJob job;

  private StreamingJob(Mode mode, RunningJob job) {
    this.mode = mode;
    this.job = job;
  }

  static StreamingJob start(
      String bootstrapServers, String catalogUri, Home home, StackOptions options) {
    return start(bootstrapServers, catalogUri, home, options, Mode.LIVE, options.policy);
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
    return new StreamingJob(mode, JobLauncher.launch(settings));
  }

  boolean isRunning() {
    return job.isRunning();
  }

  /** What {@code status} shows. */
  Map<String, Object> status() {
    return Map.of(
        "mode",
        mode.name(),
        "epoch",
        job.epoch(),
        "id",
        job.jobId(),
        "running",
        job.isRunning(),
        "failure",
        job.failure().map(StreamingJob::rootMessage).orElse(""));
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
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
