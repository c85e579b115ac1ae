package dev.tributary.jobs;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the job reads, writes and keeps its state. None of this changes results; what does is the
 * {@link Policy}.
 *
 * @param stateDir holds checkpoints and savepoints of every epoch
 * @param stateBackend {@code heap} or {@code rocksdb}
 * @param policyFile the policy; null for the shipped one
 * @param restoreFrom a checkpoint or savepoint to start from; null for the newest that fits
 */
public record JobSettings(
    String bootstrapServers,
    String catalogUri,
    Path stateDir,
    Duration checkpointInterval,
    int parallelism,
    String stateBackend,
    Mode mode,
    Path policyFile,
    Path restoreFrom) {

  public JobSettings {
    JobDefinition.requireStateBackend(stateBackend);
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism %s is below 1".formatted(parallelism));
    }
  }

  /** A live job with the shipped policy and the usual settings. */
  public static JobSettings live(String bootstrapServers, String catalogUri, Path stateDir) {
    return new JobSettings(
        bootstrapServers,
        catalogUri,
        stateDir,
        Duration.ofSeconds(2),
        1,
        "heap",
        Mode.LIVE,
        null,
        null);
  }

  /** The same job with another parallelism. */
  public JobSettings withParallelism(int subtasks) {
    return new JobSettings(
        bootstrapServers,
        catalogUri,
        stateDir,
        checkpointInterval,
        subtasks,
        stateBackend,
        mode,
        policyFile,
        restoreFrom);
  }

  /** The same job with another checkpoint interval. */
  public JobSettings withCheckpointInterval(Duration interval) {
    return new JobSettings(
        bootstrapServers,
        catalogUri,
        stateDir,
        interval,
        parallelism,
        stateBackend,
        mode,
        policyFile,
        restoreFrom);
  }

  /** The same job on another state backend. */
  public JobSettings withStateBackend(String backend) {
    return new JobSettings(
        bootstrapServers,
        catalogUri,
        stateDir,
        checkpointInterval,
        parallelism,
        backend,
        mode,
        policyFile,
        restoreFrom);
  }

  /** The same job in another mode. */
  public JobSettings withMode(Mode other) {
    return new JobSettings(
        bootstrapServers,
        catalogUri,
        stateDir,
        checkpointInterval,
        parallelism,
        stateBackend,
        other,
        policyFile,
        restoreFrom);
  }

  /** The same job under another policy. */
  public JobSettings withPolicy(Path file) {
    return new JobSettings(
        bootstrapServers,
        catalogUri,
        stateDir,
        checkpointInterval,
        parallelism,
        stateBackend,
        mode,
        file,
        restoreFrom);
  }

  /** The same job, started from a checkpoint or savepoint. */
  public JobSettings restoringFrom(Path checkpoint) {
    return new JobSettings(
        bootstrapServers,
        catalogUri,
        stateDir,
        checkpointInterval,
        parallelism,
        stateBackend,
        mode,
        policyFile,
        checkpoint);
  }
}
