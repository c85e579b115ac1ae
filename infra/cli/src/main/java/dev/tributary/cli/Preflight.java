package dev.tributary.cli;

import dev.tributary.embedded.Downloads;
import dev.tributary.embedded.Python;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a machine needs before the stack is started, and what to do about what it lacks. A port that
 * is taken is no hindrance: see {@link StackPorts}.
 */
final class Preflight {

  private static final long GIGA = 1_000_000_000L;
  private static final int JAVA = 25;
  private static final int HIGHEST_PORT = 65_535;

  private Preflight() {}

  /** Looks at this machine; an empty list means that the stack can be started. */
  static List<String> problems(Home home, StackOptions options) {
    boolean withSuperset = !options.withoutSuperset;
    List<String> problems = new ArrayList<>();
    problems.addAll(port(options.port));
    problems.addAll(java(Runtime.version().feature()));
    if (withSuperset && Python.find().isEmpty()) {
      problems.add(Python.HOW_TO_GET_ONE + " Or start without pages: ./tributary up --no-superset");
    }
    problems.addAll(memory(availableMemory(), withSuperset));
    Path cache = Downloads.cacheDirectory();
    boolean cached = Files.exists(cache.resolve("trino-" + Downloads.TRINO_VERSION));
    problems.addAll(disk(freeSpace(home.root()), 2 * GIGA, home.root(), "data"));
    problems.addAll(disk(freeSpace(cache), cached ? GIGA : 4 * GIGA, cache, "downloads"));
    return problems;
  }

  static List<String> port(int first) {
    int highest = HIGHEST_PORT - StackPorts.LAST;
    return first >= 1 && first <= highest
        ? List.of()
        : List.of(
            "--port "
                + first
                + " is none to start from: the parts use it and ports up to "
                + StackPorts.LAST
                + " above it. Name one from 1 to "
                + highest
                + ".");
  }

  static List<String> java(int feature) {
    return feature >= JAVA
        ? List.of()
        : List.of(
            "This is Java "
                + feature
                + "; a JDK "
                + JAVA
                + " or later is needed. Install one from https://adoptium.net and start"
                + " ./tributary again.");
  }

  static List<String> memory(long available, boolean withSuperset) {
    long needed = (withSuperset ? 4 : 3) * GIGA;
    return available >= needed
        ? List.of()
        : List.of(
            "Only "
                + tenths(available)
                + " GB of memory are available, "
                + tenths(needed)
                + " GB are needed. Close other programs"
                + (withSuperset ? ", or use ./tributary up --no-superset." : "."));
  }

  static List<String> disk(long free, long needed, Path where, String what) {
    return free >= needed
        ? List.of()
        : List.of(
            "Only "
                + tenths(free)
                + " GB are free at "
                + where
                + ", "
                + tenths(needed)
                + " GB are needed for "
                + what
                + ". Free some space.");
  }

  private static String tenths(long bytes) {
    return bytes / GIGA + "." + bytes % GIGA * 10 / GIGA;
  }

  /** Bytes a new process can get; very large where the system does not say. */
  private static long availableMemory() {
    Path linux = Path.of("/proc/meminfo");
    if (!Files.exists(linux)) {
      return Long.MAX_VALUE;
    }
    try {
      return Files.readAllLines(linux, StandardCharsets.US_ASCII).stream()
          .filter(line -> line.startsWith("MemAvailable:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst()
          .orElse(Long.MAX_VALUE);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + linux, e);
    }
  }

  private static long freeSpace(Path wanted) {
    Path existing = wanted.toAbsolutePath();
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      return Files.getFileStore(existing).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look at the disk of " + existing, e);
    }
  }
}
