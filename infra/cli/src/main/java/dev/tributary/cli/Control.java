package dev.tributary.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tributary.embedded.Secrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * How the command and the running stack talk: HTTP on loopback with a key that only the owner of
 * the home directory can read.
 */
final class Control {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY_HEADER = "X-Tributary-Key";

  private Control() {}

  private static Path addressFile(Home home) {
    return home.root().resolve("control.url");
  }

  private static String key(Home home) throws IOException {
    return Files.readString(new Secrets(home.secrets()).file("control-key", 32)).strip();
  }

  /** Answers one kind of request. */
  interface Action {
    Map<String, Object> run(JsonNode request) throws IOException;
  }

  /** Listens for the command; {@code actions} by path. */
  static HttpServer listen(Home home, Map<String, Action> actions) throws IOException {
    String key = key(home);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    actions.forEach(
        (path, action) -> server.createContext(path, exchange -> answer(exchange, key, action)));
    // A savepoint takes a while; status is answered meanwhile.
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    Files.writeString(
        addressFile(home), "http://127.0.0.1:" + server.getAddress().getPort() + "\n");
    return server;
  }

  private static void answer(HttpExchange exchange, String key, Action action) throws IOException {
    try (exchange) {
      String given = exchange.getRequestHeaders().getFirst(KEY_HEADER);
      if (given == null
          || !MessageDigest.isEqual(
              given.getBytes(StandardCharsets.UTF_8), key.getBytes(StandardCharsets.UTF_8))) {
        exchange.sendResponseHeaders(403, -1);
        return;
      }
      int status = 200;
      Map<String, Object> body;
      try {
        body = action.run(JSON.readTree(exchange.getRequestBody()));
      } catch (RuntimeException e) {
        status = 400;
        body = Map.of("error", e.getMessage() == null ? e.toString() : e.getMessage());
      }
      byte[] bytes = JSON.writeValueAsBytes(body);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  /**
   * Asks the running stack.
   *
   * @throws IllegalStateException when it does not answer or refuses; the message says why
   */
  static JsonNode ask(Home home, String path, Map<String, String> request) {
    Path file = addressFile(home);
    if (!home.stackRuns() || !Files.exists(file)) {
      throw new IllegalStateException("The stack is not running. Start it with: ./tributary up");
    }
    try (HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build()) {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(URI.create(Files.readString(file).strip() + path))
                  .header(KEY_HEADER, key(home))
                  .timeout(Duration.ofMinutes(3))
                  .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(request)))
                  .build(),
              HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (response.statusCode() == 403) {
        throw new IllegalStateException(
            "The stack does not know the key in " + home.secrets() + "; stop it: ./tributary down");
      }
      JsonNode answer = JSON.readTree(response.body());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(answer.path("error").asText());
      }
      return answer;
    } catch (IOException e) {
      throw new IllegalStateException(
          "The stack does not answer ("
              + e
              + "); look into "
              + home.stackLog()
              + ", or stop it: ./tributary down",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking the stack", e);
    }
  }
}
