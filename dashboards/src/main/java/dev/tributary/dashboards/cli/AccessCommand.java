package dev.tributary.dashboards.cli;

import dev.tributary.dashboards.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes Trino's access rules. */
@Command(
    name = "access",
    description =
        "Write Trino's file-based access control rules from dashboards/access/access.yaml.",
    mixinStandardHelpOptions = true)
final class AccessCommand implements Callable<Integer> {
  @Mixin private RootOption options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The rules file Trino reads (security.config-file).")
  private Path out;

  @Override
  public Integer call() throws IOException {
    Files.writeString(out, Access.load(options.root()).rules());
    spec.commandLine().getOut().println("wrote " + out);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
