package dev.tributary.ingestion.collector;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tributary.events.RowRejected;
import dev.tributary.ingestion.KafkaEventSender;
import dev.tributary.ingestion.PhonePseudonym;
import dev.tributary.ingestion.SendFailedException;
import dev.tributary.ingestion.SharedProducer;
import dev.tributary.ingestion.importing.Importer;
import dev.tributary.ingestion.importing.Importer.Summary;
import dev.tributary.ingestion.importing.SentResults;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes batches of events by HTTP and answers when Kafka has them.
 *
 * <pre>
 * POST /events    one JSON object a line, as in NDJSON files; each with an event_id
 * GET  /metrics   counts for Prometheus
 * GET  /health    whether it is up
 * </pre>
 *
 * <p>What is answered with 200 is on disk at the broker. A batch that got no answer, or 429 or 503,
 * is sent again as it is: an event counts once, by its id. With 422 the good lines of the batch are
 * taken, the others are listed and stand among the rejected.
 */
public final class Collector implements AutoCloseable {

  /** The largest batch, in bytes. */
  static final int MAX_BATCH_BYTES = 8_000_000;

  /** Batches worked on at a time; they are held in memory. */
  static final int MAX_BATCHES = 16;

  /** A client waits no longer; the broker is back by its next try, or not. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** As much of a refused batch is thrown away so that its sender hears the reason. */
  private static final long MAX_UNREAD_BYTES = 16L * MAX_BATCH_BYTES;

  private static final int REFUSED_LISTED = 100;
  private static final String NOTHING_HERE = "There is nothing here. Send events to POST /events.";
  private static final String SOURCE = "http";
  private static final Set<String> PARAMETERS =
      new TreeSet<>(Set.of("company", "currency", "phone_region", "zone"));

  private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is wrong with a whole batch. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    RefusedException(int status, String message) {
      super(message);
      this.status = status;
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore free = new Semaphore(MAX_BATCHES);
  private final CollectorMetrics metrics = new CollectorMetrics(free::availablePermits);
  private final byte[] authorization;
  private final PhonePseudonym phones;
  private final SharedProducer producer;
  private final Clock clock;

  private Collector(
      HttpServer server, String bootstrap, String token, PhonePseudonym phones, Clock clock) {
    this.server = server;
    this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    this.phones = phones;
    this.producer = new SharedProducer(bootstrap, PATIENCE);
    this.clock = clock;
  }

  /**
   * Listens on loopback.
   *
   * @param port 0 for any
   * @param bootstrap brokers as {@code host:port,…}
   * @param token what clients send as {@code Authorization: Bearer …}
   * @throws IOException when the port is taken
   */
  public static Collector start(
      int port, String bootstrap, String token, PhonePseudonym phones, Clock clock)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    Collector collector = new Collector(server, bootstrap, token, phones, clock);
    server.createContext("/events", collector::events);
    server.createContext("/metrics", collector::metrics);
    server.createContext("/health", exchange -> answer(exchange, 200, Map.of("up", true)));
    server.createContext("/", exchange -> answer(exchange, 404, error(NOTHING_HERE)));
    server.setExecutor(collector.threads);
    server.start();
    return collector;
  }

  /** Where it listens. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void events(HttpExchange exchange) throws IOException {
    long begun = System.nanoTime();
    int status;
    try {
      status = batch(exchange);
    } catch (RefusedException e) {
      status = e.status;
      if (status == 429 || status == 503) {
        exchange.getResponseHeaders().set("Retry-After", status == 429 ? "1" : "5");
      }
      answer(exchange, status, error(e.getMessage()));
    } catch (IOException e) {
      LOG.info("A client went away in the middle of a batch: {}", e.getMessage());
      metrics.batch("gone", System.nanoTime() - begun);
      throw e;
    } catch (RuntimeException e) {
      LOG.error("A batch failed", e);
      status = 500;
      answer(exchange, status, error("The collector failed; its log says why. Send it again."));
    }
    metrics.batch(Integer.toString(status), System.nanoTime() - begun);
  }

  /** Takes a batch and answers; what is wrong with all of it is thrown. */
  private int batch(HttpExchange exchange) throws IOException, RefusedException {
    if (!exchange.getRequestURI().getPath().equals("/events")) {
      throw new RefusedException(404, NOTHING_HERE);
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      exchange.getResponseHeaders().set("Allow", "POST");
      throw new RefusedException(405, "Send events with POST.");
    }
    expectToken(exchange);
    Importer.Settings settings = settings(exchange);
    expectLines(exchange);
    if (!free.tryAcquire()) {
      throw new RefusedException(
          429, "%s batches are being worked on. Send it again.".formatted(MAX_BATCHES));
    }

    try {
      Taken taken = take(body(exchange), settings);
      metrics.events(taken.summary());
      int status = taken.summary().rejected() == 0 ? 200 : 422;
      answer(exchange, status, taken.answer());
      return status;
    } finally {
      free.release();
    }
  }

  private void expectToken(HttpExchange exchange) throws RefusedException {
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    if (given == null
        || !MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), authorization)) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
      throw new RefusedException(
          401, "The token is missing or wrong. Send the header Authorization: Bearer <token>.");
    }
  }

  private static void expectLines(HttpExchange exchange) throws RefusedException {
    String type =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type")).orElse("");
    if (!type.split(";", -1)[0].strip().equals("application/x-ndjson")) {
      throw new RefusedException(
          415,
          "The content type is '%s'. Send one JSON object a line as application/x-ndjson."
              .formatted(type));
    }

    String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
    if (encoding != null) {
      throw new RefusedException(
          415, "The content encoding is '%s'. Send the lines as they are.".formatted(encoding));
    }

    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (length != null && Long.parseLong(length) > MAX_BATCH_BYTES) {
      throw tooLarge();
    }
  }

  private static RefusedException tooLarge() {
    return new RefusedException(
        413,
        "The batch is larger than %s bytes. Split it; nothing of it was taken."
            .formatted(MAX_BATCH_BYTES));
  }

  private static byte[] body(HttpExchange exchange) throws IOException, RefusedException {
    InputStream in = exchange.getRequestBody();
    byte[] body = in.readNBytes(MAX_BATCH_BYTES + 1);
    if (body.length > MAX_BATCH_BYTES) {
      throw tooLarge();
    }
    return body;
  }

  /** The parameters of the address: what lines that do not say it themselves mean. */
  private Importer.Settings settings(HttpExchange exchange) throws RefusedException {
    Map<String, String> given = new LinkedHashMap<>();
    String query = exchange.getRequestURI().getRawQuery();
    for (String pair : query == null ? new String[0] : query.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      String name = URLDecoder.decode(parts[0], StandardCharsets.UTF_8);
      if (!PARAMETERS.contains(name) || parts.length == 1) {
        throw new RefusedException(
            400, "'%s' is no parameter. Known: %s.".formatted(name, String.join(", ", PARAMETERS)));
      }
      given.put(name, URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }

    try {
      return new Importer.Settings(
          given.get("company"),
          ZoneId.of(given.getOrDefault("zone", "UTC")),
          given.get("currency"),
          given.get("phone_region"),
          0,
          null,
          clock.instant());
    } catch (DateTimeException e) {
      throw new RefusedException(
          400, "zone: %s. Use an IANA name, such as Asia/Shanghai.".formatted(e.getMessage()));
    }
  }

  private record Taken(Summary summary, List<Map<String, Object>> refused) {

    Map<String, Object> answer() {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("accepted", summary.accepted());
      answer.put("refused", summary.rejected());
      if (!refused.isEmpty()) {
        answer.put("lines", refused);
      }
      return answer;
    }
  }

  /** Returns when Kafka has everything of the batch. */
  private Taken take(byte[] body, Importer.Settings settings) throws IOException, RefusedException {
    List<Map<String, Object>> refused = new ArrayList<>();
    KafkaEventSender sender = producer.sender();
    try {
      Summary summary =
          Importer.runLines(
              new ByteArrayInputStream(body),
              SOURCE,
              settings,
              phones,
              new SentResults(sender) {
                @Override
                public void rejected(RowRejected rejection) {
                  super.rejected(rejection);
                  if (refused.size() < REFUSED_LISTED) {
                    refused.add(line(rejection));
                  }
                }
              });
      if (summary.accepted() + summary.rejected() == 0) {
        throw new RefusedException(400, "The batch has no lines. Send one JSON object a line.");
      }
      sender.flush();
      return new Taken(summary, refused);
    } catch (SendFailedException e) {
      LOG.warn("A batch was not taken: {}", e.getMessage());
      producer.renew(sender);
      throw new RefusedException(
          503, "Kafka did not take the batch, or not all of it. Send it again as it is.");
    }
  }

  private static Map<String, Object> line(RowRejected rejection) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("line", rejection.getLine());
    line.put("field", rejection.getField());
    line.put("reason", rejection.getReason());
    line.put("message", rejection.getMessage());
    return line;
  }

  private void metrics(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", PrometheusTextFormatWriter.CONTENT_TYPE);
      exchange.sendResponseHeaders(200, 0);
      metrics.write(exchange.getResponseBody());
    }
  }

  private static Map<String, Object> error(String message) {
    return Map.of("error", message);
  }

  private static void answer(HttpExchange exchange, int status, Map<String, Object> body)
      throws IOException {
    try (exchange) {
      byte[] bytes = JSON.writeValueAsBytes(body);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.getResponseBody().flush();
      readToItsEnd(exchange.getRequestBody());
    }
  }

  /**
   * What is refused is mostly not read yet. Closed like that, the connection is reset, and a client
   * that still sends never sees why.
   */
  private static void readToItsEnd(InputStream body) {
    try {
      long unused = body.skip(MAX_UNREAD_BYTES);
    } catch (IOException e) {
      LOG.debug("A client that has its answer went away: {}", e.getMessage());
    }
  }

  /** Refuses new batches, lets those at work finish for some seconds, and lets go of Kafka. */
  @Override
  public void close() {
    server.stop(5);
    threads.shutdown();
    producer.close();
  }
}
