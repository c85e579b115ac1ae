package dev.tributary.dashboards.cli;

import dev.tributary.dashboards.Assets;
import dev.tributary.dashboards.Validator;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks the assets; exits with 1 when something is wrong. */
@Command(
    name = "validate",
    description = "Check the pages' files without a running Superset.",
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
  @Mixin private RootOption options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Assets assets = Assets.load(options.root());
    List<String> problems = Validator.check(assets);
    problems.forEach(out::println);
    if (problems.isEmpty()) {
      out.printf(
          "%s pages, %s charts, %s datasets, %s texts: nothing to object.%n",
          assets.dashboards().size(),
          assets.charts().size(),
          assets.datasets().size(),
          assets.texts().size());
    }
    out.flush();
    return problems.isEmpty() ? 0 : 1;
  }
}
