package dev.tributary.jobs;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a partition from a known offset, or from its beginning. An offset that Kafka deletes before
 * it was read fails the job: going on from another one would lose records silently.
 */
@SuppressWarnings("deprecation") // the connector's interface still names it
record Restart(Map<TopicPartition, Long> known) implements OffsetsInitializer {

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    Map<TopicPartition, Long> offsets = new HashMap<>(retriever.beginningOffsets(partitions));
    offsets.replaceAll((partition, beginning) -> known.getOrDefault(partition, beginning));
    return offsets;
  }

  @Override
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.NONE;
  }
}
