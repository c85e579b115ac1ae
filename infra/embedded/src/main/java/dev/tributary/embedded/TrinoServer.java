package dev.tributary.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Trino as a child process on loopback, with one catalog, {@code lake}: the Iceberg tables of a
 * REST catalog whose files lie on this machine.
 */
public final class TrinoServer implements AutoCloseable {

  /** The user who may do everything. */
  public static final String ADMIN = "admin";

  /** The user as whom Superset connects; it asks on behalf of the person who looks. */
  public static final String SUPERSET = "superset";

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final int port;
  private final ChildProcess process;

  private TrinoServer(int port, ChildProcess process) {
    this.port = port;
    this.process = process;
  }

  /**
   * How to start one.
   *
   * @param installation an unpacked server, see {@link Downloads#trino()}
   * @param directory its configuration and node data; made when missing
   * @param log gets what it prints
   * @param port the port on loopback, 0 for a free one
   * @param catalogUri the Iceberg REST catalog
   * @param accessControl rules of Trino's file-based access control, read again every second; null
   *     for a generated file under which {@link #ADMIN} may do everything and nobody else anything
   * @param heap of its JVM, as {@code -Xmx} takes it
   */
  public record Settings(
      Path installation,
      Path directory,
      Path log,
      int port,
      String catalogUri,
      Path accessControl,
      String heap) {}

  /** Starts a server in {@code directory} for a test, fetching Trino when it is not cached. */
  public static TrinoServer start(Path directory, int port, String catalogUri, Path accessControl) {
    Path installation = Downloads.standard(line -> System.err.println(line)).trino();
    return start(
        new Settings(
            installation,
            directory,
            directory.resolve("trino.log"),
            port,
            catalogUri,
            accessControl,
            "2G"),
        line -> {});
  }

  /**
   * Starts a server; returns when a query was answered (7–30 s).
   *
   * @param progress told every few seconds how long it takes
   * @throws IllegalStateException with the end of its log when it does not come up
   */
  public static TrinoServer start(Settings settings, Consumer<String> progress) {
    if (Runtime.version().feature() < 24) {
      throw new IllegalStateException(
          "Trino needs JDK 24 or later, this is " + Runtime.version() + "; run with a JDK 25");
    }
    int port = settings.port() == 0 ? Ports.free() : settings.port();
    if (!Ports.isFree(port)) {
      throw new IllegalStateException("Port " + port + " is taken; Trino cannot listen there");
    }
    Path directory = settings.directory().toAbsolutePath();
    String marker = "-Dtributary.part=trino:" + directory;
    writeConfiguration(settings, directory, port);
    ChildProcess process =
        ChildProcess.start(
            "Trino",
            command(settings, directory, marker),
            Map.of(),
            directory,
            settings.log(),
            directory.resolve("trino.pid"),
            marker);
    TrinoServer server = new TrinoServer(port, process);
    process.await(PATIENCE, progress, server::answersQueries);
    return server;
  }

  private static List<String> command(Settings settings, Path directory, String marker) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        marker,
        "-Xmx" + settings.heap(),
        // Most of its time went into compiling: a page asks dozens of small questions, and seldom
        // the same ones long enough for a second compilation to pay
        // (docs/decisions/0005-page-speed.md).
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseParallelGC",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:-OmitStackTraceInFastThrow",
        "-XX:ReservedCodeCacheSize=256M",
        "-XX:+EnableDynamicAgentLoading",
        "-Djdk.attach.allowAttachSelf=true",
        "-Djdk.nio.maxCachedBufferSize=2000000",
        "-Dfile.encoding=UTF-8",
        "-Duser.timezone=UTC",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "--add-modules=jdk.incubator.vector",
        "-Dconfig=" + directory.resolve("etc/config.properties"),
        "-Dlog.levels-file=" + directory.resolve("etc/log.properties"),
        "-cp",
        settings.installation().resolve("lib") + "/*",
        "io.trino.server.TrinoServer");
  }

  private static void writeConfiguration(Settings settings, Path directory, int port) {
    Path etc = directory.resolve("etc");
    try {
      Files.createDirectories(etc.resolve("catalog"));
      Path rules = settings.accessControl();
      if (rules == null) {
        rules = etc.resolve("access.json");
        write(rules, ADMIN_ONLY);
      }
      write(
          etc.resolve("config.properties"),
          String.join(
              "\n",
              "node.environment=tributary",
              "node.id=tributary-local",
              "node.bind-ip=" + Ports.LOOPBACK,
              "node.internal-address=" + Ports.LOOPBACK,
              "coordinator=true",
              "node-scheduler.include-coordinator=true",
              "http-server.http.port=" + port,
              "discovery.uri=http://" + Ports.LOOPBACK + ":" + port,
              // A static one is announced by each node and seen by the scheduler at its next look,
              // every five seconds; until then a table is refused: "No nodes available".
              // Catalogs are read from etc/catalog below the working directory.
              "catalog.management=dynamic",
              "plugin.dir=" + settings.installation().resolve("plugin"),
              // Pages ask for little; a check of a cut needs much, and is alone then.
              "query.max-memory-per-node=60%",
              "memory.heap-headroom-per-node=20%",
              "query.max-history=200",
              "query.min-expire-age=5m",
              ""));
      write(
          etc.resolve("access-control.properties"),
          """
          access-control.name=file
          security.config-file=%s
          security.refresh-period=1s
          """
              .formatted(rules.toAbsolutePath()));
      write(etc.resolve("log.properties"), "io.trino=WARN\nio.trino.server.Server=INFO\n");
      write(
          etc.resolve("catalog/lake.properties"),
          """
          connector.name=iceberg
          iceberg.catalog.type=rest
          iceberg.rest-catalog.uri=%s
          iceberg.format-version=2
          iceberg.expire-snapshots.min-retention=0s
          # Marts are many small tables: reading statistics costs more planning than they save, and so does waiting for filters.
          iceberg.table-statistics-enabled=false
          iceberg.dynamic-filtering.wait-timeout=0s
          fs.native-local.enabled=true
          local.location=/
          """
              .formatted(settings.catalogUri()));
    } catch (IOException e) {
      throw new UncheckedIOException("Trino's configuration in " + etc + " cannot be written", e);
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  private static final String ADMIN_ONLY =
      """
      {
        "catalogs": [{"user": "%s", "allow": "all"}],
        "impersonation": [{"original_user": "%s", "new_user": ".*", "allow": true}],
        "system_information": [{"user": "%s", "allow": ["read", "write"]}]
      }
      """
          .formatted(ADMIN, SUPERSET, ADMIN);

  /** Where clients connect, {@code http://127.0.0.1:port}. */
  public String url() {
    return "http://" + Ports.LOOPBACK + ":" + port;
  }

  /** The address for Trino's JDBC driver as {@code user}, with catalog {@code lake}. */
  public String jdbcUrl(String user) {
    return "jdbc:trino://" + Ports.LOOPBACK + ":" + port + "/lake?user=" + user;
  }

  /** The port on loopback. */
  public int port() {
    return port;
  }

  /** Says whether the process still runs. */
  public boolean isRunning() {
    return process.isAlive();
  }

  /** The id of the process. */
  public long pid() {
    return process.pid();
  }

  private boolean answersQueries() {
    return answersQueries(url());
  }

  /** Says whether a server at {@code url} has started and answers a query. */
  public static boolean answersQueries(String url) {
    try (HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build()) {
      JsonNode server = send(http, HttpRequest.newBuilder(URI.create(url + "/v1/info")));
      return !server.path("starting").asBoolean(true) && selectsOne(http, url);
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean selectsOne(HttpClient http, String url)
      throws IOException, InterruptedException {
    JsonNode answer =
        send(
            http,
            HttpRequest.newBuilder(URI.create(url + "/v1/statement"))
                .header("X-Trino-User", ADMIN)
                .POST(HttpRequest.BodyPublishers.ofString("select 1")));
    boolean found = false;
    while (answer.has("nextUri")) {
      answer =
          send(
              http,
              HttpRequest.newBuilder(URI.create(answer.get("nextUri").asText()))
                  .header("X-Trino-User", ADMIN));
      found |= answer.path("data").path(0).path(0).asInt() == 1;
    }
    return found && !answer.has("error");
  }

  private static JsonNode send(HttpClient http, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            request.timeout(Duration.ofSeconds(10)).build(),
            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    if (response.statusCode() != 200) {
      throw new IOException("Trino answered " + response.statusCode());
    }
    return JSON.readTree(response.body());
  }

  /** Stops the server; it is gone when this returns. */
  @Override
  public void close() {
    process.close();
  }
}
