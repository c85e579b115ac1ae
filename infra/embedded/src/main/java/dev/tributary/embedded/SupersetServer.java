package dev.tributary.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Superset as a child process on loopback, in a Python environment of its own. */
public final class SupersetServer implements AutoCloseable {

  /** The administrator made at the first start. */
  public static final String ADMIN = "admin";

  private static final String FIRST_START = "superset_first_start.py";
  private static final String DATABASE = "superset.db";
  private static final String DATABASE_VARIABLE = "TRIBUTARY_SUPERSET_DATABASE";
  private static final String PREPARING = "preparing-";
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final int port;
  private final Path passwordFile;
  private final ChildProcess process;

  private SupersetServer(int port, Path passwordFile, ChildProcess process) {
    this.port = port;
    this.passwordFile = passwordFile;
    this.process = process;
  }

  /**
   * How to start one.
   *
   * @param environment a Python environment with Superset, see {@link
   *     Downloads#pythonEnvironment(Path)}
   * @param directory its metadata; made when missing
   * @param secrets where its secret key and the administrator's password are kept; made when
   *     missing
   * @param configuration the Python file with Superset's settings; it finds {@code
   *     TRIBUTARY_SUPERSET_SECRET_FILE}, {@code TRIBUTARY_SUPERSET_DATABASE} and {@code
   *     TRIBUTARY_TRINO_URL} in its environment
   * @param log gets what it prints
   * @param port the port on loopback, 0 for a free one
   * @param trinoUrl the Trino that the pages ask
   * @param variables further environment variables for {@code configuration}
   */
  public record Settings(
      Path environment,
      Path directory,
      Path secrets,
      Path configuration,
      Path log,
      int port,
      String trinoUrl,
      Map<String, String> variables) {

    /** Keeps a copy of the variables. */
    public Settings {
      variables = Map.copyOf(variables);
    }
  }

  /**
   * Starts Superset; returns when it answers. The first start on a directory also makes its
   * metadata and the administrator.
   *
   * @param progress told what is being done
   * @throws IllegalStateException with the end of its log when it does not come up
   */
  public static SupersetServer start(Settings settings, Consumer<String> progress) {
    int port = settings.port() == 0 ? Ports.free() : settings.port();
    if (!Ports.isFree(port)) {
      throw new IllegalStateException("Port " + port + " is taken; Superset cannot listen there");
    }
    Path directory = settings.directory().toAbsolutePath();
    Secrets secrets = new Secrets(settings.secrets().toAbsolutePath());
    Path key = secrets.file("superset-secret-key", 32);
    Path password = secrets.file("superset-admin-password", 12);
    Map<String, String> variables = variables(settings, directory, key, password);
    try {
      Files.createDirectories(directory);
      firstStart(settings, directory, variables, progress);
    } catch (IOException e) {
      throw new UncheckedIOException("Superset's directory " + directory + " is not usable", e);
    }
    Path pidFile = directory.resolve("gunicorn.pid");
    ChildProcess process =
        ChildProcess.start(
            "Superset",
            List.of(
                settings.environment().resolve("bin/gunicorn").toString(),
                "--workers=1",
                "--worker-class=gthread",
                "--threads=8",
                "--timeout=120",
                "--bind=" + Ports.LOOPBACK + ":" + port,
                "--pid=" + pidFile,
                "superset.app:create_app()"),
            variables,
            directory,
            settings.log(),
            directory.resolve("superset.pid"),
            "--pid=" + pidFile);
    SupersetServer server = new SupersetServer(port, password, process);
    process.await(PATIENCE, progress, server::answers);
    return server;
  }

  private static Map<String, String> variables(
      Settings settings, Path directory, Path key, Path password) {
    Map<String, String> variables = new HashMap<>();
    variables.put("SUPERSET_CONFIG_PATH", settings.configuration().toAbsolutePath().toString());
    variables.put("SUPERSET_HOME", directory.toString());
    variables.put("TRIBUTARY_SUPERSET_SECRET_FILE", key.toString());
    variables.put(DATABASE_VARIABLE, directory.resolve(DATABASE).toString());
    variables.put("TRIBUTARY_SUPERSET_ADMIN", ADMIN);
    variables.put("TRIBUTARY_SUPERSET_ADMIN_PASSWORD_FILE", password.toString());
    variables.put("TRIBUTARY_TRINO_URL", settings.trinoUrl());
    variables.put("PYTHONNOUSERSITE", "1");
    variables.put("MALLOC_ARENA_MAX", "2");
    variables.putAll(settings.variables());
    return variables;
  }

  /** Migrations and the administrator, once per directory and set of packages. */
  private static void firstStart(
      Settings settings, Path directory, Map<String, String> variables, Consumer<String> progress)
      throws IOException {
    Path done = directory.resolve("prepared-" + settings.environment().getFileName());
    if (Files.exists(done)) {
      return;
    }
    progress.accept("Preparing Superset's metadata (about 30 s, once)");
    Path script = directory.resolve(FIRST_START);
    try (InputStream in = SupersetServer.class.getResourceAsStream(FIRST_START)) {
      Files.write(script, in.readAllBytes());
    }
    // On a copy, under a name of its own: a migration that is killed half-way can neither go on nor
    // begin again, and who carries it out may outlive the stack that was killed.
    deleteHalfPrepared(directory);
    Path database = directory.resolve(DATABASE);
    Path copy = Files.createTempFile(directory, PREPARING, ".db");
    if (Files.exists(database)) {
      Files.copy(database, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    Map<String, String> onCopy = new HashMap<>(variables);
    onCopy.put(DATABASE_VARIABLE, copy.toString());
    CommandLine.run(
        "Preparing Superset's metadata",
        List.of(settings.environment().resolve("bin/python").toString(), script.toString()),
        onCopy,
        directory,
        line -> {});
    Files.move(copy, database, StandardCopyOption.ATOMIC_MOVE);
    Files.createFile(done);
  }

  private static void deleteHalfPrepared(Path directory) throws IOException {
    try (DirectoryStream<Path> halves = Files.newDirectoryStream(directory, PREPARING + "*")) {
      for (Path half : halves) {
        Files.delete(half);
      }
    }
  }

  /** Where a browser goes, {@code http://127.0.0.1:port}. */
  public String url() {
    return "http://" + Ports.LOOPBACK + ":" + port;
  }

  /** The port on loopback. */
  public int port() {
    return port;
  }

  /** The file with the password of {@link #ADMIN}, readable by its owner only. */
  public Path passwordFile() {
    return passwordFile;
  }

  /** Says whether the process still runs. */
  public boolean isRunning() {
    return process.isAlive();
  }

  /** The id of the process. */
  public long pid() {
    return process.pid();
  }

  private boolean answers() {
    return answers(url());
  }

  /** Says whether a Superset at {@code url} answers. */
  public static boolean answers(String url) {
    try (HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + "/health"))
              .timeout(Duration.ofSeconds(10))
              .build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Stops Superset; it is gone when this returns. */
  @Override
  public void close() {
    process.close();
  }
}
