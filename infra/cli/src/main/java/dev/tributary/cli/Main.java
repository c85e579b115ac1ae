package dev.tributary.cli;

import dev.tributary.bench.BenchCommand;
import dev.tributary.dashboards.cli.DashboardsCommand;
import dev.tributary.ingestion.cli.GenerateCommand;
import dev.tributary.ingestion.cli.ImportCommand;
import dev.tributary.ingestion.cli.TemplatesCommand;
import dev.tributary.warehouse.cli.ApplyCommand;
import dev.tributary.warehouse.cli.ReconcileCommand;
import dev.tributary.warehouse.cli.TieOutCommand;
import dev.tributary.warehouse.cli.UpkeepCommand;
import dev.tributary.warehouse.cli.WeightsCommand;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code tributary}: all verbs. */
@Command(
    name = "tributary",
    description = "Events turned into numbers that can be trusted, explained and asked again.",
    mixinStandardHelpOptions = true,
    version = "Tributary 0.1.0",
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs (each with --help):%n",
    footer = {"", "First steps: ./tributary demo; then open the address it prints."})
public final class Main implements Runnable {

  /** The verbs; those of another module live in that module. */
  private static final List<Object> VERBS =
      List.of(
          new DemoCommand(),
          new UpCommand(),
          new DownCommand(),
          new StatusCommand(),
          new WaitCommand(),
          new QueryCommand(),
          new CutCommand(),
          new RejectedCommand(),
          new ReplayRejectedCommand(),
          new ImportCommand(),
          new TemplatesCommand(),
          new GenerateCommand(),
          new ReconcileCommand(),
          new TieOutCommand(),
          new WeightsCommand(),
          new ApplyCommand(),
          new UpkeepCommand(),
          new DashboardsCommand(),
          new JobCommand(),
          new RebuildCommand(),
          new WhatIfCommand(),
          new BackupCommand(),
          new RestoreCommand(),
          new SchemaCommand(),
          new BenchCommand());

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show where in the program an error came from.")
  private boolean verbose;

  /** Runs one verb; exits with 0 when it did its work, 1 when it could not, 2 for wrong usage. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    Main main = new Main();
    CommandLine commandLine = new CommandLine(main);
    VERBS.forEach(commandLine::addSubcommand);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setExecutionExceptionHandler(
        (e, failed, parsed) -> {
          PrintWriter err = failed.getErr();
          err.println(e.getMessage() == null ? e.toString() : e.getMessage());
          if (main.verbose) {
            e.printStackTrace(err);
          }
          err.flush();
          return CommandLine.ExitCode.SOFTWARE;
        });
    return commandLine;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Say what to do:");
  }
}
