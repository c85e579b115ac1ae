package dev.tributary.warehouse.cli;

import dev.tributary.warehouse.Warehouse;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Makes the lake look like the folders. */
@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    description = "Creates missing tables and columns and replaces changed views.")
public final class ApplyCommand implements Callable<Integer> {

  @Spec CommandSpec command;

  @Mixin TrinoOption trino;

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    try {
      int changes = Warehouse.apply(trino.jdbcUrl());
      out.printf(
          "%s%n",
          changes == 0 ? "Nothing to do: the lake is as the folders say." : changes + " changes");
    } catch (IllegalStateException e) {
      command.commandLine().getErr().println(e.getMessage());
      return 2;
    }
    out.flush();
    return 0;
  }
}
