package dev.tributary.dashboards;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Superset's REST API, as an administrator. Not safe for several threads. */
public final class SupersetClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final int PAGE = 100;

  private final String url;
  private final HttpClient http;
  private final String token;
  private final String csrf;

  private SupersetClient(String url, HttpClient http, String token, String csrf) {
    this.url = url;
    this.http = http;
    this.token = token;
    this.csrf = csrf;
  }

  /**
   * Logs in.
   *
   * @param url address of Superset, {@code http://host:port}
   * @throws AssetException when Superset cannot be reached or refuses
   */
  public static SupersetClient login(String url, String user, String password) {
    String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    SupersetClient anonymous = new SupersetClient(base, http, "", "");
    JsonNode session =
        anonymous.send(
            "POST",
            "/api/v1/security/login",
            Map.of("username", user, "password", password, "provider", "db"));
    SupersetClient known =
        new SupersetClient(base, http, session.path("access_token").asText(), "");
    String csrf = known.get("/api/v1/security/csrf_token/").path("result").asText();
    return new SupersetClient(base, http, session.path("access_token").asText(), csrf);
  }

  /** The answer to a GET. */
  public JsonNode get(String path) {
    return send("GET", path, null);
  }

  /** The bytes of a GET. */
  public byte[] bytes(String path) {
    return exchange(request(path).GET().build());
  }

  /** The answer to a request with a JSON body; {@code body} may be null. */
  public JsonNode send(String method, String path, Object body) {
    try {
      HttpRequest.BodyPublisher publisher =
          body == null
              ? HttpRequest.BodyPublishers.noBody()
              : HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
      HttpRequest.Builder request = request(path).method(method, publisher);
      if (body != null) {
        request.header("Content-Type", "application/json");
      }
      return parse(exchange(request.build()), path);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Imports a bundle of assets over what is there. */
  public void importAssets(byte[] zip) {
    String boundary = "tributary-bundle";
    byte[] head =
        ("--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\"bundle\"; filename=\"bundle.zip\"\r\nContent-Type: application/zip\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8);
    byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
    exchange(
        request("/api/v1/assets/import/")
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(HttpRequest.BodyPublishers.ofByteArrays(List.of(head, zip, tail)))
            .build());
  }

  /** Every object of a resource, for instance {@code chart}, with the columns asked for. */
  public List<JsonNode> list(String resource, List<String> columns) {
    List<JsonNode> found = new ArrayList<>();
    for (int page = 0; ; page++) {
      String query =
          "(columns:!(%s),page:%s,page_size:%s)".formatted(String.join(",", columns), page, PAGE);
      JsonNode result =
          get("/api/v1/" + resource + "/?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
              .path("result");
      result.forEach(found::add);
      if (result.size() < PAGE) {
        return found;
      }
    }
  }

  @Override
  public void close() {
    http.close();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT).header("Referer", url);
    if (!token.isEmpty()) {
      builder.header("Authorization", "Bearer " + token);
    }
    if (!csrf.isEmpty()) {
      builder.header("X-CSRFToken", csrf);
    }
    return builder;
  }

  private byte[] exchange(HttpRequest request) {
    try {
      HttpResponse<byte[]> response;
      try {
        response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      } catch (IOException e) {
        // Superset closes connections that idle for two seconds; what we send can be sent twice
        response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      }
      if (response.statusCode() >= 300) {
        throw new AssetException(
            "Superset answered %s to %s %s: %s"
                .formatted(
                    response.statusCode(),
                    request.method(),
                    request.uri().getPath(),
                    new String(response.body(), StandardCharsets.UTF_8).strip()
                        + (response.statusCode() >= 500
                            ? " (an import asks Trino: is it up? The cause is in Superset's log)"
                            : "")));
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssetException("interrupted while waiting for Superset at " + url, e);
    } catch (IOException e) {
      throw new AssetException(
          "Superset at "
              + url
              + " cannot be reached: "
              + e
              + ". Is it running? See ./tributary status.",
          e);
    }
  }

  private static JsonNode parse(byte[] body, String path) {
    try {
      return body.length == 0 ? JSON.nullNode() : JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssetException("Superset's answer to " + path + " is not JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
