package dev.tributary.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Runs jars on a cluster. Flink's own client has no requests for it; they are in the server's
 * module.
 */
final class JarUpload {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration UPLOAD = Duration.ofMinutes(10);
  private static final Duration RUN = Duration.ofMinutes(3);
  private static final String MAIN_FAILED = "The main method caused an error: ";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final URI rest;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  JarUpload(URI rest) {
    this.rest = rest;
  }

  /** Sends a jar, runs its main and takes the jar away again; Flink keeps its own copy. */
  String run(Path jar, List<String> arguments, Optional<FlinkCluster.State> state) {
    String uploaded = upload(jar);
    try {
      ObjectNode body = JSON.createObjectNode();
      body.set("programArgsList", JSON.valueToTree(arguments));
      state.ifPresent(
          from ->
              body.put("savepointPath", from.path())
                  .put("allowNonRestoredState", from.ofRebuild()));
      return ask(to("/jars/" + uploaded + "/run")
              .timeout(RUN)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body.toString())))
          .path("jobid")
          .asText();
    } finally {
      forget(uploaded);
    }
  }

  private void forget(String uploaded) {
    try {
      ask(to("/jars/" + uploaded).timeout(RUN).DELETE());
    } catch (IllegalStateException e) {
      // It stays until the cluster ends and costs nothing but its place on a disk.
    }
  }

  private String upload(Path jar) {
    String boundary = UUID.randomUUID().toString();
    String head =
        """
        --%s\r
        Content-Disposition: form-data; name="jarfile"; filename="%s"\r
        Content-Type: application/x-java-archive\r
        \r
        """
            .formatted(boundary, jar.getFileName());
    String tail = "\r\n--%s--\r\n".formatted(boundary);
    try {
      JsonNode answer =
          ask(
              to("/jars/upload")
                  .timeout(UPLOAD)
                  .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                  .POST(
                      BodyPublishers.concat(
                          BodyPublishers.ofString(head),
                          BodyPublishers.ofFile(jar),
                          BodyPublishers.ofString(tail))));
      String path = answer.path("filename").asText();
      return path.substring(path.lastIndexOf('/') + 1);
    } catch (FileNotFoundException e) {
      throw new IllegalArgumentException("%s cannot be read".formatted(jar), e);
    }
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(rest.resolve(path));
  }

  private JsonNode ask(HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(
            "Flink at %s: %s".formatted(rest, reason(answer.statusCode(), answer.body())));
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new IllegalStateException(
          "Flink at %s did not answer %s: %s".formatted(rest, request.uri().getPath(), e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking Flink at " + rest, e);
    }
  }

  /** Why a request was refused: what the main said itself, when it ran. */
  static String reason(int status, String body) {
    String text = body;
    try {
      JsonNode errors = JSON.readTree(body).path("errors");
      if (!errors.isEmpty()) {
        text = errors.get(errors.size() - 1).asText();
      }
    } catch (IOException e) {
      // A proxy's page, not Flink's answer: shown as it is.
    }
    String cause = FlinkCluster.cause(text);
    int said = text.indexOf(MAIN_FAILED);
    if (said < 0) {
      return cause.isBlank() ? "HTTP status " + status : cause;
    }

    String message = text.substring(said + MAIN_FAILED.length());
    int end = message.indexOf("\n\tat ");
    String main = (end < 0 ? message : message.substring(0, end)).strip();
    // The job's own messages say it all, those of Flink only that something failed.
    return main.contains(cause.substring(cause.indexOf(": ") + 1).strip())
        ? main
        : main + " " + cause;
  }
}
