package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Runs the command as its users do: in a process of its own, with a home of its own. */
final class Cli {

  private static final String NOTE_OF_THE_LAUNCHER = "NOTE: ";

  private final Path root;
  private final Path home;
  private final JarredClassPath jars;

  /**
   * The command of this checkout.
   *
   * @param home stands for {@code .tributary}
   * @param jars its class path
   */
  Cli(Path home, JarredClassPath jars) {
    this.root = root();
    this.home = home;
    this.jars = jars;
  }

  private static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!directory.resolve("tributary").toFile().isFile()) {
      directory = directory.getParent();
    }
    return directory;
  }

  /** A command that runs, and what it has said so far. */
  static final class Running {
    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final boolean shown;
    private final Thread reader;

    private Running(Process process, boolean shown) {
      this.process = process;
      this.shown = shown;
      reader = Thread.ofPlatform().daemon().start(this::read);
    }

    private void read() {
      try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
        out.lines()
            .forEach(
                line -> {
                  if (line.startsWith(NOTE_OF_THE_LAUNCHER)) {
                    return;
                  }
                  if (shown) {
                    System.out.println("  | " + line);
                  }
                  lines.add(line);
                });
      } catch (IOException | java.io.UncheckedIOException e) {
        lines.add("(its output ended: " + e + ")");
      }
    }

    /** Waits for a line, or for the command's end. */
    void awaitLine(Predicate<String> wanted) throws InterruptedException {
      while (process.isAlive() && lines.stream().noneMatch(wanted)) {
        Thread.sleep(20);
      }
    }

    Process process() {
      return process;
    }

    /** Its exit code, when all that it said has been read. */
    int exit() throws InterruptedException {
      int exit = process.waitFor();
      reader.join();
      return exit;
    }

    String said() {
      return String.join("\n", lines);
    }
  }

  Running start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--"))
        .forEach(command::add);
    command.add("-XX:+UseSerialGC");
    // Half of a short command is loading classes. The first that ends in order keeps them.
    command.add("-XX:+AutoCreateSharedArchive");
    command.add("-XX:SharedArchiveFile=" + jars.archive());
    // What cannot be kept is no word of the command's.
    command.add("-Xlog:disable");
    command.add("-Duser.timezone=UTC");
    command.add("-Dtributary.home=" + home);
    command.add("-Dtributary.root=" + root);
    command.add("-cp");
    command.add(jars.classPath());
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    boolean shown = !arguments[0].equals("query");
    if (shown) {
      System.out.println("$ tributary " + String.join(" ", arguments));
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // Of the stack too, which its command starts: no process here lives long enough for a second
    // compilation to pay.
    builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
    return new Running(builder.start(), shown);
  }

  /** Runs a command that has to succeed; what it said. */
  String run(String... arguments) throws Exception {
    Running running = start(arguments);
    assertThat(running.exit())
        .as("tributary %s: %s", String.join(" ", arguments), running.said())
        .isZero();
    return running.said();
  }

  /** Rows of a query, cells joined by commas, without the head. */
  List<String> query(String sql) throws Exception {
    List<String> lines = run("query", "--format=csv", sql).lines().toList();
    return lines.subList(1, lines.size());
  }

  /** Every process of this home's stack. */
  List<ProcessHandle> processes() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(home.toString()))
        .toList();
  }
}
