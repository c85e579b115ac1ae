package dev.tributary.warehouse.cli;

import dev.tributary.warehouse.Upkeep;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compacts, expires and cleans the tables once, beside the running job. */
@Command(
    name = "upkeep",
    mixinStandardHelpOptions = true,
    description = {
      "Keeps the lake's tables small: compacts small files where it is due, expires old snapshots,",
      "deletes orphaned files. Safe beside the running job; run it every hour or so."
    })
public final class UpkeepCommand implements Callable<Integer> {

  @Spec CommandSpec command;

  @Mixin TrinoOption trino;

  @Option(names = "--now", description = "Compact also the tables whose compaction is not due yet.")
  boolean early;

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    try {
      Upkeep.run(trino.jdbcUrl(), Clock.systemUTC().instant(), early, out::println);
    } catch (IllegalStateException e) {
      command.commandLine().getErr().println(e.getMessage());
      return 2;
    }
    out.flush();
    return 0;
  }
}
