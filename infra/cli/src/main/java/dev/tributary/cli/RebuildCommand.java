package dev.tributary.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "rebuild",
    mixinStandardHelpOptions = true,
    description = {
      "Computes every ledger anew from the raw tables, beside the live job.",
      "Goes live by itself when it has caught up; pages change in one step. Producers go on."
    })
final class RebuildCommand implements Runnable {

  @Option(names = "--policy", description = "Policy file. Default: that of the live job")
  private Path policy;

  @Override
  public void run() {
    start("REBUILD", policy);
  }

  static void start(String mode, Path policy) {
    JsonNode job =
        Control.ask(
            Home.standard(),
            "/jobs",
            policy == null
                ? Map.of("mode", mode)
                : Map.of("mode", mode, "policy", policy.toAbsolutePath().toString()));
    System.out.println(
        "Started as epoch "
            + job.path("epoch").asLong()
            + ". Follow it with: ./tributary status, ./tributary cut list");
  }
}
