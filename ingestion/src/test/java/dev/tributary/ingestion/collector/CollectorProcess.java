package dev.tributary.ingestion.collector;

import dev.tributary.ingestion.PhonePseudonym;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** A collector in a process of its own, to be killed. */
final class CollectorProcess implements AutoCloseable {

  private final List<String> command;
  private final URI health;
  private Process process;

  CollectorProcess(int port, String bootstrap, String token, Path phoneKey) {
    this.command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            CollectorProcess.class.getName(),
            Integer.toString(port),
            bootstrap,
            token,
            phoneKey.toString());
    this.health = URI.create("http://127.0.0.1:" + port + "/health");
  }

  /** Listens until it is killed; port, brokers, token and key file. */
  public static void main(String[] args) throws Exception {
    Collector collector =
        Collector.start(
            Integer.parseInt(args[0]),
            args[1],
            args[2],
            PhonePseudonym.fromKeyFile(Path.of(args[3])),
            Clock.systemUTC());
    System.out.println("listens at " + collector.url());
    Thread.currentThread().join();
  }

  /** Returns when it listens. */
  void start() throws InterruptedException {
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    while (!listens()) {
      Thread.sleep(100);
    }
  }

  private boolean listens() throws InterruptedException {
    if (!process.isAlive()) {
      throw new IllegalStateException("the collector ended with " + process.exitValue());
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
                  HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
