package dev.tributary.jobs;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** A job that was submitted. Closing it cancels it; its newest checkpoint stays. */
public interface RunningJob extends AutoCloseable {

  /** Number of this submission; its cuts carry it. */
  long epoch();

  /** Flink's id of the job. */
  String jobId();

  /** Whether it is running or about to. */
  boolean isRunning();

  /** Where Flink tells about this job, {@code http://host:port}, until it ends. */
  URI rest();

  /**
   * How it is doing. Asks Flink, which takes some milliseconds; when Flink is too busy to answer,
   * what was known last.
   */
  JobHealth health();

  /** Why the job ended, when it failed. */
  Optional<Throwable> failure();

  /**
   * Ends the job with everything it has read in a savepoint.
   *
   * @return the savepoint
   */
  Path stopWithSavepoint();

  /** Takes a savepoint and goes on. */
  Path savepoint();

  @Override
  void close();
}
