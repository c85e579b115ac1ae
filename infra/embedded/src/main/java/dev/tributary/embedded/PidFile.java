package dev.tributary.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A file that names a process of ours, so that a later start can find it, or clear it away.
 *
 * <p>Process ids are used again by the system. A process counts as ours only when its command line
 * carries the marker that we gave it at its start; nothing else is ever stopped.
 */
public final class PidFile {

  /**
   * A process shows no command line, or a part of it, for an instant while it becomes another
   * program. One that never has any is a zombie.
   */
  private static final Duration BECOMES_A_PROGRAM = Duration.ofSeconds(1);

  private static final String END = "\n";

  private final Path file;

  /** The pid file at {@code file}, which need not exist. */
  public PidFile(Path file) {
    this.file = file;
  }

  /**
   * Writes down a process.
   *
   * @param marker a text of its command line that no other program has, such as our home directory
   */
  public void write(long pid, String marker) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, pid + "\n" + marker + "\n", StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  /** The process, when it still runs and is still ours. */
  public Optional<ProcessHandle> running() {
    List<String> lines = lines();
    if (lines.size() < 2 || !lines.getFirst().matches("[0-9]{1,10}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.getFirst()))
        .filter(process -> carries(process, lines.get(1)));
  }

  /**
   * Stops the process if it still runs and is still ours, with everything it started, and deletes
   * the file.
   *
   * @param patience how long it may take to stop by itself before it is killed
   * @return whether there was one
   */
  public boolean stop(Duration patience) {
    Optional<ProcessHandle> process = running();
    process.ifPresent(running -> stop(running, patience));
    delete();
    return process.isPresent();
  }

  /** Forgets the process without stopping it. */
  public void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + file, e);
    }
  }

  static void stop(ProcessHandle process, Duration patience) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    if (!endsWithin(process, patience)) {
      process.destroyForcibly();
      endsWithin(process, Duration.ofSeconds(10));
    }
    for (ProcessHandle child : children) {
      child.destroyForcibly();
    }
  }

  private static boolean endsWithin(ProcessHandle process, Duration patience) {
    try {
      process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot wait for process " + process.pid(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private List<String> lines() {
    try {
      return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  private static boolean carries(ProcessHandle process, String marker) {
    long until = System.nanoTime() + BECOMES_A_PROGRAM.toNanos();
    while (process.isAlive()) {
      String line = commandLine(process);
      if (line.contains(marker)) {
        return true;
      }
      if (line.endsWith(END) || System.nanoTime() > until) {
        return false;
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return false;
  }

  /** The arguments with a blank between them, and {@link #END} where they are complete. */
  private static String commandLine(ProcessHandle process) {
    Path linux = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    try {
      if (Files.exists(linux)) {
        // Java's own answer is cut off after a page, which a long class path fills.
        String line = new String(Files.readAllBytes(linux), StandardCharsets.UTF_8);
        return line.replace('\0', ' ') + (line.endsWith("\0") ? END : "");
      }
    } catch (IOException e) {
      return "";
    }
    return process.info().commandLine().orElse("") + END;
  }
}
