package dev.tributary.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Python that can carry Superset: 3.11, else 3.10, with the modules that make environments. */
public record Python(Path executable, String version) {

  /** What to do when there is none. */
  public static final String HOW_TO_GET_ONE =
      "Superset needs Python 3.11 or 3.10 with venv, and none was found on PATH, in"
          + " ~/.pyenv/versions, /usr/bin, /usr/local/bin or /opt. Install one, for example: Debian"
          + " 12 or Ubuntu 22.04 `apt-get install python3 python3-venv`; macOS `brew install"
          + " python@3.11`; anywhere `pyenv install 3.11`. A Python elsewhere is named by the"
          + " environment variable TRIBUTARY_PYTHON; when it is set, no other is looked for.";

  private static final List<String> VERSIONS = List.of("3.11", "3.10");
  private static final String PROBE =
      "import sys, ssl, sqlite3, venv, ensurepip; print('%d.%d.%d' % sys.version_info[:3])";

  /** Looks in the usual places; the first that runs and has what is needed is taken. */
  public static Optional<Python> find() {
    return find(
        System.getenv("TRIBUTARY_PYTHON"),
        directories(System.getenv("PATH"), Path.of(System.getProperty("user.home"))));
  }

  /**
   * @param named the one to take, wherever it is, or none; null for the first that is found
   */
  static Optional<Python> find(String named, List<Path> directories) {
    if (named != null && !named.isBlank()) {
      return probe(Path.of(named))
          .filter(python -> VERSIONS.stream().anyMatch(python::isOfVersion));
    }
    for (String version : VERSIONS) {
      for (Path directory : directories) {
        Optional<Python> python = probe(directory.resolve("python" + version));
        if (python.isPresent() && python.get().isOfVersion(version)) {
          return python;
        }
      }
    }
    return Optional.empty();
  }

  private boolean isOfVersion(String minor) {
    return version.startsWith(minor + ".");
  }

  private static List<Path> directories(String path, Path home) {
    List<Path> directories = new ArrayList<>();
    if (path != null) {
      Pattern.compile(File.pathSeparator, Pattern.LITERAL)
          .splitAsStream(path)
          .filter(entry -> !entry.isBlank())
          .map(Path::of)
          // A shim answers for whatever version its directory is set to; the real ones come below.
          .filter(entry -> !entry.endsWith("shims"))
          .forEach(directories::add);
    }
    directories.addAll(binsBelow(home.resolve(".pyenv/versions")));
    directories.add(Path.of("/usr/bin"));
    directories.add(Path.of("/usr/local/bin"));
    directories.add(Path.of("/opt/homebrew/bin"));
    directories.addAll(binsBelow(Path.of("/opt")));
    directories.addAll(binsBelow(home.resolve(".local/share/uv/python")));
    directories.addAll(binsBelow(Path.of("/Library/Frameworks/Python.framework/Versions")));
    return directories;
  }

  private static List<Path> binsBelow(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .map(entry -> entry.resolve("bin"))
          .filter(Files::isDirectory)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + directory, e);
    }
  }

  private static Optional<Python> probe(Path executable) {
    if (!Files.isExecutable(executable)) {
      return Optional.empty();
    }
    try {
      Process process =
          new ProcessBuilder(executable.toString(), "-c", PROBE)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      String version =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.exitValue() == 0
          ? Optional.of(new Python(executable, version))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
