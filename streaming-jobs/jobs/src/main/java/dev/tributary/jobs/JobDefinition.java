package dev.tributary.jobs;

import dev.tributary.runtime.lake.Cut;
import dev.tributary.runtime.lake.CutReader;
import dev.tributary.runtime.lake.CutSettings;
import dev.tributary.runtime.lake.LakeSink;
import dev.tributary.runtime.lake.LakeTables;
import dev.tributary.runtime.source.Fact;
import dev.tributary.runtime.source.KafkaInFull;
import dev.tributary.runtime.source.KafkaRecord;
import dev.tributary.runtime.source.KafkaRecords;
import dev.tributary.schemas.EventCatalog;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.kafka.common.TopicPartition;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;

/**
 * What the job is, on whatever cluster: its graph, and how it checkpoints and restarts. Addresses,
 * memory and folders belong to the cluster and are its launcher's.
 */
public final class JobDefinition {

  /** What Flink calls the job. */
  static final String NAME = "tributary";

  /** By these names a job's parameters tell its epoch and its mode to whoever asks Flink. */
  static final String EPOCH = "tributary.epoch";

  static final String MODE = "tributary.mode";

  /** And by this one where its savepoints go, when its cluster has no place for them. */
  static final String SAVEPOINTS = "tributary.savepoints";

  private static final int MAX_PARALLELISM = 128;

  private final String bootstrapServers;
  private final CatalogLoader catalogLoader;
  private final Mode mode;
  private final Policy policy;

  JobDefinition(String bootstrapServers, CatalogLoader catalogLoader, Mode mode, Policy policy) {
    this.bootstrapServers = bootstrapServers;
    this.catalogLoader = catalogLoader;
    this.mode = mode;
    this.policy = policy;
  }

  /** Refuses what the options do not call a state backend. */
  static void requireStateBackend(String name) {
    if (!name.equals("heap") && !name.equals("rocksdb")) {
      throw new IllegalArgumentException(
          "state backend '%s' is not known: use heap or rocksdb".formatted(name));
    }
  }

  /** What holds for the job on every cluster. */
  static Configuration configuration(
      Mode mode, long epoch, Duration checkpointInterval, String stateBackend) {
    Configuration configuration = new Configuration();
    configuration.set(
        PipelineOptions.GLOBAL_JOB_PARAMETERS,
        Map.of(EPOCH, Long.toString(epoch), MODE, mode.word()));
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
    configuration.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
    configuration.set(CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT, Duration.ZERO);
    configuration.set(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS, 1);
    configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 3);
    configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 3);
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    keepState(configuration, stateBackend);
    configuration.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.NO_CLAIM);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofSeconds(1));
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofSeconds(30));
    return configuration;
  }

  /**
   * Says where state is kept.
   *
   * @param stateBackend {@code heap} or {@code rocksdb}
   */
  public static void keepState(Configuration configuration, String stateBackend) {
    configuration.set(
        StateBackendOptions.STATE_BACKEND, stateBackend.equals("heap") ? "hashmap" : "rocksdb");
    // A checkpoint writes what changed; the heap has no such thing and writes all of it every time.
    configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    // Most events are new: without a filter, looking for an earlier version reads the disk.
    configuration.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
    // Nearly everything is written once: by levels, two fifths of the time went into compaction.
    configuration.set(RocksDBConfigurableOptions.COMPACTION_STYLE, CompactionStyle.UNIVERSAL);
    // What is read and written this often costs more to compress than it takes on a disk.
    configuration.set(
        RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL, List.of(CompressionType.NO_COMPRESSION));
    configuration.set(RocksDBOptions.OPTIONS_FACTORY, RocksDbTuning.class.getName());
  }

  /** The way to the REST catalog at an address. */
  static CatalogLoader catalogLoader(String uri, Map<String, String> more) {
    Map<String, String> properties = new HashMap<>();
    properties.put("rest-metrics-reporting-enabled", "false");
    properties.put("client.pool.cache.eviction-interval-ms", "300000");
    properties.putAll(more);
    properties.put("uri", uri);
    return CatalogLoader.rest("lake", new org.apache.hadoop.conf.Configuration(), properties);
  }

  /**
   * Puts the whole job into an environment.
   *
   * @param catalog the loader's, with every table
   * @throws IllegalArgumentException when checkpoints would make no cuts, or when there is nothing
   *     to rebuild from
   */
  void define(StreamExecutionEnvironment env, Catalog catalog, long epoch) {
    requireCheckpointsThatCut(env.getConfiguration());
    LakeTables tables = LakeLayout.tables();
    String fingerprint = fingerprint(policy);
    if (mode == Mode.LIVE) {
      assemble(
          kafka(env, bootstrapServers, Map.of()),
          Optional.empty(),
          policy,
          tables,
          catalogLoader,
          CutSettings.live(epoch, fingerprint));
      return;
    }

    CutReader reader = new CutReader(catalog);
    Cut head =
        reader
            .newest()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "there is no cut to rebuild from: start the live job first"));
    RawReplay replay = new RawReplay(catalogLoader, tables, head.cut());
    long rows = replay.count(reader);
    assemble(
        kafka(env, bootstrapServers, head.offsets()),
        Optional.of(replay.facts(env, catalog)),
        policy,
        tables,
        catalogLoader,
        mode == Mode.REBUILD
            ? CutSettings.rebuild(epoch, fingerprint, head.cut(), rows)
            : CutSettings.whatIf(epoch, fingerprint, head.cut(), rows));
  }

  /**
   * What holds in the end, whoever set it: a barrier that overtakes lines, or is overtaken, makes a
   * cut whose ledgers do not agree.
   */
  private static void requireCheckpointsThatCut(ReadableConfig effective) {
    if (effective.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL).isEmpty()) {
      throw new IllegalArgumentException(
          "%s is not set, and without checkpoints there are no cuts: set it"
              .formatted(CheckpointingOptions.CHECKPOINTING_INTERVAL.key()));
    }
    require(
        effective,
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
        CheckpointingMode.EXACTLY_ONCE);
    require(effective, CheckpointingOptions.ENABLE_UNALIGNED, false);
    require(effective, CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT, Duration.ZERO);
    require(effective, CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS, 1);
  }

  private static <T> void require(ReadableConfig effective, ConfigOption<T> option, T wanted) {
    T found = effective.get(option);
    if (!wanted.equals(found)) {
      throw new IllegalArgumentException(
          "%s is %s, but a cut needs it to be %s: remove what sets it"
              .formatted(option.key(), found, wanted));
    }
  }

  /** Everything from the records to the published cuts. */
  static void assemble(
      DataStream<KafkaRecord> records,
      Optional<DataStream<Fact>> replay,
      Policy policy,
      LakeTables tables,
      CatalogLoader catalogLoader,
      CutSettings cuts) {
    new TributaryGraph(cuts.epoch(), tables, policy)
        .build(records, replay)
        .sinkTo(new LakeSink(catalogLoader, tables, cuts.withPolicy(policy.values())))
        .name("lake")
        .uid("lake");
  }

  static String fingerprint(Policy policy) {
    return "policy=%s receivables=%s promotions=%s credit=%s attribution=%s"
        .formatted(
            policy.fingerprint(),
            new Folds.Receivables().fold().version(),
            Folds.promotions(policy).fold().version(),
            Folds.credit(policy).fold().version(),
            Folds.attribution(policy).fold().version());
  }

  static DataStream<KafkaRecord> kafka(
      StreamExecutionEnvironment env, String bootstrapServers, Map<String, Long> offsets) {
    KafkaSource<KafkaRecord> source =
        KafkaSource.<KafkaRecord>builder()
            .setBootstrapServers(bootstrapServers)
            .setTopics(EventCatalog.load().topics())
            .setClientIdPrefix("tributary")
            .setStartingOffsets(new Restart(byPartition(offsets)))
            .setDeserializer(new KafkaRecords())
            .setProperty("partition.discovery.interval.ms", "10000")
            .setProperty("commit.offsets.on.checkpoint", "false")
            .setProperty("isolation.level", "read_committed")
            .build();
    return env.fromSource(
            new KafkaInFull(source, bootstrapServers), WatermarkStrategy.noWatermarks(), "kafka")
        .uid("kafka");
  }

  /** Offsets of partitions that cuts name as {@code topic-number}, for the client. */
  static Map<TopicPartition, Long> byPartition(Map<String, Long> offsets) {
    Map<TopicPartition, Long> byPartition = new HashMap<>();
    offsets.forEach(
        (partition, offset) -> {
          int dash = partition.lastIndexOf('-');
          byPartition.put(
              new TopicPartition(
                  partition.substring(0, dash), Integer.parseInt(partition.substring(dash + 1))),
              offset);
        });
    return byPartition;
  }
}
