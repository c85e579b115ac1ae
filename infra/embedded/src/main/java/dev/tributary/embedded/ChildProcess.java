package dev.tributary.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A program that runs beside this JVM, writes to a log file and ends with this JVM. */
final class ChildProcess implements AutoCloseable {

  private static final long LARGE_LOG = 20_000_000;
  private static final int SHOWN_LINES = 25;

  /**
   * The one thread that starts programs. Linux ends a program that asked for it when the
   * <i>thread</i> that started it ends, so that thread has to live as long as the JVM.
   */
  private static final ExecutorService STARTER =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "starts-child-processes");
            thread.setDaemon(true);
            return thread;
          });

  private final String name;
  private final Process process;
  private final Path log;
  private final PidFile pidFile;

  private ChildProcess(String name, Process process, Path log, PidFile pidFile) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.pidFile = pidFile;
  }

  /**
   * Starts a program.
   *
   * @param name what messages call it
   * @param log gets everything it prints; an old large one is put aside as {@code .1}
   * @param pidFile is written; a process that an earlier, killed JVM left there is stopped first
   * @param marker a part of {@code command} that says it is ours
   */
  static ChildProcess start(
      String name,
      List<String> command,
      Map<String, String> environment,
      Path workDir,
      Path log,
      Path pidFile,
      String marker) {
    PidFile pid = new PidFile(pidFile);
    pid.stop(Duration.ofSeconds(10));
    List<String> whole = new ArrayList<>(diesWithParent());
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole).directory(workDir.toFile());
    // What the user's shell says about Python or Java is not meant for these.
    List.of("PYTHONPATH", "PYTHONHOME", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")
        .forEach(builder.environment()::remove);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      if (Files.exists(log) && Files.size(log) > LARGE_LOG) {
        Files.move(
            log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
      }
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      Process process = STARTER.submit(builder::start).get();
      pid.write(process.pid(), marker);
      return new ChildProcess(name, process, log, pid);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot write its log " + log, e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          name + " could not be started (" + command.getFirst() + "): " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while starting " + name, e);
    }
  }

  private static List<String> diesWithParent() {
    for (String dir : List.of("/usr/bin", "/bin")) {
      Path setpriv = Path.of(dir, "setpriv");
      if (Files.isExecutable(setpriv)) {
        return List.of(setpriv.toString(), "--pdeathsig", "KILL", "--");
      }
    }
    return List.of();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /**
   * Waits until {@code ready} says yes.
   *
   * @throws IllegalStateException with the end of the log when the program ends or is too slow
   */
  void await(Duration patience, Consumer<String> progress, Probe ready) {
    long started = System.nanoTime();
    long nextWord = 5;
    while (!ready.answers()) {
      long seconds = Duration.ofNanos(System.nanoTime() - started).toSeconds();
      if (!process.isAlive()) {
        throw new IllegalStateException(
            name + " ended with exit code " + process.exitValue() + " while starting." + logTail());
      }
      if (seconds >= patience.toSeconds()) {
        close();
        throw new IllegalStateException(
            name + " was not ready after " + seconds + " s." + logTail());
      }
      if (seconds >= nextWord) {
        progress.accept(name + " is starting (" + seconds + " s)");
        nextWord += 5;
      }
      pause(Duration.ofMillis(200));
    }
  }

  static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting", e);
    }
  }

  private String logTail() {
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      List<String> all = lines.toList();
      return " The end of "
          + log
          + ":\n  "
          + String.join("\n  ", all.subList(Math.max(0, all.size() - SHOWN_LINES), all.size()));
    } catch (IOException e) {
      return " Its log " + log + " cannot be read: " + e.getMessage();
    }
  }

  @Override
  public void close() {
    PidFile.stop(process.toHandle(), Duration.ofSeconds(20));
    pidFile.delete();
  }

  /** Asks once whether a program is ready. */
  interface Probe {
    boolean answers();
  }
}
