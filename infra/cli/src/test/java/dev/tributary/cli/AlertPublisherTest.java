package dev.tributary.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.embedded.EmbeddedKafka;
import dev.tributary.warehouse.AlertChange;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What consumers of a real topic see of alerts, over three cuts. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AlertPublisherTest {

  @TempDir static Path directory;

  private static EmbeddedKafka kafka;
  private final List<String> asked = new ArrayList<>();

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(directory, 0);
    kafka.createTopics(List.of(AlertPublisher.TOPIC), 1);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  @Order(1)
  void nothingIsSaidBeforeTheFirstCut() throws Exception {
    assertThat(publisher(OptionalLong.empty()).publish()).isEqualTo("no cut yet");
    assertThat(messages()).isEmpty();
  }

  @Test
  @Order(2)
  void whatIsNewIsSaidWithWhatIdentifiesIt() throws Exception {
    AlertChange raised = change(AlertChange.Kind.SAID, "RAISED", null);
    assertThat(publisher(OptionalLong.of(7), raised).publish())
        .isEqualTo("1 changes of alerts sent, up to cut 7");
    assertThat(asked).containsExactly("0 to 7");
    assertThat(messages())
        .extracting(message -> message.path("change").asText() + " " + message.path("cut"))
        .containsExactly("SAID 7", "CUT 7");
    JsonNode first = messages().getFirst();
    assertThat(first.path("alert_id").asText())
        .isEqualTo("acme:c1:OVER_LIMIT::2026-04-20T10:00:00Z");
    assertThat(first.path("exposure").decimalValue()).isEqualByComparingTo("262.50");
    assertThat(first.path("evidence_id").asText()).isEqualTo("shipment-1");
  }

  @Test
  @Order(3)
  void aCutIsSaidOnce() throws Exception {
    int before = messages().size();
    assertThat(publisher(OptionalLong.of(7)).publish()).isEqualTo("nothing new");
    assertThat(asked).isEmpty();
    assertThat(messages()).hasSize(before);
  }

  @Test
  @Order(4)
  void whatAPublisherBeganAndDidNotEndIsNeverSeen() throws Exception {
    int before = messages().size();
    try (KafkaProducer<byte[], byte[]> stuck =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "transactional.id",
                AlertPublisher.TOPIC,
                "key.serializer",
                ByteArraySerializer.class,
                "value.serializer",
                ByteArraySerializer.class))) {
      stuck.initTransactions();
      stuck.beginTransaction();
      Future<RecordMetadata> sent =
          stuck.send(
              new ProducerRecord<>(
                  AlertPublisher.TOPIC, 0, new byte[0], "{\"cut\": 8}".getBytes(UTF_8)));
      sent.get();
      AlertChange withdrawn = change(AlertChange.Kind.WITHDRAWN, "RAISED", "OVERDUE");
      assertThat(publisher(OptionalLong.of(8), withdrawn).publish()).startsWith("1 changes");
    }
    assertThat(asked).containsExactly("7 to 8");
    assertThat(messages().subList(before, before + 2))
        .extracting(message -> message.path("change").asText() + message.path("component").asText())
        .containsExactly("WITHDRAWNOVERDUE", "CUT");
    assertThat(messages()).hasSize(before + 2);
  }

  private AlertPublisher publisher(OptionalLong newest, AlertChange... changes) {
    return new AlertPublisher(
        kafka.bootstrapServers(),
        () -> newest,
        (from, to) -> {
          asked.add(from + " to " + to);
          return List.of(changes);
        });
  }

  private static AlertChange change(AlertChange.Kind kind, String step, String component) {
    return new AlertChange(
        kind,
        "acme",
        "c1",
        "OVER_LIMIT",
        component,
        Instant.parse("2026-04-20T10:00:00Z"),
        step,
        LocalDate.parse("2026-04-20"),
        "CNY",
        new BigDecimal("262.50"),
        "CRD-8",
        "shipment-1");
  }

  private static List<JsonNode> messages() throws IOException {
    return AlertMessages.at(kafka.bootstrapServers());
  }
}
