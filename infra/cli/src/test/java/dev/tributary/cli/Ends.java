package dev.tributary.cli;

import dev.tributary.embedded.EmbeddedKafka;
import dev.tributary.schemas.EventCatalog;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Where the topics of events end. */
final class Ends {

  private Ends() {}

  /** The next offset of every partition, by {@code topic-partition}. */
  static Map<String, Long> of(EmbeddedKafka kafka, int partitions)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked =
        EventCatalog.load().topics().stream()
            .flatMap(
                topic ->
                    IntStream.range(0, partitions)
                        .mapToObj(partition -> new TopicPartition(topic, partition)))
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      return admin.listOffsets(asked).all().get().entrySet().stream()
          .collect(
              Collectors.toMap(end -> end.getKey().toString(), end -> end.getValue().offset()));
    }
  }
}
