package dev.tributary.dashboards.cli;

import dev.tributary.dashboards.Access;
import dev.tributary.dashboards.AssetException;
import dev.tributary.dashboards.Assets;
import dev.tributary.dashboards.Bundle;
import dev.tributary.dashboards.Renderer;
import dev.tributary.dashboards.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.Option;

/** Where the project is, and what the local stack says about itself. */
final class RootOption {
  @Option(
      names = "--root",
      paramLabel = "DIR",
      description =
          "Folder of the project (default: the system property tributary.home, else the current folder).")
  private Path root;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "Time zone of the times on pages.",
      defaultValue = "Asia/Shanghai")
  private String zone;

  /**
   * The project's folder: as told, else the current one, else the one that holds the stack's home.
   */
  Path root() {
    if (root != null) {
      return root;
    }
    Path here = Path.of("").toAbsolutePath();
    Path parent = home().getParent();
    return Files.isDirectory(here.resolve("dashboards/assets")) || parent == null ? here : parent;
  }

  /** The local stack's home. */
  Path home() {
    return Path.of(System.getProperty("tributary.home", ".tributary")).toAbsolutePath();
  }

  /** A setting of the local stack, or the given value where there is none. */
  String stack(String key, String otherwise) {
    Path file = home().resolve("stack.properties");
    if (Files.notExists(file)) {
      return otherwise;
    }
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty(key, otherwise);
  }

  /** Both bundles, after the checks. */
  List<Bundle> bundles(String trinoUrl) {
    Assets assets = Assets.load(root());
    List<String> problems = Validator.check(assets);
    if (!problems.isEmpty()) {
      throw AssetException.of(problems);
    }
    Access access = Access.load(root());
    Renderer renderer =
        new Renderer(
            assets,
            Map.of(
                "trino_uri", trinoUri(trinoUrl, access),
                "zone", zone,
                "restricted", access.restrictedCases()));
    List<Bundle> bundles = new ArrayList<>();
    for (int language = 0; language < Assets.LANGUAGES; language++) {
      bundles.add(renderer.render(language));
    }
    return bundles;
  }

  private static String trinoUri(String trinoUrl, Access access) {
    URI uri = URI.create(trinoUrl);
    if (uri.getHost() == null) {
      throw new AssetException("--trino-url " + trinoUrl + " is not of the form http://host:port");
    }
    boolean https = "https".equals(uri.getScheme());
    int port = uri.getPort() > 0 ? uri.getPort() : https ? 443 : 80;
    return "trino://%s@%s:%s/%s%s"
        .formatted(
            access.service().user(),
            uri.getHost(),
            port,
            access.catalog(),
            https ? "?protocol=https" : "");
  }
}
