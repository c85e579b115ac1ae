package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HousekeepingTest {

  private static final Duration SOON = Duration.ofMillis(10);
  private static final Duration LATER = Duration.ofHours(1);

  private final Housekeeping housekeeping = new Housekeeping(Clock.systemUTC());

  @AfterEach
  void stop() {
    housekeeping.close();
  }

  @Test
  void aTaskRunsAgainAfterAFailureAndSaysWhatItDid() {
    AtomicInteger runs = new AtomicInteger();
    housekeeping.every(
        "audit",
        SOON,
        SOON,
        () -> {
          if (runs.incrementAndGet() == 1) {
            throw new IllegalStateException("Trino is away");
          }
          return "run " + runs.get();
        });
    Awaitility.await().until(() -> String.valueOf(task(0).get("did")).startsWith("run "));
    assertThat(task(0)).containsEntry("name", "audit").containsEntry("failure", "");
  }

  @Test
  void aFailureIsShown() {
    housekeeping.every(
        "audit",
        SOON,
        LATER,
        () -> {
          throw new IllegalStateException("Trino is away");
        });
    Awaitility.await().until(() -> task(0).get("failure").equals("Trino is away"));
    assertThat(task(0)).containsEntry("did", "").containsEntry("running", false);
  }

  @Test
  void neverTwoTasksAtOnce() {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger runs = new AtomicInteger();
    for (String name : new String[] {"one", "two", "three"}) {
      housekeeping.every(
          name,
          Duration.ZERO,
          Duration.ofMillis(1),
          () -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            Thread.onSpinWait();
            atOnce.decrementAndGet();
            return "run " + runs.incrementAndGet();
          });
    }
    Awaitility.await().until(() -> runs.get() > 30);
    assertThat(most).hasValue(1);
  }

  @Test
  void whatTookLongRestsFiveTimesAsLong() {
    SteppingClock clock = new SteppingClock();
    try (Housekeeping slow = new Housekeeping(clock)) {
      slow.every(
          "checks",
          Duration.ZERO,
          Duration.ofMinutes(3),
          () -> {
            clock.pass(Duration.ofMinutes(2));
            return "checked";
          });
      Awaitility.await().until(() -> slow.status().getFirst().get("did").equals("checked"));
      assertThat(slow.status().getFirst())
          .containsEntry("seconds", 120L)
          .containsEntry("next", clock.instant().plus(Duration.ofMinutes(10)).toString());
    }
  }

  private static final class SteppingClock extends Clock {
    private volatile Instant now = Instant.parse("2026-03-01T00:00:00Z");

    void pass(Duration time) {
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
      throw new UnsupportedOperationException("nothing asks for it");
    }
  }

  @Test
  void beforeItsFirstRunATaskSaysWhenItIs() {
    housekeeping.every("upkeep", LATER, LATER, () -> "nothing");
    assertThat(task(0)).containsEntry("began", "").containsEntry("did", "");
    assertThat((String) task(0).get("next")).isNotEmpty();
  }

  private Map<String, Object> task(int index) {
    return housekeeping.status().get(index);
  }
}
