package dev.tributary.dashboards;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The project's own assets, as the tests see them. */
final class Project {
  private Project() {}

  /** The folder that holds {@code dashboards/} and {@code warehouse/}. */
  static Path root() {
    Path here = Path.of("").toAbsolutePath();
    Path parent = here.getParent();
    return Files.isDirectory(here.resolve("dashboards/assets")) || parent == null ? here : parent;
  }

  static Renderer renderer(Assets assets) {
    return new Renderer(
        assets,
        Map.of(
            "trino_uri",
            "trino://superset@localhost:8080/lake",
            "zone",
            "Asia/Shanghai",
            "restricted",
            "when 'marketer' then 'North West, north'"));
  }
}
