package dev.tributary.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.tributary.embedded.Downloads;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Catalog, tables, checkpoints, Kafka's log, secrets and pages' users as one set: each refers to
 * the others, so that none of them is worth anything from another moment. The stack must be down.
 */
final class Backup {

  private static final String MANIFEST = "manifest.json";
  private static final String DATA = "data";
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Home home;
  private final Consumer<String> progress;

  Backup(Home home, Consumer<String> progress) {
    this.home = home;
    this.progress = progress;
  }

  /**
   * What a backup holds.
   *
   * @param home where the stack lived: tables and checkpoints name their files by full path
   * @param files SHA-256 by path below {@code data/}
   */
  record Manifest(int format, String home, String madeAt, Map<String, String> files) {
    Manifest {
      files = new TreeMap<>(files);
    }
  }

  /**
   * Copies the stack's data into {@code directory}, which must be empty or not exist.
   *
   * @return the number of files
   */
  int save(Path directory) {
    refuseFilled(directory, "The backup's directory " + directory + " is not empty; name another");
    Path half = directory.resolveSibling(directory.getFileName() + ".part");
    Downloads.deleteTree(half);
    Map<String, String> files = new TreeMap<>();
    try {
      Files.createDirectories(half.resolve(DATA));
      for (Path part : home.kept()) {
        if (Files.exists(part)) {
          progress.accept("Copying " + home.root().relativize(part));
          files.putAll(copyTree(home.root(), part, half.resolve(DATA)));
        }
      }
      JSON.writeValue(
          half.resolve(MANIFEST).toFile(),
          new Manifest(FORMAT, home.root().toString(), Instant.now().toString(), files));
      Files.deleteIfExists(directory);
      Files.move(half, directory, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("The backup could not be written: " + e.getMessage(), e);
    }
    return files.size();
  }

  /**
   * Brings back what {@link #save} wrote, after looking at every file of it.
   *
   * @param force replace a home that holds data
   * @return the number of files
   * @throws IllegalStateException when the backup is damaged or belongs elsewhere, or the home
   *     holds data and {@code force} is not given; nothing was changed then
   */
  int restore(Path directory, boolean force) {
    Manifest manifest = read(directory);
    if (!manifest.home().equals(home.root().toString())) {
      throw new IllegalStateException(
          "This backup is of "
              + manifest.home()
              + ", not of "
              + home.root()
              + ". Tables and checkpoints name their files by full path, so it can only be restored"
              + " there: move or clone the project to the same place");
    }
    verify(directory, manifest);
    if (!force) {
      for (Path part : home.kept()) {
        refuseFilled(part, part + " holds data. Replace everything with: restore --force");
      }
    }
    try {
      Path coming = home.root().resolve("restoring");
      Downloads.deleteTree(coming);
      progress.accept("Copying " + manifest.files().size() + " files");
      copyTree(directory.resolve(DATA), directory.resolve(DATA), coming);
      for (Path part : home.kept()) {
        Downloads.deleteTree(part);
        Path restored = coming.resolve(home.root().relativize(part));
        if (Files.exists(restored)) {
          Files.move(restored, part);
        }
      }
      Downloads.deleteTree(coming);
    } catch (IOException e) {
      throw new UncheckedIOException("The backup could not be restored: " + e.getMessage(), e);
    }
    return manifest.files().size();
  }

  private static Manifest read(Path directory) {
    Path file = directory.resolve(MANIFEST);
    if (!Files.exists(file)) {
      throw new IllegalStateException(directory + " is not a backup: it has no " + MANIFEST);
    }
    try {
      Manifest manifest = JSON.readValue(file.toFile(), Manifest.class);
      if (manifest.format() != FORMAT) {
        throw new IllegalStateException(
            "The backup has format " + manifest.format() + "; this program reads " + FORMAT);
      }
      return manifest;
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void verify(Path directory, Manifest manifest) {
    progress.accept("Checking " + manifest.files().size() + " files");
    List<String> damaged = new ArrayList<>();
    manifest
        .files()
        .forEach(
            (name, sha256) -> {
              Path file = directory.resolve(DATA).resolve(name);
              if (!Files.exists(file)) {
                damaged.add(name + " is missing");
              } else if (!sha256(file).equals(sha256)) {
                damaged.add(name + " was changed");
              }
            });
    if (!damaged.isEmpty()) {
      throw new IllegalStateException(
          "The backup is damaged; nothing was restored. "
              + damaged.size()
              + " files, among them: "
              + String.join("; ", damaged.subList(0, Math.min(5, damaged.size()))));
    }
  }

  private static void refuseFilled(Path directory, String message) {
    if (!Files.exists(directory)) {
      return;
    }
    if (!Files.isDirectory(directory)) {
      throw new IllegalStateException(message);
    }
    try (Stream<Path> entries = Files.list(directory)) {
      if (entries.findAny().isPresent()) {
        throw new IllegalStateException(message);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look into " + directory, e);
    }
  }

  /** Copies {@code from} to the same place below {@code to} as it has below {@code base}. */
  private static Map<String, String> copyTree(Path base, Path from, Path to) throws IOException {
    Map<String, String> sums = new TreeMap<>();
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(base.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else if (Files.isRegularFile(file)) {
          // The newest checkpoint is told by its time, so times have to stay.
          Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
          sums.put(base.relativize(file).toString(), sha256(target));
        }
      }
    }
    return sums;
  }

  private static String sha256(Path file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }
}
