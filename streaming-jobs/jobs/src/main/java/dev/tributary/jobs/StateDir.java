package dev.tributary.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where checkpoints and savepoints of every epoch lie: {@code epoch-N/mode}, {@code
 * epoch-N/checkpoints/<job>/chk-M}, {@code epoch-N/savepoints/…}.
 */
final class StateDir {

  private static final Pattern EPOCH = Pattern.compile("epoch-(\\d+)");
  private static final String METADATA = "_metadata";
  private static final String MODE = "mode";

  private final Path root;

  StateDir(Path root) {
    this.root = root;
  }

  /** The first epoch that no submission has used. */
  long nextEpoch() {
    return epochs().stream().mapToLong(StateDir::number).max().orElse(0) + 1;
  }

  /** Notes that a submission begins. */
  void begin(long epoch, Mode mode) {
    try {
      Files.createDirectories(checkpoints(epoch));
      Files.createDirectories(savepoints(epoch));
      Files.writeString(epochDir(epoch).resolve(MODE), mode.name());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + epochDir(epoch), e);
    }
  }

  Path checkpoints(long epoch) {
    return epochDir(epoch).resolve("checkpoints");
  }

  Path savepoints(long epoch) {
    return epochDir(epoch).resolve("savepoints");
  }

  /**
   * The newest complete checkpoint or savepoint of a chain that people read.
   *
   * @param wentLive whether an epoch that began as a rebuild has taken over
   */
  Optional<Path> newest(LongPredicate wentLive) {
    for (Path epoch : epochs()) {
      if (isLive(epoch, wentLive)) {
        Optional<Path> found = newestIn(epoch);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** Whether a checkpoint or savepoint is that of a job that began as a rebuild. */
  static boolean isOfRebuild(Path state) {
    for (Path each = state; each != null; each = each.getParent()) {
      if (Files.exists(each.resolve(MODE))) {
        return mode(each) == Mode.REBUILD;
      }
    }
    return false;
  }

  private static boolean isLive(Path epoch, LongPredicate wentLive) {
    return switch (mode(epoch)) {
      case LIVE -> true;
      case REBUILD -> wentLive.test(number(epoch));
      case WHAT_IF -> false;
    };
  }

  private static Mode mode(Path epoch) {
    try {
      return Mode.valueOf(Files.readString(epoch.resolve(MODE)).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(
          epoch + " does not say its mode: restore the state directory from a backup", e);
    }
  }

  private static Optional<Path> newestIn(Path epoch) {
    try (Stream<Path> files = Files.walk(epoch, 4)) {
      return files
          .filter(file -> file.getFileName().toString().equals(METADATA))
          .max(Comparator.comparing(StateDir::writtenAt))
          .map(Path::getParent);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + epoch, e);
    }
  }

  private static java.nio.file.attribute.FileTime writtenAt(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Newest first. */
  private List<Path> epochs() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }

    try (Stream<Path> children = Files.list(root)) {
      return children
          .filter(child -> EPOCH.matcher(child.getFileName().toString()).matches())
          .sorted(Comparator.comparingLong(StateDir::number).reversed())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + root, e);
    }
  }

  private static long number(Path epoch) {
    return Long.parseLong(epoch.getFileName().toString().substring("epoch-".length()));
  }

  private Path epochDir(long epoch) {
    return root.resolve("epoch-" + epoch);
  }

  /** Removes the state of epochs before the one that a restored job no longer needs. */
  void removeBefore(long epoch) {
    for (Path each : epochs()) {
      if (number(each) < epoch && mode(each) != Mode.WHAT_IF) {
        remove(each.resolve("checkpoints"));
      }
    }
  }

  private static void remove(Path dir) {
    if (!Files.exists(dir)) {
      return;
    }

    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + dir, e);
    }
  }
}
