package dev.tributary.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.EmbeddedKafka;
import dev.tributary.events.BusinessDayClosed;
import dev.tributary.ingestion.cli.ImportCommand;
import dev.tributary.ingestion.sampleyear.Arrivals;
import dev.tributary.ingestion.sampleyear.SampleYear;
import dev.tributary.schemas.Decoded;
import dev.tributary.schemas.EventCatalog;
import dev.tributary.schemas.EventType;
import dev.tributary.schemas.WireFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KafkaEventSenderIT {

  private static final int PARTITIONS = 2;

  @TempDir private static Path folder;
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void startKafka() {
    kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
    kafka.createTopics(EventCatalog.load().topics(), PARTITIONS);
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @Test
  void everyEventArrivesOnItsTopicInOrderPerSubject() {
    List<SpecificRecord> events = new ArrayList<>();
    try (KafkaEventSender sender = new KafkaEventSender(kafka.bootstrapServers())) {
      Arrivals.of(
              SampleYear.of(11, 0.001).during(LocalDate.of(2025, 1, 1), 28), sender.partitions())
          .values()
          .forEach(events::addAll);
      sender.sendAll(events);
      sender.flush();
      assertThat(sender.sent()).isEqualTo(events.size());
    }

    EventCatalog catalog = EventCatalog.load();
    Map<String, List<String>> sent = new HashMap<>();
    for (SpecificRecord event : events) {
      String place =
          event instanceof BusinessDayClosed close
              ? close.getPartition().replaceFirst("-[0-9]+$", "") + "/" + close.getPartition()
              : catalog.typeOf(event).topic() + "/" + catalog.typeOf(event).keyOf(event);
      sent.computeIfAbsent(place, k -> new ArrayList<>())
          .add(EventType.envelopeOf(event).getEventId());
    }

    Map<String, List<String>> received = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : read("meridian")) {
      SpecificRecord event = event(record);
      String key;
      if (event instanceof BusinessDayClosed close) {
        assertThat(close.getPartition()).isEqualTo(record.topic() + "-" + record.partition());
        key = close.getPartition();
      } else {
        key = new String(record.key(), StandardCharsets.UTF_8);
      }

      received
          .computeIfAbsent(record.topic() + "/" + key, k -> new ArrayList<>())
          .add(EventType.envelopeOf(event).getEventId());
    }

    assertThat(received).isEqualTo(sent);
  }

  @Test
  void anImportSendsGoodRowsRejectedOnesAndCloses() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("payments.csv"),
            """
            number,customer,paid,sum
            1,c1,2026-03-09,10
            2,c1,2026-03-10,-5
            3,c2,2026-03-11,7
            """);
    Path mapping =
        Files.writeString(
            folder.resolve("payments.yaml"),
            """
            event: PaymentReceived
            company: harbour
            zone: Asia/Shanghai
            currency: CNY
            key: [number]
            columns: {number: payment_id, customer: customer_id, paid: received_on, sum: amount}
            """);
    StringWriter out = new StringWriter();

    int exit =
        new CommandLine(new ImportCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(new StringWriter(), true))
            .execute(
                "--bootstrap",
                kafka.bootstrapServers(),
                "--phone-key",
                folder.resolve("phone.key").toString(),
                "--mapping",
                mapping.toString(),
                "--close",
                file.toString());

    assertThat(exit).isEqualTo(1);
    assertThat(out.toString()).contains("accepted 2, rejected 1", "negative_amount 1");
    assertThat(read("harbour").stream().map(KafkaEventSenderIT::event))
        .extracting(event -> EventType.envelopeOf(event).getEventId())
        .filteredOn(id -> !id.startsWith("rejected:"))
        .contains(
            "harbour:PaymentReceived:1",
            "harbour:PaymentReceived:3",
            "close:harbour:2026-03-09:sales-1",
            "close:harbour:2026-03-11:rejected-0")
        .hasSize(2 + 2 * PARTITIONS * EventCatalog.load().topics().size());
    assertThat(read("harbour"))
        .filteredOn(record -> record.topic().equals("rejected"))
        .filteredOn(record -> !(event(record) instanceof BusinessDayClosed))
        .hasSize(1);
  }

  private static SpecificRecord event(ConsumerRecord<byte[], byte[]> record) {
    Decoded decoded = new WireFormat().decode(record.value(), record.topic(), record.timestamp());
    assertThat(decoded).isInstanceOf(Decoded.Event.class);
    return ((Decoded.Event) decoded).record();
  }

  /** Every record of a company, per partition in its order. */
  private static List<ConsumerRecord<byte[], byte[]>> read(String company) {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers", kafka.bootstrapServers(),
            "key.deserializer", ByteArrayDeserializer.class.getName(),
            "value.deserializer", ByteArrayDeserializer.class.getName());
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties)) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic : EventCatalog.load().topics()) {
        for (int i = 0; i < PARTITIONS; i++) {
          partitions.add(new TopicPartition(topic, i));
        }
      }

      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }

      records.removeIf(record -> !EventType.envelopeOf(event(record)).getCompany().equals(company));
      records.sort(
          Comparator.comparing((ConsumerRecord<byte[], byte[]> r) -> r.topic())
              .thenComparingInt(ConsumerRecord::partition)
              .thenComparingLong(ConsumerRecord::offset));
      return records;
    }
  }
}
