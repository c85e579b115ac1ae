package dev.tributary.jobs;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

/** A job on a cluster in this process. */
final class LocalJob implements RunningJob {

  private final long epoch;
  private final JobClient client;
  private final Path savepoints;
  private final CompletableFuture<?> end;

  LocalJob(long epoch, JobClient client, Path savepoints) {
    this.epoch = epoch;
    this.client = client;
    this.savepoints = savepoints;
    this.end = client.getJobExecutionResult();
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
      return;
    }

    try {
      client.cancel().join();
    } catch (CompletionException e) {
      if (client.getJobStatus().handle((status, failure) -> ended(status, failure)).join()) {
        return;
      }

      throw e;
    }
    end.exceptionally(failure -> null).join();
  }

  private static boolean ended(JobStatus status, Throwable failure) {
    return failure != null || status.isGloballyTerminalState();
  }
}
