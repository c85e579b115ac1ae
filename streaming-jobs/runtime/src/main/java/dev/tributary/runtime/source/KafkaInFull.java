package dev.tributary.runtime.source;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads Kafka, and refuses to begin where Kafka no longer holds what comes next.
 *
 * <p>The connector fails there, which Flink takes for something that may pass: the job would be
 * restarted for ever. Its readers know where they go on, after a restore as after a failure, before
 * they ask for the first record; so this looks there.
 */
public final class KafkaInFull
    implements Source<KafkaRecord, KafkaPartitionSplit, KafkaSourceEnumState>,
        ResultTypeQueryable<KafkaRecord> {

  private static final long serialVersionUID = 1L;

  private final KafkaSource<KafkaRecord> kafka;
  private final String bootstrapServers;

  /**
   * @param bootstrapServers those of {@code kafka}, which does not tell them
   */
  public KafkaInFull(KafkaSource<KafkaRecord> kafka, String bootstrapServers) {
    this.kafka = kafka;
    this.bootstrapServers = bootstrapServers;
  }

  @Override
  public SourceReader<KafkaRecord, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    return new Reader(kafka.createReader(context), bootstrapServers);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return kafka.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState checkpoint)
      throws IOException {
    return kafka.restoreEnumerator(context, checkpoint);
  }

  @Override
  public Boundedness getBoundedness() {
    return kafka.getBoundedness();
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return kafka.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return kafka.getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<KafkaRecord> getProducedType() {
    return kafka.getProducedType();
  }

  /** The connector's reader behind a look at the log. */
  @SuppressWarnings("try") // Flink closes it, and its readers may be interrupted at that.
  private record Reader(
      SourceReader<KafkaRecord, KafkaPartitionSplit> reader, String bootstrapServers)
      implements SourceReader<KafkaRecord, KafkaPartitionSplit> {

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {
      Map<TopicPartition, Long> next = new HashMap<>();
      for (KafkaPartitionSplit split : splits) {
        if (split.getStartingOffset() >= 0) {
          next.put(split.getTopicPartition(), split.getStartingOffset());
        }
      }
      if (!next.isEmpty()) {
        refuseLost(next);
      }
      reader.addSplits(splits);
    }

    private void refuseLost(Map<TopicPartition, Long> next) {
      try (Admin admin =
          Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
        Map<TopicPartition, Long> begins = offsets(admin, next, OffsetSpec.earliest());
        LostOffsets.refuse(next, begins, offsets(admin, next, OffsetSpec.latest()));
      } catch (ExecutionException e) {
        throw new IllegalStateException(
            "Kafka at %s does not say which offsets it holds of %s: %s"
                .formatted(bootstrapServers, next.keySet(), e.getCause().getMessage()),
            e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while asking Kafka for its offsets", e);
      }
    }

    private static Map<TopicPartition, Long> offsets(
        Admin admin, Map<TopicPartition, Long> partitions, OffsetSpec which)
        throws ExecutionException, InterruptedException {
      Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
      partitions.keySet().forEach(partition -> wanted.put(partition, which));
      Map<TopicPartition, Long> found = new HashMap<>();
      admin
          .listOffsets(wanted)
          .all()
          .get()
          .forEach((partition, offset) -> found.put(partition, offset.offset()));
      return found;
    }

    @Override
    public void start() {
      reader.start();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<KafkaRecord> output) throws Exception {
      return reader.pollNext(output);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return reader.isAvailable();
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
      return reader.snapshotState(checkpoint);
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
      reader.notifyCheckpointComplete(checkpoint);
    }

    @Override
    public void notifyCheckpointAborted(long checkpoint) throws Exception {
      reader.notifyCheckpointAborted(checkpoint);
    }

    @Override
    public void notifyNoMoreSplits() {
      reader.notifyNoMoreSplits();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
      reader.handleSourceEvents(event);
    }

    @Override
    public void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {
      reader.pauseOrResumeSplits(toPause, toResume);
    }

    @Override
    public void close() throws Exception {
      reader.close();
    }
  }
}
