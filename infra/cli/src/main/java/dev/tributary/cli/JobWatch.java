package dev.tributary.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Tells, from what the stack says of its jobs, when waiting for a cut is in vain: the job failed or
 * refuses to go on, or it restarts again and again without getting further.
 */
final class JobWatch {

  /** Restarts without a step forward after which waiting ends. */
  static final int MAX_RESTARTS = 5;

  private final Path log;
  private final Consumer<String> progress;
  private long before = -1;
  private String told = "";

  /**
   * @param log where more is told
   * @param progress told of failures that may pass
   */
  JobWatch(Path log, Consumer<String> progress) {
    this.log = log;
    this.progress = progress;
  }

  /** More is published than was before: the restarts so far did no harm. */
  void gotFurther() {
    before = -1;
  }

  /**
   * @throws IllegalStateException when waiting is in vain; the message has the cause
   */
  void look(JsonNode status) {
    JsonNode leader = null;
    for (JsonNode job : status.path("jobs")) {
      if (job.path("leads").asBoolean()) {
        leader = job;
      }
    }
    if (leader == null) {
      throw new IllegalStateException("No job runs, so nothing more will be published. See " + log);
    }
    String cause = leader.path("failure").asText();
    String state = leader.path("state").asText();
    switch (state) {
      case "RUNNING", "RESTARTING" -> {}
      case "FAILED" -> cause = afterFailure(status, cause);
      case "REFUSED" ->
          throw new IllegalStateException(
              "The job refuses to go on, so nothing more will be published: "
                  + cause
                  + ". What to do: ./tributary status. Log: "
                  + log);
      default ->
          throw new IllegalStateException(
              "The job has ended, so nothing more will be published"
                  + (cause.isEmpty() ? "" : ": " + cause)
                  + ". Start it with: ./tributary job submit. Log: "
                  + log);
    }
    if (!cause.isEmpty() && !cause.equals(told)) {
      told = cause;
      progress.accept("The job failed and starts again: " + cause);
    }
    long restarts = status.path("restarts").asLong();
    long lastMinute = leader.path("failures_last_minute").asLong();
    if (before < 0) {
      before = restarts - Math.min(restarts, lastMinute);
    }
    if (restarts - before >= MAX_RESTARTS) {
      throw new IllegalStateException(
          "The job restarted "
              + (restarts - before)
              + " times without getting further, "
              + lastMinute
              + " times in the last minute: "
              + cause
              + ". See "
              + log);
    }
  }

  /** The stack submits it again; what hinders that is the cause by then. */
  private static String afterFailure(JsonNode status, String cause) {
    String hindrance = status.path("launch_failure").asText();
    return hindrance.isEmpty() ? cause : hindrance;
  }
}
