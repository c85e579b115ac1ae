package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.jobs.JobHealth;
import dev.tributary.jobs.JobHealth.State;
import dev.tributary.jobs.Mode;
import dev.tributary.jobs.RunningJob;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JobKeeperTest {

  private static final Path POLICY = Path.of("policy.yaml");

  private final List<FakeJob> launched = new ArrayList<>();
  private final Hand clock = new Hand();
  private long head = 1;
  private String launchProblem = "";
  private final JobKeeper keeper = new JobKeeper(this::launch, () -> OptionalLong.of(head), clock);

  @Test
  void aJobThatFailedIsSubmittedAgainAtOnceAndThenWithGrowingPauses() {
    keeper.startLeader(POLICY);
    for (long pause : new long[] {0, 10, 30, 60, 60}) {
      int before = launched.size();
      launched.getLast().fails("disk full");
      keeper.look();
      if (pause > 0) {
        clock.goesOn(Duration.ofSeconds(pause - 1));
        keeper.look();
        assertThat(launched).as("before %s s", pause).hasSize(before);
        clock.goesOn(Duration.ofSeconds(1));
        keeper.look();
      }
      assertThat(launched).as("after %s s", pause).hasSize(before + 1);
      assertThat(launched.getLast().policy).isEqualTo(POLICY);
      assertThat(launched.getLast().mode).isEqualTo(Mode.LIVE);
      assertThat(launched.get(before - 1).closed).isTrue();
    }
    assertThat(keeper.status()).containsEntry("restarts", 5L);
  }

  @Test
  void aJobThatRanForLongIsSubmittedAgainAtOnce() {
    keeper.startLeader(null);
    launched.getLast().fails("first");
    keeper.look();
    clock.goesOn(Duration.ofMinutes(11));
    keeper.look();
    launched.getLast().fails("second");
    keeper.look();
    assertThat(launched).hasSize(3);
  }

  @Test
  void aJobThatRefusesStaysDownUntilAPersonStartsIt() {
    keeper.startLeader(null);
    launched.getLast().is(State.REFUSED, "another policy; bring it back or rebuild");
    keeper.look();
    clock.goesOn(Duration.ofHours(1));
    keeper.look();
    assertThat(launched).hasSize(1);
    assertThat(keeper.refusal()).contains("another policy; bring it back or rebuild");

    keeper.startLeader(POLICY);
    assertThat(keeper.refusal()).isEmpty();
    assertThat(launched).hasSize(2);
    assertThatThrownBy(() -> keeper.startLeader(POLICY)).hasMessageContaining("runs already");
  }

  @Test
  void aJobThatWasStoppedStaysDown() {
    keeper.startLeader(null);
    launched.getLast().is(State.ENDED, null);
    keeper.look();
    assertThat(launched).hasSize(1);
    assertThatThrownBy(keeper::runningLeader).hasMessageContaining("does not run");
  }

  @Test
  void aLaunchThatFailsIsTriedAgainAndSaysWhy() {
    keeper.startLeader(null);
    launched.getLast().fails("disk full");
    launchProblem = "the catalog does not answer";
    keeper.look();
    assertThat(keeper.status()).containsEntry("launch_failure", "the catalog does not answer");
    launchProblem = "";
    keeper.look();
    assertThat(launched).hasSize(1);
    clock.goesOn(Duration.ofSeconds(10));
    keeper.look();
    assertThat(launched).hasSize(2);
    assertThat(keeper.status()).containsEntry("launch_failure", "");
  }

  @Test
  void aRebuildThatTookOverLeadsAndTheOldJobIsGone() {
    keeper.startLeader(null);
    keeper.startBeside(Mode.REBUILD, POLICY);
    keeper.look();
    assertThat(jobs()).containsExactly("LIVE 1 leads", "REBUILD 2");

    head = 2;
    launched.getFirst().is(State.TAKEN_OVER, "epoch 2 has taken over");
    keeper.look();
    assertThat(jobs()).containsExactly("LIVE 2 leads");
    assertThat(launched.getFirst().closed).isTrue();

    launched.getLast().fails("disk full");
    keeper.look();
    assertThat(launched.getLast().policy).as("the rebuild's policy stays").isEqualTo(POLICY);
    assertThat(jobs()).containsExactly("LIVE 3 leads");
  }

  @Test
  void aWhatIfThatFailsIsLeftAloneUntilTheNextOneStarts() {
    keeper.startLeader(null);
    keeper.startBeside(Mode.WHAT_IF, POLICY);
    launched.getLast().fails("out of memory");
    keeper.look();
    assertThat(jobs()).containsExactly("LIVE 1 leads", "WHAT_IF 2");
    keeper.startBeside(Mode.WHAT_IF, POLICY);
    assertThat(jobs()).containsExactly("LIVE 1 leads", "WHAT_IF 3");
  }

  private List<String> jobs() {
    List<String> words = new ArrayList<>();
    for (Object each : (List<?>) keeper.status().get("jobs")) {
      java.util.Map<?, ?> job = (java.util.Map<?, ?>) each;
      words.add(
          job.get("mode")
              + " "
              + job.get("epoch")
              + (job.get("leads").equals(true) ? " leads" : ""));
    }
    return words;
  }

  private StreamingJob launch(Mode mode, Path policy) {
    if (!launchProblem.isEmpty()) {
      throw new IllegalStateException(launchProblem);
    }
    FakeJob job = new FakeJob(launched.size() + 1, mode, policy);
    launched.add(job);
    return new StreamingJob(mode, policy, job);
  }

  /** A clock that is moved by hand. */
  private static final class Hand extends Clock {
    private Instant now = Instant.parse("2026-03-03T12:00:00Z");

    void goesOn(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private final class FakeJob implements RunningJob {
    private final long epoch;
    private final Mode mode;
    private final Path policy;
    private JobHealth health = new JobHealth(State.RUNNING, 0, List.of());
    private boolean closed;

    FakeJob(long epoch, Mode mode, Path policy) {
      this.epoch = epoch;
      this.mode = mode;
      this.policy = policy;
    }

    void fails(String cause) {
      is(State.FAILED, cause);
    }

    void is(State state, String cause) {
      health =
          new JobHealth(
              state,
              0,
              cause == null ? List.of() : List.of(new JobHealth.Failure(clock.instant(), cause)));
    }

    @Override
    public long epoch() {
      return epoch;
    }

    @Override
    public String jobId() {
      return "job" + epoch;
    }

    @Override
    public URI rest() {
      return URI.create("http://127.0.0.1:1");
    }

    @Override
    public JobHealth health() {
      return health;
    }

    @Override
    public boolean isRunning() {
      return health.state() == State.RUNNING || health.state() == State.RESTARTING;
    }

    @Override
    public Optional<Throwable> failure() {
      return Optional.empty();
    }

    @Override
    public Path stopWithSavepoint() {
      throw new UnsupportedOperationException("not part of these stories");
    }

    @Override
    public Path savepoint() {
      throw new UnsupportedOperationException("not part of these stories");
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
