package dev.tributary.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.warehouse.AlertChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends what became of alerts of credit to a topic (CRD-8), from published cuts only: what nets to
 * nothing between the last cut it sent and the newest is never said. What a late fact, a merge or a
 * fork undid is withdrawn.
 *
 * <p>Where it stands is the cut of its last message, which ends each transaction. So nothing is
 * said twice and nothing is left out, whatever ends the process.
 */
final class AlertPublisher {

  /** One partition, so that what is said and withdrawn of an alert keeps its order. */
  static final String TOPIC = "alerts";

  private static final TopicPartition PLACE = new TopicPartition(TOPIC, 0);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String bootstrap;
  private final NewestCut newest;
  private final Changes changes;

  /** The newest live cut; empty before the first. */
  interface NewestCut {
    OptionalLong cut();
  }

  /** What became of alerts between two cuts, the first of which is 0 at first. */
  interface Changes {
    List<AlertChange> between(long from, long to);
  }

  AlertPublisher(String bootstrap, NewestCut newest, Changes changes) {
    this.bootstrap = bootstrap;
    this.newest = newest;
    this.changes = changes;
  }

  /**
   * Sends what is new.
   *
   * @return what it did, in a line
   */
  String publish() {
    OptionalLong published = newest.cut();
    if (published.isEmpty()) {
      return "no cut yet";
    }

    long to = published.getAsLong();

    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(producing())) {
      // First of all: another publisher that lives on is fenced, and what it began is given up.
      producer.initTransactions();
      long from = lastSent();
      if (from == to) {
        return "nothing new";
      }

      List<AlertChange> news = changes.between(from, to);
      producer.beginTransaction();
      for (AlertChange change : news) {
        send(producer, change.company() + ":" + change.customerId(), message(change, to));
      }
      send(producer, "cut", JSON.createObjectNode().put("change", "CUT").put("cut", to));
      producer.commitTransaction();
      return "%s changes of alerts sent, up to cut %s".formatted(news.size(), to);
    }
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, String key, ObjectNode message) {
    try {
      // The transaction tells of failures.
      var unused =
          producer.send(
              new ProducerRecord<>(
                  TOPIC,
                  PLACE.partition(),
                  key.getBytes(StandardCharsets.UTF_8),
                  JSON.writeValueAsBytes(message)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An alert cannot be written as JSON", e);
    }
  }

  private static ObjectNode message(AlertChange change, long cut) {
    String component = change.component() == null ? "" : change.component();
    return JSON.createObjectNode()
        .put("change", change.kind().name())
        .put(
            "alert_id",
            String.join(
                ":",
                change.company(),
                change.customerId(),
                change.alert(),
                component,
                change.since().toString()))
        .put("company", change.company())
        .put("customer_id", change.customerId())
        .put("alert", change.alert())
        .put("component", change.component())
        .put("since", change.since().toString())
        .put("step", change.step())
        .put("effective_on", change.effectiveOn().toString())
        .put("exposure", change.exposure())
        .put("currency", change.currency())
        .put("rule_id", change.ruleId())
        .put("evidence_id", change.evidenceId())
        .put("cut", cut);
  }

  /** The cut of the last message; 0 when there is none. */
  private long lastSent() {
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consuming())) {
      consumer.assign(List.of(PLACE));
      long end = consumer.endOffsets(List.of(PLACE), PATIENCE).get(PLACE);
      // What ends a transaction takes an offset, too, so the last message stands a little before.
      long start = end;
      long back = 2;
      while (start > 0) {
        start = Math.max(0, end - back);
        back *= 2;
        OptionalLong cut = lastBetween(consumer, start, end);
        if (cut.isPresent()) {
          return cut.getAsLong();
        }
      }
      return 0;
    }
  }

  private static OptionalLong lastBetween(
      KafkaConsumer<byte[], byte[]> consumer, long start, long end) {
    OptionalLong last = OptionalLong.empty();
    consumer.seek(PLACE, start);
    while (consumer.position(PLACE, PATIENCE) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
        last = OptionalLong.of(cutOf(record));
      }
    }
    return last;
  }

  private static long cutOf(ConsumerRecord<byte[], byte[]> record) {
    try {
      JsonNode message = JSON.readTree(record.value());
      return message.path("cut").asLong();
    } catch (IOException e) {
      throw new IllegalStateException(
          "%s-0 @ %s is none of the publisher's messages; nothing else may write to the topic"
              .formatted(TOPIC, record.offset()),
          e);
    }
  }

  private Map<String, Object> producing() {
    return Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
        bootstrap,
        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
        TOPIC,
        ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
        ByteArraySerializer.class,
        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
        ByteArraySerializer.class);
  }

  private Map<String, Object> consuming() {
    return Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
        bootstrap,
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        "read_committed",
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
        ByteArrayDeserializer.class,
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
        ByteArrayDeserializer.class);
  }
}
