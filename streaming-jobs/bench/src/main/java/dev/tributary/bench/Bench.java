package dev.tributary.bench;

import dev.tributary.bench.Contender.Outcome;
import dev.tributary.bench.PromotionResults.Results;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All phases of the benchmark, in one process. */
final class Bench {

  private static final int IDLE_STRETCHES = 5;
  private static final Duration IDLE_STRETCH = Duration.ofSeconds(1);

  private final BenchSettings settings;
  private final PrintWriter progress;
  private final Report report;
  private final Path dir;

  /**
   * @param out takes the report
   * @param progress says how far it is
   */
  Bench(BenchSettings settings, PrintWriter out, PrintWriter progress) {
    this.settings = settings;
    this.progress = progress;
    this.report = new Report(settings, out);
    this.dir = settings.directory();
  }

  /**
   * Runs every phase.
   *
   * @return whether there is something to report: the outputs were the same and the floor held
   *     still
   * @throws IllegalStateException when the contenders did not compute the same
   */
  boolean run() throws Exception {
    Files.createDirectories(dir);
    try {
      report.settings();
      boolean steady = settings.rounds() == 0 || rounds();
      subjects();
      attribution();
      live();
      return steady;
    } finally {
      Lake.remove(dir);
    }
  }

  private boolean rounds() throws Exception {
    EventStream stream = new EventStream(settings.seed(), settings.events());
    try (Broker broker = Broker.start(dir.resolve("kafka"))) {
      produce(stream, broker);
      say("measuring the idle process");
      Meter meter = Meter.afterIdling(IDLE_STRETCHES, IDLE_STRETCH);
      report.stream(stream, meter);
      List<Contender> contenders =
          List.of(
              new FloorJob(settings.parallelism(), settings.checkpointInterval()),
              new OurJob(
                  settings.parallelism(), settings.checkpointInterval(), settings.stateBackend()),
              new SqlJob(settings.parallelism(), settings.checkpointInterval()));
      List<Map<String, Outcome>> measured = new ArrayList<>();
      for (int round = 1 - settings.warmUps(); round <= settings.rounds(); round++) {
        Map<String, Outcome> outcomes = round(round, stream, contenders, broker, meter);
        if (round > 0) {
          measured.add(outcomes);
        }
      }
      return report.rounds(measured);
    }
  }

  private void produce(EventStream stream, Broker broker) {
    long step = Math.max(1, stream.records() / 10);
    for (long place = 0; place < stream.records(); place++) {
      broker.send(stream.at(place));
      if ((place + 1) % step == 0) {
        say("produced %,d of %,d records", place + 1, stream.records());
      }
    }
    broker.flush();
  }

  private Map<String, Outcome> round(
      int round, EventStream stream, List<Contender> contenders, Broker broker, Meter meter)
      throws Exception {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    for (Contender contender : contenders) {
      String run = "round-%s-%s".formatted(round, contender.name());
      try (Lake lake = Lake.create(dir.resolve(run))) {
        Outcome outcome = contender.run(broker, lake, meter);
        outcomes.put(contender.name(), outcome);
        say(
            "%s %s: %,.0f records per CPU second, %.1f s",
            round > 0 ? "round " + round : "warm-up",
            contender.name(),
            outcome.cost().perCpuSecond(stream.records()),
            outcome.cost().wallSeconds());
      }
    }
    compare(stream, outcomes);
    return outcomes;
  }

  /** What did not compute the same is not compared by its speed. */
  private static void compare(EventStream stream, Map<String, Outcome> outcomes) {
    outcomes.forEach(
        (name, outcome) -> {
          if (outcome.rawRows() != 0 && outcome.rawRows() != stream.events()) {
            throw new IllegalStateException(
                "%s wrote %s raw rows of %s events: nothing is reported"
                    .formatted(name, outcome.rawRows(), stream.events()));
          }
        });
    List<Results> results =
        outcomes.values().stream().map(Outcome::results).flatMap(Optional::stream).toList();
    List<String> differences = results.getFirst().differencesFrom(results.getLast());
    if (results.size() != 2 || !differences.isEmpty() || results.getFirst().sums().isEmpty()) {
      throw new IllegalStateException(
          "the job and Flink SQL did not compute the same, so nothing is reported: " + differences);
    }
  }

  private void subjects() throws Exception {
    if (settings.subjectEvents() == 0) {
      return;
    }

    Meter meter = Meter.afterIdling(1, IDLE_STRETCH);
    say("one subject against many, %,d events each", settings.subjectEvents());
    SubjectPhase phase =
        new SubjectPhase(settings.subjectEvents(), settings.seed(), dir.resolve("subjects"), meter);
    if (settings.warmUps() > 0) {
      phase.warmUp();
    }
    report.subjects(phase.subjects(), phase.measure());
  }

  private void attribution() throws Exception {
    if (settings.touches() == 0) {
      return;
    }

    say("attribution by itself, %,d touches", settings.touches());
    Meter meter = Meter.afterIdling(1, IDLE_STRETCH);
    report.attribution(new AttributionPhase(settings, meter).measure());
  }

  private void live() throws Exception {
    if (settings.liveSeconds() == 0) {
      return;
    }

    say("live for %s s at %,d records a second", settings.liveSeconds(), settings.liveRate());
    report.live(LivePhase.measure(dir, settings));
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more library
  private void say(String format, Object... values) {
    progress.println(String.format(java.util.Locale.ROOT, format, values));
    progress.flush();
  }
}
