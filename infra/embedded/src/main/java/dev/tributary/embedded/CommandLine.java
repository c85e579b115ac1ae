package dev.tributary.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs a program to its end. */
final class CommandLine {

  private static final int SHOWN_LINES = 30;

  private CommandLine() {}

  /**
   * Runs {@code command}, hands each line it prints to {@code lines} and returns when it ended
   * well.
   *
   * @throws IllegalStateException with the last lines when its exit code is not zero
   */
  static void run(
      String what,
      List<String> command,
      Map<String, String> environment,
      Path workDir,
      Consumer<String> lines) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(workDir.toFile()).redirectErrorStream(true);
    List.of("PYTHONPATH", "PYTHONHOME").forEach(builder.environment()::remove);
    builder.environment().putAll(environment);
    Deque<String> last = new ArrayDeque<>();
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          last.addLast(line);
          if (last.size() > SHOWN_LINES) {
            last.removeFirst();
          }
          lines.accept(line);
        }
      }
      int exit = process.waitFor();
      if (exit != 0) {
        throw new IllegalStateException(
            what + " failed (exit code " + exit + "):\n  " + String.join("\n  ", last));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(what + ": " + command.getFirst() + " cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted: " + what, e);
    }
  }
}
