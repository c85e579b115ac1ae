package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobWatchTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> said = new ArrayList<>();
  private final JobWatch watch = new JobWatch(Path.of("logs", "stack.log"), said::add);

  @Test
  void aJobThatRunsIsWaitedFor() {
    assertThatCode(() -> watch.look(status("RUNNING", 0, 0, ""))).doesNotThrowAnyException();
    assertThat(said).isEmpty();
  }

  @Test
  void aRestartLoopEndsTheWaitingWithItsCause() {
    watch.look(status("RUNNING", 3, 1, "offset out of range"));
    watch.look(status("RESTARTING", 6, 4, "offset out of range"));
    assertThatThrownBy(() -> watch.look(status("RESTARTING", 7, 5, "offset out of range")))
        .hasMessageContainingAll(
            "restarted 5 times", "5 times in the last minute", "offset out of range", "stack.log");
    assertThat(said).containsExactly("The job failed and starts again: offset out of range");
  }

  @Test
  void restartsThatDidNotHinderAStepForwardAreForgotten() {
    watch.look(status("RUNNING", 4, 4, "a broker went"));
    watch.gotFurther();
    assertThatCode(() -> watch.look(status("RUNNING", 5, 1, "a broker went")))
        .doesNotThrowAnyException();
  }

  @Test
  void aRefusalEndsTheWaiting() {
    assertThatThrownBy(() -> watch.look(status("REFUSED", 0, 0, "another policy")))
        .hasMessageContainingAll("refuses", "another policy", "./tributary status");
  }

  @Test
  void aJobThatWasStoppedEndsTheWaiting() {
    assertThatThrownBy(() -> watch.look(status("ENDED", 0, 0, "")))
        .hasMessageContainingAll("has ended", "job submit");
    assertThatThrownBy(() -> watch.look(JSON.createObjectNode()))
        .hasMessageContaining("No job runs");
  }

  @Test
  void aJobThatCannotBeSubmittedAgainSaysWhatHindersIt() {
    ObjectNode status = status("FAILED", 1, 1, "disk full");
    status.put("launch_failure", "the catalog does not answer");
    watch.look(status);
    assertThat(said)
        .containsExactly("The job failed and starts again: the catalog does not answer");
  }

  @Test
  void statusTellsWhatToDoAboutARefusalAndHowOftenAJobRestarted() {
    JsonNode refused = status("REFUSED", 0, 0, "another policy");
    assertThat(StatusCommand.lines(refused.path("jobs").get(0), refused))
        .anySatisfy(line -> assertThat(line).contains("refused"))
        .anySatisfy(line -> assertThat(line).contains("2026-03-03T12:00:00Z another policy"))
        .anySatisfy(line -> assertThat(line).contains("./tributary rebuild"));
    JsonNode restarting = status("RESTARTING", 3, 1, "offset out of range");
    assertThat(StatusCommand.lines(restarting.path("jobs").get(0), restarting))
        .containsExactly(
            "Job        live, epoch 1, restarting, restarted 3 times",
            "           2026-03-03T12:00:00Z offset out of range");
  }

  private static ObjectNode status(String state, long restarts, long lastMinute, String failure) {
    ObjectNode status = JSON.createObjectNode();
    status.put("restarts", restarts).put("next_attempt", "").put("launch_failure", "");
    status
        .putArray("jobs")
        .addObject()
        .put("mode", "LIVE")
        .put("epoch", 1)
        .put("leads", true)
        .put("state", state)
        .put("failures_last_minute", lastMinute)
        .put("failure", failure)
        .put("failed_at", failure.isEmpty() ? "" : "2026-03-03T12:00:00Z");
    return status;
  }
}
