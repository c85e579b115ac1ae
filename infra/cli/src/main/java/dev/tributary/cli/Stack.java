package dev.tributary.cli;

import dev.tributary.embedded.Downloads;
import dev.tributary.embedded.PidFile;
import dev.tributary.embedded.StackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts and stops the stack's process. */
final class Stack {

  private static final Duration START = Duration.ofMinutes(20);
  private static final Duration STOP = Duration.ofMinutes(3);
  private static final long LARGE_LOG = 20_000_000;

  private final Home home;
  private final Progress progress;

  Stack(Home home, Progress progress) {
    this.home = home;
    this.progress = progress;
  }

  /**
   * Makes sure that the stack runs.
   *
   * @throws IllegalStateException when it cannot; the message says what to do
   */
  StackSettings up(StackOptions options) {
    if (home.stackRuns()) {
      progress.say("The stack is running already");
      return StackSettings.isSaved(home.root()) ? StackSettings.load(home.root()) : await();
    }
    List<String> problems = Preflight.problems(home, options);
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          "This machine is not ready:\n- " + String.join("\n- ", problems));
    }
    Downloads downloads =
        new Downloads(Downloads.projectRoot(), Downloads.cacheDirectory(), progress::say);
    downloads.trino();
    if (!options.withoutSuperset) {
      downloads.pythonEnvironment(
          Downloads.projectRoot().resolve("dashboards/superset/requirements.lock"));
    }
    clearAway();
    progress.say("Starting the stack in " + home.root());
    startProcess(options);
    return await();
  }

  /**
   * What a stack that was killed may have left: the kernel ends its children, but not everywhere.
   */
  private void clearAway() {
    StackSettings.forget(home.root());
    for (Path file :
        List.of(home.trino().resolve("trino.pid"), home.superset().resolve("superset.pid"))) {
      if (new PidFile(file).stop(Duration.ofSeconds(10))) {
        progress.say("Stopped a process that a killed stack had left (" + file + ")");
      }
    }
    home.pid().delete();
  }

  private void startProcess(StackOptions options) {
    List<String> command = new ArrayList<>();
    Path ownSession = Path.of("/usr/bin/setsid");
    if (Files.isExecutable(ownSession)) {
      // So that neither Ctrl-C nor a closed terminal reaches it.
      command.add(ownSession.toString());
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(home.marker());
    command.add("-Dtributary.home=" + home.root());
    command.add("-Dtributary.root=" + Downloads.projectRoot());
    command.add("-Dtributary.log=info");
    command.add("-Dtributary.log.others=warn");
    command.add("-Duser.timezone=UTC");
    command.add("-Xmx" + options.heap);
    command.add("-XX:+ExitOnOutOfMemoryError");
    // A client that stops in the middle of a batch does not keep others out of the collector.
    command.add("-Dsun.net.httpserver.maxReqTime=60");
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            argument ->
                argument.startsWith("--add-opens")
                    || argument.startsWith("--enable-native-access")
                    || argument.startsWith("--sun-misc"))
        .forEach(command::add);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(StackMain.class.getName());
    command.addAll(List.of(options.arguments()));
    try {
      Files.createDirectories(home.logs());
      Files.deleteIfExists(home.startReport());
      Path log = home.stackLog();
      if (Files.exists(log) && Files.size(log) > LARGE_LOG) {
        Files.move(log, log.resolveSibling("stack.log.1"), StandardCopyOption.REPLACE_EXISTING);
      }
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
      home.pid().write(process.pid(), home.marker());
    } catch (IOException e) {
      throw new UncheckedIOException("The stack's process could not be started", e);
    }
  }

  /** Shows the stack's own report until it is ready. */
  private StackSettings await() {
    int shown = 0;
    while (progress.seconds() < START.toSeconds()) {
      for (String line : reportFrom(shown)) {
        shown++;
        if (line.equals(StackMain.READY)) {
          return StackSettings.load(home.root());
        }
        if (line.startsWith(StackMain.FAILED)) {
          throw new IllegalStateException(
              "The stack did not start: "
                  + line.substring(StackMain.FAILED.length()).replace(StackMain.LINE_BREAK, "\n"));
        }
        progress.say(line);
      }
      if (!home.stackRuns() && reportFrom(shown).isEmpty()) {
        throw new IllegalStateException(
            "The stack's process ended while starting; look into " + home.stackLog());
      }
      pause();
    }
    throw new IllegalStateException(
        "The stack was not ready after "
            + START.toMinutes()
            + " minutes; look into "
            + home.logs()
            + ", then: ./tributary down");
  }

  private List<String> reportFrom(int line) {
    try {
      if (!Files.exists(home.startReport())) {
        return List.of();
      }
      List<String> lines = Files.readAllLines(home.startReport(), StandardCharsets.UTF_8);
      return lines.subList(Math.min(line, lines.size()), lines.size());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + home.startReport(), e);
    }
  }

  /**
   * Stops the stack; no process is left when this returns.
   *
   * @return whether it ran
   */
  boolean down() {
    Optional<ProcessHandle> stack = home.pid().running();
    if (stack.isPresent()) {
      progress.say("Stopping the stack");
      try {
        Control.ask(home, "/stop", Map.of());
      } catch (IllegalStateException e) {
        progress.say(e.getMessage());
        stack.get().destroy();
      }
      // Its file goes a moment before the process does, so the process is what is waited for.
      long until = System.nanoTime() + STOP.toNanos();
      while (stack.get().isAlive() && System.nanoTime() < until) {
        pause();
      }
      stack.get().destroyForcibly();
    }
    clearAway();
    return stack.isPresent();
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for the stack", e);
    }
  }
}
