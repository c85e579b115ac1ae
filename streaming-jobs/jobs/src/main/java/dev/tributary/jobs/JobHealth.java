package dev.tributary.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a job is doing.
 *
 * @param restarts how often Flink restarted it inside this submission
 * @param failures what made it restart or end, newest first; Flink remembers the last 64
 */
public record JobHealth(State state, long restarts, List<Failure> failures) {

  /** Keeps a copy of the failures. */
  public JobHealth {
    failures = List.copyOf(failures);
  }

  /** Where a job stands. */
  public enum State {
    /** It runs, or is about to. */
    RUNNING,
    /** It failed and waits for its next attempt. */
    RESTARTING,
    /** It was stopped. */
    ENDED,
    /** It failed for good; submitted again it goes on from its newest checkpoint. */
    FAILED,
    /** It must not go on until a person has decided something; the failure says what. */
    REFUSED,
    /** Another epoch has taken its place, as a rebuild does. */
    TAKEN_OVER
  }

  /** Why it failed, and when. */
  public record Failure(Instant at, String message) {}

  /** The newest failure; empty when there was none. */
  public Optional<Failure> lastFailure() {
    return failures.stream().findFirst();
  }

  /** Failures not longer ago than {@code span}. */
  public long failuresWithin(Duration span, Instant now) {
    return failures.stream().filter(failure -> failure.at().isAfter(now.minus(span))).count();
  }
}
