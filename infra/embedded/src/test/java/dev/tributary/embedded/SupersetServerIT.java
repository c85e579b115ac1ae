package dev.tributary.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupersetServerIT {

  @TempDir Path dir;

  @Test
  void theAdministratorLogsInAlsoAfterASecondStartAndNothingIsLeftRunning() throws Exception {
    Downloads downloads = Downloads.standard(line -> System.err.println(line));
    Path environment =
        downloads.pythonEnvironment(
            Downloads.projectRoot().resolve("dashboards/superset/requirements.lock"));
    SupersetServer.Settings settings =
        new SupersetServer.Settings(
            environment,
            dir.resolve("superset"),
            dir.resolve("secrets"),
            configuration(),
            dir.resolve("superset.log"),
            0,
            "http://127.0.0.1:1",
            Map.of());
    // What a first start left that was killed; it is begun anew.
    Files.createDirectories(settings.directory());
    Path half = Files.writeString(settings.directory().resolve("preparing-1.db"), "half");
    for (int start = 1; start <= 2; start++) {
      ProcessHandle process;
      try (SupersetServer superset = SupersetServer.start(settings, line -> {})) {
        process = ProcessHandle.of(superset.pid()).orElseThrow();
        assertThat(logIn(superset)).isEqualTo(200);
      }
      assertThat(process.isAlive()).isFalse();
      assertThat(half).doesNotExist();
      assertThat(settings.directory().resolve("superset.db")).exists();
    }
  }

  private Path configuration() throws IOException {
    return Files.writeString(
        dir.resolve("superset_config.py"),
        """
        import os, pathlib
        SECRET_KEY = pathlib.Path(os.environ["TRIBUTARY_SUPERSET_SECRET_FILE"]).read_text().strip()
        SQLALCHEMY_DATABASE_URI = "sqlite:///" + os.environ["TRIBUTARY_SUPERSET_DATABASE"]
        RATELIMIT_STORAGE_URI = "memory://"
        """);
  }

  private static int logIn(SupersetServer superset) throws Exception {
    String password = Files.readString(superset.passwordFile()).strip();
    String body =
        "{\"username\": \"%s\", \"password\": \"%s\", \"provider\": \"db\"}"
            .replaceFirst("%s", SupersetServer.ADMIN)
            .replaceFirst("%s", password);
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(superset.url() + "/api/v1/security/login"))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }
}
