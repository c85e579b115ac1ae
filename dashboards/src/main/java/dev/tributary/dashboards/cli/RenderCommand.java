package dev.tributary.dashboards.cli;

import dev.tributary.dashboards.Bundle;
import dev.tributary.dashboards.Exporter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes what an import would bring. */
@Command(
    name = "render",
    description = "Write what an import would bring, without a running Superset.",
    mixinStandardHelpOptions = true)
final class RenderCommand implements Callable<Integer> {
  @Mixin private RootOption options;
  @Spec private CommandSpec spec;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write to.")
  private Path out;

  @Override
  public Integer call() {
    int files = 0;
    for (Bundle bundle : options.bundles(options.stack("trino.url", "http://localhost:8080"))) {
      files += Exporter.write(bundle.files(), out);
    }
    spec.commandLine().getOut().println("wrote " + files + " files to " + out);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
