package dev.tributary.ingestion.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.embedded.EmbeddedKafka;
import dev.tributary.embedded.Ports;
import dev.tributary.events.CustomerRegistered;
import dev.tributary.events.RowRejected;
import dev.tributary.ingestion.PhonePseudonym;
import dev.tributary.schemas.ContentHash;
import dev.tributary.schemas.Decoded;
import dev.tributary.schemas.EventCatalog;
import dev.tributary.schemas.EventType;
import dev.tributary.schemas.WireFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The collector against a real broker. */
class CollectorIT {

  private static final String TOKEN = "0123456789abcdef";
  private static final int PER_SECOND = 2_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static EmbeddedKafka kafka;
  private static Collector collector;
  private static HttpClient http;

  @BeforeAll
  static void start() throws IOException {
    kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
    kafka.createTopics(EventCatalog.load().topics(), 2);
    collector = Collector.start(0, kafka.bootstrapServers(), TOKEN, phones(), Clock.systemUTC());
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    http.close();
    collector.close();
    kafka.close();
  }

  @Test
  void aBatchIsInKafkaWhenItIsAnswered() throws Exception {
    HttpResponse<String> answer =
        post(
            "?company=acme&phone_region=CN",
            """
            {"type": "CustomerRegistered", "event_id": "acme:c1", "customer_id": "C1", "name": "Li", "region": "North", "occurred_at": "2026-01-02T03:04:05Z", "phone": "139 1234 5678"}
            {"type": "CustomerRegistered", "event_id": "acme:c2", "customer_id": "C2", "name": "Wu", "region": "South", "occurred_at": "2026-01-02T03:04:05Z"}
            """);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body()).path("accepted").asInt()).isEqualTo(2);
    CustomerRegistered first = (CustomerRegistered) eventsOf("acme").get("acme:c1").getFirst();
    assertThat(first.getPhonePseudonym()).isEqualTo(phones().of("+8613912345678", null).get());
    assertThat(first.getEnvelope().getSource()).isEqualTo("http");
    assertThat(first.getEnvelope().getSourceSequence()).isZero();
  }

  /** In another batch, at another line, at another time: the same content. */
  @Test
  void anEventThatIsSentAgainIsTheSame() throws Exception {
    String event = customer("again", "r1");
    assertThat(post("", event).statusCode()).isEqualTo(200);
    assertThat(post("", customer("again", "r0") + event).statusCode()).isEqualTo(200);

    List<SpecificRecord> versions = eventsOf("again").get("r1");
    assertThat(versions).hasSize(2);
    assertThat(versions.stream().map(ContentHash::of).distinct()).hasSize(1);
  }

  @Test
  void linesThatAreNoEventAreListedAndKeptAndTheOthersTaken() throws Exception {
    String good = customer("mixed", "m1");
    HttpResponse<String> answer =
        post(
            "",
            good
                + "{\"type\": \"SaleRecorded\", \"event_id\": \"m2\", \"company\": \"mixed\"}\n"
                + "{\"type\": \"CustomerRegistered\", \"company\": \"mixed\"}\n"
                + "{\"type\": \"Nonsense\", \"event_id\": \"m4\", \"company\": \"mixed\"}\n"
                + "no json, call 139 1234 5678\n"
                + good.replace("m1", "m6")
                    .replace("\"region\"", "\"colour\": \"red\", \"region\""));

    assertThat(answer.statusCode()).isEqualTo(422);
    JsonNode body = JSON.readTree(answer.body());
    assertThat(body.path("accepted").asInt()).isEqualTo(1);
    assertThat(body.path("refused").asInt()).isEqualTo(5);
    List<String> lines = new ArrayList<>();
    body.path("lines")
        .forEach(line -> lines.add(line.path("line").asInt() + " " + line.path("reason").asText()));
    assertThat(lines)
        .containsExactly(
            "2 missing_field",
            "3 missing_field",
            "4 unknown_event",
            "5 unreadable_file",
            "6 unknown_column");
    assertThat(body.path("lines").get(1).path("field").asText()).isEqualTo("event_id");
    assertThat(eventsOf("mixed")).containsOnlyKeys("m1");
    List<RowRejected> kept = new ArrayList<>();
    read(
        "rejected",
        record -> {
          if (record instanceof RowRejected row && row.getFile().equals("http")) {
            kept.add(row);
          }
        });
    assertThat(kept).hasSize(5);
    assertThat(kept.toString()).doesNotContain("139 1234 5678");
    String metrics = get("/metrics").body();
    assertThat(metrics)
        .contains("tributary_collector_events_refused_total{reason=\"missing_field\"}")
        .contains("tributary_collector_batch_seconds_count{status=\"422\"}");
  }

  @Test
  void aWholeBatchIsRefusedWithTheReason() throws Exception {
    String event = customer("refused", "e1");
    assertRefused(request("", event).setHeader("Authorization", "Bearer wrong"), 401, "token");
    assertRefused(
        HttpRequest.newBuilder(uri("/events")).POST(BodyPublishers.ofString(event)), 401, "token");
    assertRefused(
        request("", event).setHeader("Content-Type", "application/json"), 415, "x-ndjson");
    assertRefused(request("", event).header("Content-Encoding", "gzip"), 415, "gzip");
    assertRefused(request("", event).GET(), 405, "POST");
    assertRefused(request("", "\n \n"), 400, "no lines");
    assertRefused(request("?zone=Mars/Base", event), 400, "Mars/Base");
    assertRefused(request("?compnay=x", event), 400, "compnay");
    assertRefused(request("/more", event), 404, "POST /events");
    String large = event.repeat(Collector.MAX_BATCH_BYTES / event.length() + 1);
    assertRefused(request("", large), 413, "Split it");

    assertThat(eventsOf("refused")).isEmpty();
    assertThat(get("/nowhere").statusCode()).isEqualTo(404);
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  /** Some clients listen only after they have sent everything. */
  @Test
  void aClientThatSendsAllBeforeItListensHearsWhyItWasRefused() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri("/").getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /events HTTP/1.1\r\nHost: localhost\r\nContent-Length: %s\r\n\r\n"
              .formatted(4 * Collector.MAX_BATCH_BYTES)
              .getBytes(UTF_8));
      byte[] part = new byte[Collector.MAX_BATCH_BYTES];
      for (int i = 0; i < 4; i++) {
        out.write(part);
      }
      out.flush();
      assertThat(
              new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine())
          .startsWith("HTTP/1.1 401");
    }
  }

  /**
   * As many batches as are worked on at a time wait for a broker that is down; the next may not.
   */
  @Test
  void aFullCollectorSaysSo() throws Exception {
    try (EmbeddedKafka away = EmbeddedKafka.start(folder.resolve("away"), 0);
        HttpClient many = HttpClient.newHttpClient()) {
      away.createTopics(EventCatalog.load().topics(), 1);
      try (Collector waiting =
          Collector.start(0, away.bootstrapServers(), TOKEN, phones(), Clock.systemUTC())) {
        URI events = URI.create(waiting.url() + "/events");
        HttpRequest batch = request("", customer("full", "f1")).uri(events).build();
        assertThat(http.send(batch, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        away.stop();

        List<CompletableFuture<HttpResponse<String>>> answers =
            IntStream.range(0, Collector.MAX_BATCHES + 4)
                .mapToObj(i -> many.sendAsync(batch, BodyHandlers.ofString()))
                .toList();
        Map<Integer, Long> statuses =
            answers.stream()
                .map(CompletableFuture::join)
                .collect(Collectors.groupingBy(HttpResponse::statusCode, Collectors.counting()));
        assertThat(statuses).isEqualTo(Map.of(429, 4L, 503, (long) Collector.MAX_BATCHES));
        assertThat(answers)
            .allSatisfy(a -> assertThat(a.join().headers().firstValue("Retry-After")).isPresent());

        away.start();
        assertThat(http.send(batch, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      }
    }
  }

  /**
   * Programs send at a steady rate and try again when they have to; collector and broker are killed
   * meanwhile. For a long run: {@code -Dtributary.collector.seconds=600}.
   */
  @Test
  void nothingThatWasAnsweredIsLost() throws Exception {
    long seed = Long.getLong("tributary.seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random moments = new Random(seed);
    int seconds = Integer.getInteger("tributary.collector.seconds", 12);
    int clients = 4;
    int perBatch = 100;
    int batches = seconds * PER_SECOND / clients / perBatch;
    Duration pause = Duration.ofMillis(1000L * clients * perBatch / PER_SECOND);
    int port = Ports.free();
    int brokerPort = Ports.free();
    String bootstrap = Ports.LOOPBACK + ":" + brokerPort;
    Set<String> answered = ConcurrentHashMap.newKeySet();
    AtomicLong tries = new AtomicLong();
    try (OwnProcess broker = OwnProcess.broker(brokerPort, folder.resolve("load"));
        ExecutorService senders = Executors.newFixedThreadPool(clients)) {
      broker.start();
      long begun = System.nanoTime();
      try (OwnProcess killed =
          OwnProcess.collector(port, bootstrap, TOKEN, folder.resolve("phone.key"))) {
        killed.start();
        List<Future<?>> running = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
          Sender sender =
              new Sender(
                  client, port, batches, perBatch, pause, answered, tries, new Random(client));
          running.add(senders.submit(sender::run, null));
        }
        Thread.sleep(seconds * 100L + moments.nextInt(seconds * 300));
        killed.kill();
        killed.start();
        Thread.sleep(seconds * 100L + moments.nextInt(seconds * 300));
        broker.kill();
        broker.start();
        for (Future<?> each : running) {
          each.get();
        }
      }
      long took = (System.nanoTime() - begun) / 1_000_000_000L;
      Map<String, List<SpecificRecord>> received = eventsOf(bootstrap, "customers", "load");
      System.out.printf(
          "%s events answered in %s s at %s a second, %s of them in Kafka more than once, %s batches tried%n",
          answered.size(),
          took,
          PER_SECOND,
          received.values().stream().filter(versions -> versions.size() > 1).count(),
          tries.get());
      assertThat(answered.size()).as("seed %s", seed).isEqualTo(batches * clients * perBatch);
      Set<String> lost = new HashSet<>(answered);
      lost.removeAll(received.keySet());
      assertThat(lost).as("seed %s", seed).isEmpty();
      assertThat(received.size()).isEqualTo(answered.size());
      // What is there twice is the same twice, which the job takes for one.
      assertThat(received.values())
          .allSatisfy(
              versions ->
                  assertThat(versions.stream().map(ContentHash::of).distinct().count()).isOne());
    }
  }

  /** A program that sends batches one after another, each until it is taken. */
  private record Sender(
      int number,
      int port,
      int batches,
      int perBatch,
      Duration pause,
      Set<String> answered,
      AtomicLong tries,
      Random random) {

    void run() {
      try (HttpClient client =
          HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
        long next = System.nanoTime();
        for (int batch = 0; batch < batches; batch++) {
          List<String> ids = new ArrayList<>();
          for (int i = 0; i < perBatch; i++) {
            ids.add("load-%s-%s-%s".formatted(number, batch, i));
          }
          sendUntilTaken(
              client, ids.stream().map(id -> customer("load", id)).collect(Collectors.joining()));
          answered.addAll(ids);
          next += pause.toNanos();
          Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void sendUntilTaken(HttpClient client, String lines) throws InterruptedException {
      while (true) {
        tries.incrementAndGet();
        try {
          HttpRequest batch =
              request("", lines)
                  .uri(URI.create("http://127.0.0.1:" + port + "/events"))
                  .timeout(Duration.ofSeconds(30))
                  .build();
          HttpResponse<String> answer = client.send(batch, BodyHandlers.ofString());
          if (answer.statusCode() == 200) {
            return;
          }
          assertThat(answer.statusCode()).as(answer.body()).isIn(429, 503);
        } catch (IOException e) {
          // It is down, or was killed before it answered: again.
        }
        Thread.sleep(100 + random.nextInt(200));
      }
    }
  }

  private static PhonePseudonym phones() throws IOException {
    return PhonePseudonym.fromKeyFile(folder.resolve("phone.key"));
  }

  private static String customer(String company, String id) {
    return "{\"type\": \"CustomerRegistered\", \"event_id\": \"%s\", \"company\": \"%s\", \"customer_id\": \"C-%s\", \"name\": \"Li\", \"region\": \"North\", \"occurred_at\": \"2026-01-02T03:04:05Z\"}\n"
        .formatted(id, company, id);
  }

  private static URI uri(String path) {
    return URI.create(collector.url() + path);
  }

  private static HttpRequest.Builder request(String more, String lines) {
    return HttpRequest.newBuilder(uri("/events" + more))
        .header("Authorization", "Bearer " + TOKEN)
        .header("Content-Type", "application/x-ndjson")
        .POST(BodyPublishers.ofString(lines));
  }

  private static HttpResponse<String> post(String more, String lines) throws Exception {
    return http.send(request(more, lines).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private static void assertRefused(HttpRequest.Builder request, int status, String words)
      throws Exception {
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(JSON.readTree(answer.body()).path("error").asText()).contains(words);
  }

  private static Map<String, List<SpecificRecord>> eventsOf(String company) {
    return eventsOf(kafka.bootstrapServers(), "customers", company);
  }

  private static Map<String, List<SpecificRecord>> eventsOf(
      String bootstrap, String topic, String company) {
    Map<String, List<SpecificRecord>> events = new HashMap<>();
    read(
        bootstrap,
        topic,
        event -> {
          var envelope = EventType.envelopeOf(event);
          if (envelope.getCompany().equals(company)) {
            events.computeIfAbsent(envelope.getEventId(), id -> new ArrayList<>()).add(event);
          }
        });
    return events;
  }

  private static void read(String topic, Consumer<SpecificRecord> events) {
    read(kafka.bootstrapServers(), topic, events);
  }

  private static void read(String bootstrap, String topic, Consumer<SpecificRecord> events) {
    WireFormat wire = new WireFormat();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          assertThat(wire.decode(record.value(), topic)).isInstanceOf(Decoded.Event.class);
          events.accept(((Decoded.Event) wire.decode(record.value(), topic)).record());
        }
      }
    }
  }
}
