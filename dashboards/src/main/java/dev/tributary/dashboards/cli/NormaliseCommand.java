package dev.tributary.dashboards.cli;

import dev.tributary.dashboards.Assets;
import dev.tributary.dashboards.Normaliser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Rewrites the asset files in the normal form. */
@Command(
    name = "normalise",
    description = "Rewrite the pages' files in the form they are committed in.",
    mixinStandardHelpOptions = true)
final class NormaliseCommand implements Callable<Integer> {
  @Mixin private RootOption options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Normaliser normaliser = new Normaliser();
    int changed = 0;
    for (Path file : Assets.normalFiles(options.root())) {
      String before = Files.readString(file);
      String after = normaliser.normalise(before, file.toString());
      if (!before.equals(after)) {
        Files.writeString(file, after);
        changed++;
      }
    }
    spec.commandLine().getOut().println("rewrote " + changed + " files");
    spec.commandLine().getOut().flush();
    return 0;
  }
}
