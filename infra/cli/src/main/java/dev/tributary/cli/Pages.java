package dev.tributary.cli;

import dev.tributary.dashboards.cli.DashboardsCommand;
import dev.tributary.embedded.SupersetServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Brings the pages of the project's folders into Superset, when they have changed. */
final class Pages {

  private final Home home;
  private final Path root;
  private final Consumer<String> progress;

  Pages(Home home, Path root, Consumer<String> progress) {
    this.home = home;
    this.root = root;
    this.progress = progress;
  }

  void bringInto(SupersetServer superset, String trinoUrl) {
    // Superset keeps Trino's address, so another port is a change too.
    String wanted = fingerprint() + " " + trinoUrl;
    Path stamp = home.superset().resolve("pages");
    try {
      if (Files.exists(stamp) && Files.readString(stamp).equals(wanted)) {
        return;
      }
      progress.accept("Bringing the pages into Superset");
      StringWriter said = new StringWriter();
      PrintWriter out = new PrintWriter(said);
      int exit =
          new CommandLine(new DashboardsCommand())
              .setOut(out)
              .setErr(out)
              .execute(
                  "import",
                  "--root=" + root,
                  "--superset-url=" + superset.url(),
                  "--trino-url=" + trinoUrl,
                  "--user=" + SupersetServer.ADMIN,
                  "--password-file=" + superset.passwordFile(),
                  "--passwords=" + home.secrets());
      if (exit != 0) {
        throw new IllegalStateException("The pages could not be brought into Superset:\n" + said);
      }
      Files.writeString(stamp, wanted);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot note which pages Superset has", e);
    }
  }

  private String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String folder : List.of("assets", "queries", "superset", "access")) {
        Path directory = root.resolve("dashboards").resolve(folder);
        if (Files.isDirectory(directory)) {
          try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
              if (!file.toString().contains("__pycache__")) {
                digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
              }
            }
          }
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    } catch (IOException e) {
      throw new UncheckedIOException("The pages cannot be read", e);
    }
  }
}
