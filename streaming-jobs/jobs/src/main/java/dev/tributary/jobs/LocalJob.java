package dev.tributary.jobs;

import dev.tributary.runtime.lake.CutRefusedException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobCancellationException;

/** A job on a cluster in this process. */
final class LocalJob implements RunningJob {

  private final long epoch;
  private final JobClient client;
  private final URI rest;
  private final Path savepoints;
  private final CompletableFuture<?> end;
  private final CompletableFuture<Instant> endedAt;
  private final TreeSet<Instant> seen = new TreeSet<>();
  private FlinkCluster cluster;
  private JobHealth last = new JobHealth(JobHealth.State.RUNNING, 0, List.of());

  LocalJob(long epoch, JobClient client, URI rest, Path savepoints) {
    this.epoch = epoch;
    this.client = client;
    this.rest = rest;
    this.savepoints = savepoints;
    this.end = client.getJobExecutionResult();
    this.endedAt = end.handle((result, failure) -> Clock.systemUTC().instant());
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public String jobId() {
    return client.getJobID().toHexString();
  }

  @Override
  public URI rest() {
    return rest;
  }

  @Override
  public boolean isRunning() {
    return !end.isDone();
  }

  @Override
  public Optional<Throwable> failure() {
    if (!end.isCompletedExceptionally()) {
      return Optional.empty();
    }

    return Optional.of(end.exceptionNow());
  }

  @Override
  public synchronized JobHealth health() {
    if (end.isDone()) {
      letGoOfTheCluster();
      last = ended();
      return last;
    }

    try {
      if (cluster == null) {
        cluster = FlinkCluster.at(rest);
      }
      List<JobHealth.Failure> failures = cluster.failures(jobId());
      failures.forEach(failure -> seen.add(failure.at()));
      // The counter lags behind by seconds, and the list forgets: the higher one is right.
      long restarts = Math.max(seen.size(), cluster.restarts(jobId()));
      last = new JobHealth(state(client.getJobStatus().join()), restarts, failures);
    } catch (IllegalStateException | CompletionException e) {
      // The cluster is starting, stopping or too busy to answer: what was known last stands, unless
      // the job has ended meanwhile.
      last = end.isDone() ? ended() : last;
    }
    return last;
  }

  private static JobHealth.State state(JobStatus status) {
    return switch (status) {
      case FAILING, RESTARTING, FAILED -> JobHealth.State.RESTARTING;
      default -> JobHealth.State.RUNNING;
    };
  }

  private JobHealth ended() {
    if (!end.isCompletedExceptionally() || end.isCancelled()) {
      return new JobHealth(JobHealth.State.ENDED, last.restarts(), last.failures());
    }

    Throwable root = end.exceptionNow();
    for (Throwable each = root; each != null; each = each.getCause()) {
      if (each instanceof JobCancellationException) {
        return new JobHealth(JobHealth.State.ENDED, last.restarts(), last.failures());
      }
      if (each instanceof CutRefusedException refused) {
        return endedWith(state(refused.kind()), refused.getMessage());
      }
      root = each;
    }
    return endedWith(
        JobHealth.State.FAILED, root.getMessage() == null ? root.toString() : root.getMessage());
  }

  private static JobHealth.State state(CutRefusedException.Kind refusal) {
    return switch (refusal) {
      case NEEDS_DECISION -> JobHealth.State.REFUSED;
      case NEEDS_NEW_EPOCH -> JobHealth.State.FAILED;
      case TAKEN_OVER -> JobHealth.State.TAKEN_OVER;
    };
  }

  private JobHealth endedWith(JobHealth.State state, String message) {
    List<JobHealth.Failure> failures = new ArrayList<>();
    failures.add(new JobHealth.Failure(endedAt.join(), message));
    failures.addAll(
        last.failures().stream().filter(failure -> !failure.equals(failures.getFirst())).toList());
    return new JobHealth(state, last.restarts(), failures);
  }

  private void letGoOfTheCluster() {
    if (cluster != null) {
      cluster.close();
      cluster = null;
    }
  }

  @Override
  public Path stopWithSavepoint() {
    String path =
        client
            .stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
            .join();
    end.exceptionally(failure -> null).join();
    return Path.of(URI.create(path));
  }

  @Override
  public Path savepoint() {
    return Path.of(
        URI.create(
            client
                .triggerSavepoint(savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
                .join()));
  }

  @Override
  public void close() {
    if (end.isDone()) {
      release();
      return;
    }

    try {
      client.cancel().join();
    } catch (CompletionException e) {
      if (client.getJobStatus().handle((status, failure) -> ended(status, failure)).join()) {
        release();
        return;
      }

      throw e;
    }
    end.exceptionally(failure -> null).join();
    release();
  }

  private synchronized void release() {
    letGoOfTheCluster();
  }

  private static boolean ended(JobStatus status, Throwable failure) {
    return failure != null || status.isGloballyTerminalState();
  }
}
