package dev.tributary.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * What the stack needs beyond the class path, fetched once into the user's cache directory: Trino
 * through Maven, Superset through pip, both from the registries the user has set up for them.
 *
 * <p>Something is in the cache wholly or not at all, also when the machine stops half-way, and two
 * processes that want the same thing fetch it once.
 */
public final class Downloads {

  /** The version of Trino that is used: the last whose server is on Maven Central. */
  public static final String TRINO_VERSION = "476";

  private static final String DEPENDENCY_PLUGIN =
      "org.apache.maven.plugins:maven-dependency-plugin:3.10.0";
  private static final Object ONE_AT_A_TIME = new Object();

  private final Path root;
  private final Path cache;
  private final Consumer<String> progress;

  /**
   * @param root the project's directory, with {@code mvnw}
   * @param cache where things are kept
   * @param progress told what is being done, a line at a time
   */
  public Downloads(Path root, Path cache, Consumer<String> progress) {
    this.root = root;
    this.cache = cache;
    this.progress = progress;
  }

  /** With the project around the working directory and the user's usual cache directory. */
  public static Downloads standard(Consumer<String> progress) {
    return new Downloads(projectRoot(), cacheDirectory(), progress);
  }

  /** {@code tributary} in {@code $XDG_CACHE_HOME}, which is {@code ~/.cache} when not set. */
  public static Path cacheDirectory() {
    String configured = System.getenv("XDG_CACHE_HOME");
    Path base =
        configured == null || configured.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(configured);
    return base.resolve("tributary");
  }

  /**
   * The project's directory: system property {@code tributary.root}, else the nearest directory
   * upwards from the working directory that has {@code mvnw}.
   */
  public static Path projectRoot() {
    String configured = System.getProperty("tributary.root");
    if (configured != null) {
      return Path.of(configured);
    }
    Path directory = Path.of("").toAbsolutePath();
    while (directory != null && !Files.exists(directory.resolve("mvnw"))) {
      directory = directory.getParent();
    }
    if (directory == null) {
      throw new IllegalStateException(
          "No mvnw here or above; run this inside the project, or set -Dtributary.root");
    }
    return directory;
  }

  /** Trino's server with its Iceberg plugin, unpacked; some 540 MB are fetched the first time. */
  public Path trino() {
    return once(
        "trino-" + TRINO_VERSION,
        directory -> {
          Path fetched = Files.createDirectories(directory.resolve("fetched"));
          Path server = fetch("trino-server-core", "tar.gz", fetched);
          Path iceberg = fetch("trino-iceberg", "zip", fetched);
          progress.accept("Unpacking Trino");
          Path plugins = Files.createDirectories(directory.resolve("plugin/iceberg"));
          // Its other plug-ins only make the start slower.
          CommandLine.run(
              "Unpacking " + server,
              List.of(
                  "tar",
                  "-xzf",
                  server.toString(),
                  "-C",
                  directory.toString(),
                  "--strip-components=1",
                  "--exclude=trino-server-core-" + TRINO_VERSION + "/plugin/*"),
              Map.of(),
              directory,
              line -> {});
          unzipFlat(iceberg, plugins);
          deleteTree(fetched);
        });
  }

  /**
   * A Python environment with exactly the packages of {@code requirements}; some 830 MB, made the
   * first time and again when the file changes.
   *
   * @throws IllegalStateException when there is no usable Python (the message says what to install)
   *     or pip fails
   */
  public Path pythonEnvironment(Path requirements) {
    Path name = requirements.getFileName();
    String key = sha256(requirements).substring(0, 16);
    // An environment names its own directory in its scripts, so it is made in place and counts as
    // there only when its last file is.
    return inPlaceOnce(
        "superset-" + key,
        directory -> {
          Python python =
              Python.find().orElseThrow(() -> new IllegalStateException(Python.HOW_TO_GET_ONE));
          progress.accept(
              "Making Superset's Python environment with "
                  + python.executable()
                  + " (about two minutes, 830 MB, once)");
          CommandLine.run(
              "Making a Python environment",
              List.of(python.executable().toString(), "-m", "venv", directory.toString()),
              Map.of(),
              cache,
              line -> {});
          long started = System.nanoTime();
          CommandLine.run(
              "Installing " + name,
              List.of(
                  directory.resolve("bin/python").toString(),
                  "-m",
                  "pip",
                  "install",
                  "--no-input",
                  "--disable-pip-version-check",
                  "--prefer-binary",
                  "--progress-bar",
                  "off",
                  "-r",
                  requirements.toAbsolutePath().toString()),
              Map.of("PYTHONNOUSERSITE", "1"),
              cache,
              new PipProgress(progress, started));
        });
  }

  private Path fetch(String artifact, String type, Path into) {
    String coordinates = "io.trino:" + artifact + ":" + TRINO_VERSION + ":" + type;
    progress.accept("Fetching " + coordinates + " through Maven");
    CountDownLatch fetched = new CountDownLatch(1);
    Path local = Path.of(System.getProperty("user.home"), ".m2/repository/io/trino", artifact);
    Thread watch = Thread.ofVirtual().start(() -> watch(artifact, local, fetched));
    try {
      CommandLine.run(
          "Fetching " + coordinates,
          List.of(
              root.resolve("mvnw").toString(),
              "-B",
              "-q",
              "-N",
              DEPENDENCY_PLUGIN + ":copy",
              "-Dartifact=" + coordinates,
              "-DoutputDirectory=" + into),
          Map.of("JAVA_HOME", System.getProperty("java.home")),
          root,
          line -> {});
    } finally {
      fetched.countDown();
      watch.interrupt();
    }
    return into.resolve(artifact + "-" + TRINO_VERSION + "." + type);
  }

  /** Maven is silent without a terminal, so the growth of its local repository has to speak. */
  private void watch(String artifact, Path local, CountDownLatch fetched) {
    long started = System.nanoTime();
    try {
      while (!fetched.await(5, TimeUnit.SECONDS)) {
        progress.accept(
            String.format(
                Locale.ROOT,
                "  %s: %d MB (%d s)",
                artifact,
                size(local) / 1_000_000,
                Duration.ofNanos(System.nanoTime() - started).toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long size(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  private Path once(String name, Filler filler) {
    return locked(
        name,
        () -> {
          Path there = cache.resolve(name);
          if (!Files.exists(there)) {
            Path half = cache.resolve(name + ".part");
            deleteTree(half);
            Files.createDirectories(half);
            filler.fill(half);
            Files.move(half, there, StandardCopyOption.ATOMIC_MOVE);
          }
          return there;
        });
  }

  private Path inPlaceOnce(String name, Filler filler) {
    return locked(
        name,
        () -> {
          Path there = cache.resolve(name);
          Path complete = there.resolve(".complete");
          if (!Files.exists(complete)) {
            deleteTree(there);
            filler.fill(there);
            Files.createFile(complete);
          }
          return there;
        });
  }

  private Path locked(String name, Work work) {
    synchronized (ONE_AT_A_TIME) {
      try {
        Files.createDirectories(cache);
        try (FileChannel channel =
                FileChannel.open(
                    cache.resolve(name + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            FileLock lock = channel.lock()) {
          return lock.isValid() ? work.run() : cache.resolve(name);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot fill the cache " + cache.resolve(name), e);
      }
    }
  }

  private static void unzipFlat(Path zip, Path into) throws IOException {
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.isDirectory()) {
          Files.copy(in, into.resolve(Path.of(entry.getName()).getFileName().toString()));
        }
      }
    }
  }

  /** Deletes a directory with everything in it; does nothing when it is not there. */
  public static void deleteTree(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + directory, e);
    }
  }

  static String sha256(Path file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  private interface Filler {
    void fill(Path directory) throws IOException;
  }

  private interface Work {
    Path run() throws IOException;
  }

  /** Passes on every tenth package, so that the line moves without flooding the screen. */
  private static final class PipProgress implements Consumer<String> {

    private final Consumer<String> progress;
    private final long started;
    private int packages;

    PipProgress(Consumer<String> progress, long started) {
      this.progress = progress;
      this.started = started;
    }

    @Override
    public void accept(String line) {
      if (line.startsWith("Collecting ")) {
        packages++;
        if (packages % 20 == 0) {
          say("  pip: " + packages + " packages found");
        }
      } else if (line.startsWith("Installing collected packages")) {
        say("  pip: installing " + packages + " packages");
      }
    }

    private void say(String what) {
      progress.accept(
          what + " (" + Duration.ofNanos(System.nanoTime() - started).toSeconds() + " s)");
    }
  }
}
