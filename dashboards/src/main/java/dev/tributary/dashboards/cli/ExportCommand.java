package dev.tributary.dashboards.cli;

import dev.tributary.dashboards.Exporter;
import dev.tributary.dashboards.SupersetClient;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Exports what Superset holds. */
@Command(
    name = "export",
    description =
        "Write what Superset holds in the normal form, to compare with `dashboards render`. The files stay the source.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @Mixin private RootOption options;
  @Mixin private SupersetOptions superset;
  @Spec private CommandSpec spec;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write to.")
  private Path out;

  @Override
  public Integer call() {
    try (SupersetClient client = superset.login(options)) {
      int files = Exporter.write(client.bytes("/api/v1/assets/export/"), out);
      spec.commandLine().getOut().println("wrote " + files + " files to " + out);
      spec.commandLine().getOut().flush();
    }
    return 0;
  }
}
