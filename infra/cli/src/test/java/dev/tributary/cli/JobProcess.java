package dev.tributary.cli;

import dev.tributary.jobs.JobLauncher;
import dev.tributary.jobs.JobSettings;
import dev.tributary.jobs.Mode;
import dev.tributary.jobs.RunningJob;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The job alone in a process that tests may kill, freeze and thaw. A line {@code stop} ends it with
 * a savepoint.
 */
final class JobProcess implements AutoCloseable {

  /** Begins the line of its log that says where Flink answers about it. */
  static final String ADDRESS = "Flink answers at ";

  /** The exit code of a process that SIGKILL has ended. */
  static final int KILLED = 128 + 9;

  private final Process process;

  private JobProcess(Process process) {
    this.process = process;
  }

  static JobProcess start(
      JarredClassPath jars,
      String kafka,
      String catalog,
      Path state,
      Path log,
      int parallelism,
      String backend,
      Mode mode,
      Path policy,
      Path restoreFrom)
      throws IOException {
    // Two fifths of a start is loading classes. The first process that ends in order keeps them.
    return start(
        List.of(
            "-XX:+AutoCreateSharedArchive",
            "-XX:SharedArchiveFile=" + jars.archive(),
            "-cp",
            jars.classPath()),
        kafka,
        catalog,
        state,
        log,
        parallelism,
        backend,
        mode,
        policy,
        restoreFrom);
  }

  /** A what-if by other classes: those of a folder stand before the job's own. */
  static JobProcess whatIf(
      Path classes,
      JarredClassPath jars,
      String kafka,
      String catalog,
      Path state,
      Path log,
      Path policy)
      throws IOException {
    return start(
        List.of("-cp", classes + File.pathSeparator + jars.classPath()),
        kafka,
        catalog,
        state,
        log,
        1,
        "heap",
        Mode.WHAT_IF,
        policy,
        null);
  }

  private static JobProcess start(
      List<String> classes,
      String kafka,
      String catalog,
      Path state,
      Path log,
      int parallelism,
      String backend,
      Mode mode,
      Path policy,
      Path restoreFrom)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx600m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(classes);
    command.add("-Duser.timezone=UTC");
    command.add(JobProcess.class.getName());
    command.addAll(
        List.of(
            kafka,
            catalog,
            state.toString(),
            "" + parallelism,
            backend,
            mode.name(),
            policy.toString()));
    if (restoreFrom != null) {
      command.add(restoreFrom.toString());
    }
    return new JobProcess(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start());
  }

  /** Runs the job until it ends or is told to stop. */
  public static void main(String[] args) throws Exception {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          System.out.println("The job was not started: " + failure);
          Runtime.getRuntime().halt(1);
        });
    JobSettings settings =
        JobSettings.live(args[0], args[1], Path.of(args[2]))
            .withParallelism(Integer.parseInt(args[3]))
            .withStateBackend(args[4])
            .withMode(Mode.valueOf(args[5]))
            .withPolicy(Path.of(args[6]))
            .withCheckpointInterval(Duration.ofMillis(700))
            .restoringFrom(args.length > 7 ? Path.of(args[7]) : null);
    try (RunningJob job = JobLauncher.launch(settings);
        BufferedReader orders =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.println(ADDRESS + job.rest() + "/jobs/" + job.jobId());
      while (job.isRunning()) {
        if (orders.ready() && orders.readLine().equals("stop")) {
          job.stopWithSavepoint();
          System.exit(0);
        }
        Thread.sleep(100);
      }
      System.out.println("The job ended: " + job.health());
    }
    System.exit(1);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  /** SIGSTOP: it neither runs nor ends. */
  void freeze() throws Exception {
    signal("STOP");
  }

  /** SIGCONT. */
  void thaw() throws Exception {
    signal("CONT");
  }

  /** From now on every write to a file fails, as on a full disk, until {@link #findSpace}. */
  void runOutOfSpace() throws Exception {
    limitFiles("0:unlimited");
  }

  /** Ends {@link #runOutOfSpace}. */
  void findSpace() throws Exception {
    limitFiles("unlimited:unlimited");
  }

  private void limitFiles(String limits) throws Exception {
    run("prlimit", "--pid", "" + process.pid(), "--fsize=" + limits);
  }

  private void signal(String name) throws Exception {
    run("kill", "-" + name, "" + process.pid());
  }

  private static void run(String... command) throws Exception {
    int exit = new ProcessBuilder(command).start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException("%s answered %s".formatted(String.join(" ", command), exit));
    }
  }

  void stopWithSavepoint() throws Exception {
    process.getOutputStream().write("stop\n".getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    if (awaitEnd() != 0) {
      throw new IllegalStateException("The job did not stop with a savepoint; see its log");
    }
  }

  /** Its exit code. */
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(90, TimeUnit.SECONDS)) {
      throw new IllegalStateException("The job's process still runs after 90 s");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
