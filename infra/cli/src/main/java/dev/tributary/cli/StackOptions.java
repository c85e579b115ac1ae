package dev.tributary.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How the stack is started; the same options for {@code up} and for the stack's own process. */
final class StackOptions {

  @Option(
      names = "--port",
      defaultValue = "28080",
      description =
          "First of the ports to use: Trino, then catalog, Kafka and collector, and eight higher Superset. A"
              + " taken one is replaced by a free one. Default: ${DEFAULT-VALUE}")
  int port;

  @Option(
      names = "--parallelism",
      defaultValue = "1",
      description = "Subtasks of the job. Default: ${DEFAULT-VALUE}")
  int parallelism;

  @Option(
      names = "--partitions",
      defaultValue = "4",
      description = "Partitions of topics that do not exist yet. Default: ${DEFAULT-VALUE}")
  int partitions;

  @Option(
      names = "--state-backend",
      defaultValue = "rocksdb",
      description =
          "rocksdb writes what changed at each cut; heap is quicker per event and writes everything."
              + " Default: ${DEFAULT-VALUE}")
  String stateBackend;

  @Option(
      names = "--cut-every",
      defaultValue = "PT2S",
      description = "Time between checkpoints, hence cuts. Default: ${DEFAULT-VALUE}")
  Duration cutEvery;

  @Option(
      names = "--upkeep-every",
      defaultValue = "PT1H",
      description =
          "Time between two runs of upkeep (small files, old snapshots); the first is after ten"
              + " minutes. PT0S for never. Default: ${DEFAULT-VALUE}")
  Duration upkeepEvery;

  @Option(
      names = "--policy",
      description = "Policy file of the job. Default: the one that comes with the project")
  Path policy;

  @Option(names = "--no-superset", description = "Start without Superset; it needs no Python then.")
  boolean withoutSuperset;

  @Option(
      names = "--heap",
      defaultValue = "2g",
      description = "Heap of the stack's JVM. Default: ${DEFAULT-VALUE}")
  String heap;

  String[] arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add("--port=" + port);
    arguments.add("--parallelism=" + parallelism);
    arguments.add("--partitions=" + partitions);
    arguments.add("--state-backend=" + stateBackend);
    arguments.add("--cut-every=" + cutEvery);
    arguments.add("--upkeep-every=" + upkeepEvery);
    arguments.add("--heap=" + heap);
    if (policy != null) {
      arguments.add("--policy=" + policy.toAbsolutePath());
    }
    if (withoutSuperset) {
      arguments.add("--no-superset");
    }
    return arguments.toArray(String[]::new);
  }
}
