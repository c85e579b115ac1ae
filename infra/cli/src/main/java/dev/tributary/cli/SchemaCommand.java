package dev.tributary.cli;

import dev.tributary.embedded.Downloads;
import dev.tributary.schemas.EventCatalog;
import dev.tributary.schemas.SchemaRelease;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The schemas of events, for those who change them. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    description = "The schemas of events.",
    subcommands = SchemaCommand.Release.class)
final class SchemaCommand implements Runnable {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Say what to do with schemas:");
  }

  @Command(
      name = "release",
      mixinStandardHelpOptions = true,
      description = {
        "Releases what is new or changed in schemas/src/main/avro, as the next version.",
        "Refused, and nothing written, when a reader or writer of a released version could not live with it."
      })
  static final class Release implements Callable<Integer> {

    @Override
    public Integer call() throws IOException {
      return SchemaRelease.release(
              Downloads.projectRoot().resolve("schemas/src/main/resources/released"),
              EventCatalog.load(),
              System.out,
              System.err)
          ? CommandLine.ExitCode.OK
          : CommandLine.ExitCode.SOFTWARE;
    }
  }
}
