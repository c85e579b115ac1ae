package dev.tributary.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {

  @TempDir Path dir;

  @Test
  void recordsSurviveARestartOnTheSameDirectoryAndPort() throws Exception {
    int port;
    try (EmbeddedKafka kafka = EmbeddedKafka.start(dir, 0)) {
      port = kafka.port();
      kafka.createTopics(List.of("sales"), 1);
      send(kafka, "first");
    }
    assertThat(Ports.isFree(port)).isTrue();
    try (EmbeddedKafka kafka = EmbeddedKafka.start(dir, port)) {
      kafka.createTopics(List.of("sales"), 1);
      send(kafka, "second");
      assertThat(read(kafka, 2)).containsExactly("first", "second");
    }
  }

  @Test
  void aBrokerThatWasStoppedComesBackForTheSameClients() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(dir, 0)) {
      kafka.createTopics(List.of("sales"), 1);
      try (KafkaProducer<String, String> producer = producer(kafka)) {
        producer.send(new ProducerRecord<>("sales", "before")).get(30, TimeUnit.SECONDS);
        kafka.stop();
        assertThat(kafka.isRunning()).isFalse();
        // A producer whose brokers are all gone may forget its topics; then send() itself waits.
        CompletableFuture<Void> meanwhile =
            CompletableFuture.runAsync(() -> sendAndWait(producer, "meanwhile"));
        kafka.start();
        meanwhile.get(90, TimeUnit.SECONDS);
      }
      assertThat(read(kafka, 2)).containsExactly("before", "meanwhile");
    }
  }

  @Test
  void aTopicWithAnotherNumberOfPartitionsIsRefused() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(dir, 0)) {
      kafka.createTopics(List.of("sales"), 4);
      assertThatThrownBy(() -> kafka.createTopics(List.of("sales"), 2))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Topic sales has 4 partitions, not 2");
    }
  }

  private static void send(EmbeddedKafka kafka, String value) throws Exception {
    try (KafkaProducer<String, String> producer = producer(kafka)) {
      producer.send(new ProducerRecord<>("sales", value)).get(30, TimeUnit.SECONDS);
    }
  }

  private static void sendAndWait(KafkaProducer<String, String> producer, String value) {
    try {
      producer.send(new ProducerRecord<>("sales", value)).get(60, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      throw new IllegalStateException("The record was not taken", e);
    }
  }

  private static KafkaProducer<String, String> producer(EmbeddedKafka kafka) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", kafka.bootstrapServers()),
        new StringSerializer(),
        new StringSerializer());
  }

  private static List<String> read(EmbeddedKafka kafka, int count) {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(new TopicPartition("sales", 0)));
      long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (values.size() < count && System.nanoTime() < until) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }
}
