package dev.tributary.cli;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The topic of alerts as a program reads it. */
final class AlertMessages {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private static final TopicPartition PLACE = new TopicPartition(AlertPublisher.TOPIC, 0);
  private static final List<TopicPartition> PLACES = List.of(PLACE);

  private AlertMessages() {}

  /** All that is committed, in order. */
  static List<JsonNode> at(String bootstrap) throws IOException {
    List<JsonNode> messages = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> written = consumer(bootstrap, "read_uncommitted");
        KafkaConsumer<byte[], byte[]> committed = consumer(bootstrap, "read_committed")) {
      // A commit answers before its marker stands in the partition, where readers see it.
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> written.endOffsets(PLACES).equals(committed.endOffsets(PLACES)));
      committed.assign(PLACES);
      committed.seekToBeginning(PLACES);
      long end = committed.endOffsets(PLACES).get(PLACE);
      while (committed.position(PLACE) < end) {
        for (ConsumerRecord<byte[], byte[]> record : committed.poll(Duration.ofSeconds(1))) {
          messages.add(JSON.readTree(record.value()));
        }
      }
    }
    return messages;
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String bootstrap, String isolation) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            bootstrap,
            "isolation.level",
            isolation,
            "key.deserializer",
            ByteArrayDeserializer.class,
            "value.deserializer",
            ByteArrayDeserializer.class));
  }
}
