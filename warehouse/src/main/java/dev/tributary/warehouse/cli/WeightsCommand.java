package dev.tributary.warehouse.cli;

import dev.tributary.warehouse.Weights;
import java.io.PrintWriter;
import java.time.YearMonth;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Solves the weights of the data-driven models of attribution. */
@Command(
    name = "weights",
    mixinStandardHelpOptions = true,
    description = {
      "Solves what each channel is worth in the data-driven models of attribution (Markov, Shapley)",
      "per company, goal and month, at the cuts that pages offer and that were not looked at yet.",
      "A period is solved when it is new or its paths changed; it then gets a version more, in",
      "ops.channel_weight. A page shows the last version from before its cut. The running stack does",
      "this by itself when a business day was closed."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the weights are up to date",
      "2:the command line is wrong, the cut cannot be solved, or Trino cannot be reached"
    })
public final class WeightsCommand implements Callable<Integer> {

  @Spec CommandSpec command;

  @Mixin TrinoOption trino;

  @Option(
      names = "--cut",
      paramLabel = "N",
      description =
          "The published cut with this number; not one that a later cut already solved stands on.")
  Long cut;

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    List<Weights.Run> runs;
    try {
      String url = trino.jdbcUrl();
      runs = cut == null ? Weights.ofOfferedCuts(url) : List.of(Weights.at(url, cut));
    } catch (IllegalArgumentException | IllegalStateException e) {
      command.commandLine().getErr().println(e.getMessage());
      return 2;
    }
    for (Weights.Run run : runs) {
      out.printf(
          "cut %s: %s of %s periods solved%n", run.cut(), run.solved().size(), run.periods());
      for (Weights.Solved solved : run.solved()) {
        out.printf(
            "  %s %s %s, version %s: %s channels, %s journeys converted, %s did not, Markov of order %s%n",
            solved.period().company(),
            solved.period().goal(),
            YearMonth.from(solved.period().month()),
            solved.version(),
            solved.channels(),
            solved.converted(),
            solved.lost(),
            solved.chainOrder());
      }
    }
    out.printf(
        "%s cuts, %s periods solved%n",
        runs.size(), runs.stream().mapToInt(run -> run.solved().size()).sum());
    out.flush();
    return 0;
  }
}
