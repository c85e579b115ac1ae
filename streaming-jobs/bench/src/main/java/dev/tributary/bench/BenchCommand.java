package dev.tributary.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench}: the job against its floor and against Flink SQL. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measure the job against the least any job must do, and against Flink SQL.",
    footer = {
      "",
      "Exit code 1 when outputs differ or the floor varies too much to compare anything.",
      "Needs about 2 GB of memory and as much disk for every million records."
    })
public final class BenchCommand implements Callable<Integer> {

  static final double FLOOR_TOLERANCE = 0.15;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "5000000",
      description = "Records, a fifth of them repetitions. Default: ${DEFAULT-VALUE}")
  private long events;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "Rounds after the one that warms up; 0 leaves them out. Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "An empty or new directory on disk, removed at the end.")
  private Path directory;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "2",
      description = "Default: ${DEFAULT-VALUE}")
  private int parallelism;

  @Option(
      names = "--cut-every",
      paramLabel = "DURATION",
      defaultValue = "PT10S",
      description = "Checkpoint interval in the rounds. Default: ${DEFAULT-VALUE}")
  private Duration cutEvery;

  @Option(
      names = "--state-backend",
      paramLabel = "heap|rocksdb",
      defaultValue = "rocksdb",
      description =
          "Where the job keeps its state, by default as up does; the floor and Flink SQL are on the"
              + " heap. Default: ${DEFAULT-VALUE}")
  private String stateBackend;

  @Option(
      names = "--subject-events",
      paramLabel = "N",
      description = "Events of one subject; 0 leaves this out. Default: a fifth of --events")
  private Long subjectEvents;

  @Option(
      names = "--touches",
      paramLabel = "N",
      description =
          "Touches of the phase that measures attribution by itself, with a conversion for every 33"
              + " and a tenth as many different paths; 0 leaves it out. Default: twice --events")
  private Long touches;

  @Option(
      names = "--live-seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "Length of the live phase; 0 leaves it out. Default: ${DEFAULT-VALUE}")
  private int liveSeconds;

  @Option(
      names = "--live-rate",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Records a second in the live phase. Default: ${DEFAULT-VALUE}")
  private int liveRate;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    BenchSettings settings;
    try {
      settings =
          new BenchSettings(
              events,
              rounds,
              1,
              seed,
              workingDirectory(),
              parallelism,
              cutEvery,
              stateBackend,
              subjectEvents == null ? events / 5 : subjectEvents,
              touches == null ? 2 * events : touches,
              liveSeconds,
              liveRate,
              FLOOR_TOLERANCE);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }

    Bench bench = new Bench(settings, spec.commandLine().getOut(), spec.commandLine().getErr());
    return exitCode(bench.run());
  }

  static int exitCode(boolean reported) {
    return reported ? 0 : 1;
  }

  /** Beside the stack's data rather than in a place for temporary files, which may be memory. */
  private Path workingDirectory() throws IOException {
    if (directory == null) {
      String home = System.getProperty("tributary.home");
      if (home == null) {
        return Files.createTempDirectory("tributary-bench");
      }
      return Files.createTempDirectory(Files.createDirectories(Path.of(home)), "bench-");
    }

    if (Files.exists(directory) && !isEmpty(directory)) {
      throw new IllegalArgumentException(
          directory + " is not empty, and would be removed: name a new directory");
    }
    return directory;
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (var files = Files.newDirectoryStream(directory)) {
      return !files.iterator().hasNext();
    }
  }
}
