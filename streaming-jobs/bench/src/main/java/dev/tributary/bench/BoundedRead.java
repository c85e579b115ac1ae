package dev.tributary.bench;

import dev.tributary.jobs.JobDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A bounded reading of the stream, set up as the job is: what differs is only what is done. */
final class BoundedRead {

  private BoundedRead() {}

  static StreamExecutionEnvironment environment(
      Path stateDir, int parallelism, Duration checkpointInterval) {
    return environment(stateDir, parallelism, checkpointInterval, "heap");
  }

  static StreamExecutionEnvironment environment(
      Path stateDir, int parallelism, Duration checkpointInterval, String stateBackend) {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
    configuration.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    configuration.set(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS, 1);
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, stateDir.toUri().toString());
    JobDefinition.keepState(configuration, stateBackend);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
    env.setMaxParallelism(128);
    return env;
  }

  static <T> DataStream<T> records(
      StreamExecutionEnvironment env,
      Broker broker,
      KafkaRecordDeserializationSchema<T> deserializer) {
    KafkaSource<T> source =
        KafkaSource.<T>builder()
            .setBootstrapServers(broker.bootstrapServers())
            .setTopics(broker.topics())
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setBounded(OffsetsInitializer.offsets(Map.copyOf(broker.ends())))
            .setDeserializer(deserializer)
            .setProperty("commit.offsets.on.checkpoint", "false")
            .build();
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), "kafka");
  }
}
