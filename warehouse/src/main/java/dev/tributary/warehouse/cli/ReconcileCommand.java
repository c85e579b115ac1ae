package dev.tributary.warehouse.cli;

import dev.tributary.warehouse.Check;
import dev.tributary.warehouse.Reconcile;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says whether published cuts add up; exits with 1 when one does not. */
@Command(
    name = "reconcile",
    mixinStandardHelpOptions = true,
    description = {
      "Checks that a published cut adds up: event accounting, double entry, and every ledger",
      "against SQL over raw at the same cut. Without an option: the newest live cut.",
      "What is found is kept in ops.reconciliation, where the trust page reads it."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every check balances",
      "1:at least one check is off",
      "2:the command line is wrong, there is no such cut, or Trino cannot be reached"
    })
public final class ReconcileCommand implements Callable<Integer> {

  @Spec CommandSpec command;

  @Mixin TrinoOption trino;

  @ArgGroup Which which = new Which();

  static final class Which {
    @Option(names = "--cut", paramLabel = "N", description = "The published cut with this number.")
    Long cut;

    @Option(names = "--all-cuts", description = "Every cut that was live when it was published.")
    boolean allCuts;

    @Option(
        names = "--unchecked",
        description = "The cuts that pages offer and that were never checked.")
    boolean unchecked;
  }

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    List<Check> checks;
    try {
      checks = checks(trino.jdbcUrl());
    } catch (IllegalArgumentException | IllegalStateException e) {
      command.commandLine().getErr().println(e.getMessage());
      return 2;
    }
    long cut = Long.MIN_VALUE;
    for (Check check : checks) {
      if (check.cut() != cut) {
        cut = check.cut();
        out.printf("cut %s%n", cut);
      }
      // Of many cuts only what is off is worth a line.
      if (!(which.allCuts || which.unchecked) || !check.balanced()) {
        out.printf(
            "  %-8s %-28s off by %s in %s of %s  %s%n",
            check.balanced() ? "balanced" : "OFF",
            check.id(),
            check.offBy().stripTrailingZeros().toPlainString(),
            check.offCount(),
            check.compared(),
            check.name());
      }
    }
    long off = checks.stream().filter(check -> !check.balanced()).count();
    long cuts = checks.stream().mapToLong(Check::cut).distinct().count();
    out.printf(
        "%s checks of %s cuts, %s%n",
        checks.size(), cuts, off == 0 ? "all balanced" : off + " off");
    out.flush();
    return off == 0 ? 0 : 1;
  }

  private List<Check> checks(String jdbcUrl) {
    if (which.allCuts) {
      return Reconcile.everyLiveCut(jdbcUrl);
    }
    if (which.unchecked) {
      return Reconcile.unchecked(jdbcUrl, Integer.MAX_VALUE);
    }
    return which.cut == null ? Reconcile.newest(jdbcUrl) : Reconcile.at(jdbcUrl, which.cut);
  }
}
