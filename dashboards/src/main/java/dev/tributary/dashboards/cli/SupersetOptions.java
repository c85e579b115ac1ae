package dev.tributary.dashboards.cli;

import dev.tributary.dashboards.AssetException;
import dev.tributary.dashboards.Importer;
import dev.tributary.dashboards.SupersetClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How to reach Superset. */
final class SupersetOptions {
  @Option(
      names = "--superset-url",
      paramLabel = "URL",
      description = "Address of Superset (default: the local stack's).")
  private String url;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "Administrator.",
      defaultValue = "admin")
  private String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "File with the administrator's password (default: superset-admin-password among the local stack's secrets).")
  private Path passwordFile;

  /** The file of the user's password: as told, else where the local stack keeps it. */
  Path passwordFile(RootOption options) {
    return passwordFile == null ? Importer.passwordFile(passwords(options), user) : passwordFile;
  }

  SupersetClient login(RootOption options) {
    Path file = passwordFile(options);
    try {
      return SupersetClient.login(
          url == null ? options.stack("superset.url", "http://localhost:8088") : url,
          user,
          Files.readString(file).strip());
    } catch (IOException e) {
      throw new AssetException(
          "The password file " + file + " cannot be read; name it with --password-file", e);
    }
  }

  static Path passwords(RootOption options) {
    return options.home().resolve("secrets");
  }
}
