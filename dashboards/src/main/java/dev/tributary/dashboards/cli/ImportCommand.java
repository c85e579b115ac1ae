package dev.tributary.dashboards.cli;

import dev.tributary.dashboards.Access;
import dev.tributary.dashboards.Bundle;
import dev.tributary.dashboards.Importer;
import dev.tributary.dashboards.SupersetClient;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Imports pages, roles and people. */
@Command(
    name = "import",
    description =
        "Bring Superset to the state of the files: pages in both languages, roles, people. Repeatable.",
    mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
  @Mixin private RootOption options;
  @Mixin private SupersetOptions superset;
  @Spec private CommandSpec spec;

  @Option(
      names = "--trino-url",
      paramLabel = "URL",
      description = "Address at which Superset reaches Trino (default: the local stack's).")
  private String trinoUrl;

  @Option(
      names = "--passwords",
      paramLabel = "DIR",
      description = "Folder for generated passwords (default: the local stack's secrets).")
  private Path passwords;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Bundle> bundles =
        options.bundles(
            trinoUrl == null ? options.stack("trino.url", "http://localhost:8080") : trinoUrl);
    try (SupersetClient client = superset.login(options)) {
      new Importer(
              client,
              line -> {
                out.println(line);
                out.flush();
              })
          .run(
              bundles,
              Access.load(options.root()),
              passwords == null ? SupersetOptions.passwords(options) : passwords);
    }
    return 0;
  }
}
