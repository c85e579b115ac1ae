package dev.tributary.bench;

import dev.tributary.bench.Contender.Outcome;
import dev.tributary.bench.LivePhase.Latency;
import dev.tributary.bench.SubjectPhase.PerEvent;
import java.io.PrintWriter;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Says what was measured, also where it is less than was hoped for. */
final class Report {

  private static final double FLOOR_SHARE_WANTED = 1.0 / 3;
  private static final double TIMES_SQL_WANTED = 2;
  private static final double TIMES_MANY_WANTED = 2;

  private final BenchSettings settings;
  private final PrintWriter out;

  Report(BenchSettings settings, PrintWriter out) {
    this.settings = settings;
    this.out = out;
  }

  void settings() {
    line(
        "Java %s, %s processors, heap %,d MB, collector %s",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory() >> 20,
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .collect(Collectors.joining(" + ")));
    line(
        "seed %s, parallelism %s, the job's state on %s, a checkpoint every %s",
        settings.seed(),
        settings.parallelism(),
        settings.stateBackend(),
        settings.checkpointInterval());
  }

  void stream(EventStream stream, Meter meter) {
    line(
        "%,d records, %,d events, %.0f %% repetitions; the idle process uses %.3f processors",
        stream.records(),
        stream.events(),
        100.0 * (stream.records() - stream.events()) / stream.records(),
        meter.idle());
    line("Flink SQL beside its defaults: %s", SqlJob.CONFIGURATION);
  }

  /**
   * Says what the rounds came to; ratios only when the floor held still.
   *
   * @return whether it did
   */
  boolean rounds(List<Map<String, Outcome>> rounds) {
    line("");
    line(
        "Outputs were compared in every round: %s promotion addresses, the same in the job's ledger"
            + " and in Flink SQL; raw rows the same in the floor and the job.",
        rounds.getFirst().get("tributary").results().orElseThrow().sums().size());
    line("");
    line(
        "%-6s %-10s %12s %8s %8s %12s", "round", "", "records/CPU-s", "CPU s", "s", "bytes/record");
    for (int round = 0; round < rounds.size(); round++) {
      for (Map.Entry<String, Outcome> each : rounds.get(round).entrySet()) {
        Cost cost = each.getValue().cost();
        line(
            "%-6s %-10s %,12.0f %8.1f %8.1f %,12.0f",
            round + 1,
            each.getKey(),
            cost.perCpuSecond(settings.events()),
            cost.cpuSeconds(),
            cost.wallSeconds(),
            cost.bytesPer(settings.events()));
      }
    }
    line("");
    rounds.getFirst().keySet().forEach(name -> contender(name, rounds));
    Spread floor = speed("floor", rounds);
    Outcome last = rounds.getLast().get("tributary");
    line(
        "The job posts %.2f ledger rows and %.2f raw rows a record.",
        (double) last.ledgerRows() / settings.events(),
        (double) last.rawRows() / settings.events());
    line("");
    if (floor.relative() > settings.floorTolerance()) {
      line(
          "The floor varied by %.1f %%, more than %.0f %%: this machine was too busy to compare"
              + " anything, and no ratio is reported. Run it again when nothing else runs.",
          100 * floor.relative(), 100 * settings.floorTolerance());
      return false;
    }

    line("The floor varied by %.1f %%. Ratios, least – median – greatest:", 100 * floor.relative());
    ratio("the job to the floor", ratios("floor", rounds), FLOOR_SHARE_WANTED);
    ratio("the job to Flink SQL", ratios("flink-sql", rounds), TIMES_SQL_WANTED);
    return true;
  }

  private void contender(String name, List<Map<String, Outcome>> rounds) {
    List<Double> bytes = new ArrayList<>();
    rounds.forEach(round -> bytes.add(round.get(name).cost().bytesPer(settings.events())));
    line(
        "%-10s %s records per CPU second; %s bytes allocated a record",
        name, speed(name, rounds).words("%,.0f"), Spread.of(bytes).words("%,.0f"));
  }

  private Spread speed(String name, List<Map<String, Outcome>> rounds) {
    return Spread.of(
        rounds.stream()
            .map(round -> round.get(name).cost().perCpuSecond(settings.events()))
            .toList());
  }

  private static Spread ratios(String other, List<Map<String, Outcome>> rounds) {
    return Spread.of(
        rounds.stream()
            .map(
                round ->
                    (double) round.get(other).cost().cpuNanos()
                        / round.get("tributary").cost().cpuNanos())
            .toList());
  }

  private void ratio(String what, Spread measured, double wanted) {
    line(
        "  %s: %s; expected %.2f or more: %s",
        what,
        measured.words("%.2f"),
        wanted,
        measured.median() >= wanted ? "reached" : "not reached");
  }

  void subjects(int many, List<PerEvent> measured) {
    line("");
    line("%,d events of one subject against as many of %,d:", settings.subjectEvents(), many);
    for (PerEvent each : measured) {
      line(
          "  %s: %.2f µs and %.2f µs of processor time an event, %.2f times; expected %.0f or less:"
              + " %s",
          each.fold(),
          each.one(),
          each.many(),
          each.ratio(),
          TIMES_MANY_WANTED,
          each.many() <= 0
              ? "too few events to say"
              : each.ratio() <= TIMES_MANY_WANTED ? "reached" : "not reached");
    }
  }

  void attribution(AttributionPhase.Outcome outcome) {
    long events = outcome.touches() + outcome.conversions();
    line("");
    line(
        "Attribution: %,d touches and %,d conversions of %,d customers, all rule-based models:",
        outcome.touches(), outcome.conversions(), outcome.customers());
    line(
        "  %,.0f events per CPU second, %,.0f bytes allocated an event",
        outcome.folded().perCpuSecond(events), outcome.folded().bytesPer(events));
    line("  of %,d different paths over 20 channels:", outcome.paths());
    line("  Markov, order 1: %s", seconds(outcome.markov()));
    line("  Markov, order chosen (%s): %s", outcome.order(), seconds(outcome.bestOrder()));
    line("  Shapley: %s", seconds(outcome.shapley()));
  }

  private static String seconds(Cost cost) {
    return String.format(Locale.ROOT, "%.1f s, %.1f CPU s", cost.wallSeconds(), cost.cpuSeconds());
  }

  void live(Latency latency) {
    line("");
    line(
        "Live, %,d records a second for %s s, a cut every 2 s:",
        settings.liveRate(), settings.liveSeconds());
    line("  from produced to visible: %s", percentiles(latency.visible()));
    line(
        "  publishing a cut: %s over %s cuts",
        percentiles(latency.commits()), latency.commits().size());
  }

  private static String percentiles(Collection<Double> seconds) {
    return String.format(
        Locale.ROOT,
        "p50 %.3f s, p95 %.3f s",
        Spread.percentile(seconds, 0.5),
        Spread.percentile(seconds, 0.95));
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more library
  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
