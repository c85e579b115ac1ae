package dev.tributary.jobs;

import dev.tributary.runtime.lake.Cut;
import dev.tributary.runtime.lake.CutReader;
import dev.tributary.runtime.lake.CutSettings;
import dev.tributary.runtime.lake.LakeSink;
import dev.tributary.runtime.lake.LakeTables;
import dev.tributary.runtime.source.KafkaRecord;
import dev.tributary.runtime.source.KafkaRecords;
import dev.tributary.schemas.EventCatalog;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.client.deployment.executors.LocalExecutor;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.kafka.common.TopicPartition;
import org.rocksdb.CompactionStyle;

/** Starts the job where it left off, or anew beside what is there. */
public final class JobLauncher {

  static final int MAX_PARALLELISM = 128;
  private static final String LOOPBACK = "127.0.0.1";

  private JobLauncher() {}

  /**
   * Starts the job in this process.
   *
   * @throws IllegalArgumentException when settings or policy are wrong; the message says how
   */
  public static RunningJob launch(JobSettings settings) {
    return launch(settings, catalogLoader(settings.catalogUri()));
  }

  /** The same with another way to the catalog. */
  static RunningJob launch(JobSettings settings, CatalogLoader catalogLoader) {
    Policy policy =
        settings.policyFile() == null ? Policy.shipped() : Policy.read(settings.policyFile());
    StateDir stateDir = new StateDir(settings.stateDir());
    LakeTables tables = LakeLayout.tables();
    Catalog catalog = catalogLoader.loadCatalog();
    try {
      tables.createMissing(catalog);
      CutReader reader = new CutReader(catalog);
      Optional<Cut> head = reader.newest();
      long epoch = Math.max(reader.nextEpoch(), stateDir.nextEpoch());
      String fingerprint = fingerprint(policy);

      Configuration configuration = configuration(settings, stateDir, epoch);
      Optional<Path> restored = restoredFrom(settings, stateDir, reader);
      restored.ifPresent(
          path -> configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, path.toUri().toString()));
      stateDir.begin(epoch, settings.mode());

      LocalCluster cluster = new LocalCluster();
      StreamExecutionEnvironment env =
          new StreamExecutionEnvironment(
              cluster, configuration, JobLauncher.class.getClassLoader());
      env.setParallelism(settings.parallelism());
      env.setMaxParallelism(MAX_PARALLELISM);
      DataStream<KafkaRecord> records;
      CutSettings cuts;
      if (settings.mode() == Mode.LIVE) {
        cuts = CutSettings.live(epoch, fingerprint);
        records = kafka(env, settings, Map.of());
      } else {
        long from =
            head.map(Cut::cut)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "there is no cut to rebuild from: start the job with up first"));
        RawReplay replay = new RawReplay(catalogLoader, tables, from);
        long rows = replay.count(reader);
        cuts =
            settings.mode() == Mode.REBUILD
                ? CutSettings.rebuild(epoch, fingerprint, from, rows)
                : CutSettings.whatIf(epoch, fingerprint, from, rows);
        records = replay.records(env, catalog).union(kafka(env, settings, head.get().offsets()));
      }

      assemble(records, policy, tables, catalogLoader, cuts);
      JobClient client = env.executeAsync("tributary");
      return new LocalJob(epoch, client, cluster.rest(), stateDir.savepoints(epoch));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the job could not be started: " + e.getMessage(), e);
    } finally {
      close(catalog);
    }
  }

  /** Everything from the records to the published cuts. */
  static void assemble(
      DataStream<KafkaRecord> records,
      Policy policy,
      LakeTables tables,
      CatalogLoader catalogLoader,
      CutSettings cuts) {
    new TributaryGraph(cuts.epoch(), tables, policy)
        .build(records)
        .sinkTo(new LakeSink(catalogLoader, tables, cuts.withPolicy(policy.values())))
        .name("lake")
        .uid("lake");
  }

  /** The way to the REST catalog at an address. */
  public static CatalogLoader catalogLoader(String uri) {
    Map<String, String> properties = new HashMap<>();
    properties.put("uri", uri);
    properties.put("rest-metrics-reporting-enabled", "false");
    properties.put("client.pool.cache.eviction-interval-ms", "300000");
    return CatalogLoader.rest("lake", new org.apache.hadoop.conf.Configuration(), properties);
  }

  static String fingerprint(Policy policy) {
    return "policy=%s receivables=%s promotions=%s"
        .formatted(
            policy.fingerprint(),
            new Folds.Receivables().fold().version(),
            Folds.promotions(policy).fold().version());
  }

  private static Optional<Path> restoredFrom(
      JobSettings settings, StateDir stateDir, CutReader reader) {
    if (settings.mode() != Mode.LIVE) {
      return Optional.empty();
    }

    if (settings.restoreFrom() != null) {
      return Optional.of(settings.restoreFrom());
    }

    return stateDir.newest(epoch -> reader.live().stream().anyMatch(cut -> cut.epoch() == epoch));
  }

  static DataStream<KafkaRecord> kafka(
      StreamExecutionEnvironment env, JobSettings settings, Map<String, Long> offsets) {
    KafkaSource<KafkaRecord> source =
        KafkaSource.<KafkaRecord>builder()
            .setBootstrapServers(settings.bootstrapServers())
            .setTopics(EventCatalog.load().topics())
            .setClientIdPrefix("tributary")
            .setStartingOffsets(new Restart(byPartition(offsets)))
            .setDeserializer(new KafkaRecords())
            .setProperty("partition.discovery.interval.ms", "10000")
            .setProperty("commit.offsets.on.checkpoint", "false")
            .setProperty("isolation.level", "read_committed")
            .build();
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), "kafka").uid("kafka");
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

  static Configuration configuration(JobSettings settings, StateDir stateDir, long epoch) {
    Configuration configuration = new Configuration();
    configuration.set(DeploymentOptions.TARGET, LocalExecutor.NAME);
    configuration.set(DeploymentOptions.ATTACHED, true);
    // Flink asks for no password, so nothing of it may be reached from another machine.
    configuration.set(RestOptions.ADDRESS, LOOPBACK);
    configuration.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(JobManagerOptions.BIND_HOST, LOOPBACK);
    configuration.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
    configuration.set(WebOptions.SUBMIT_ENABLE, false);
    configuration.set(WebOptions.MAX_EXCEPTION_HISTORY_SIZE, 64);
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    // Iceberg's shared threads outlive a job and would fail the next one in the same process.
    configuration.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, settings.checkpointInterval());
    configuration.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
    configuration.set(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS, 1);
    configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 3);
    configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 3);
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, stateDir.checkpoints(epoch).toUri().toString());
    configuration.set(
        StateBackendOptions.STATE_BACKEND,
        settings.stateBackend().equals("heap") ? "hashmap" : "rocksdb");
    // A checkpoint writes what changed; the heap has no such thing and writes all of it every time.
    configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    // Most events are new: without a filter, looking for an earlier version reads the disk.
    configuration.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
    // Nearly everything is written once: by levels, two fifths of the time went into compaction.
    configuration.set(RocksDBConfigurableOptions.COMPACTION_STYLE, CompactionStyle.UNIVERSAL);
    configuration.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.NO_CLAIM);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofSeconds(1));
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofSeconds(30));
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
    return configuration;
  }

  private static void close(Catalog catalog) {
    if (catalog instanceof Closeable closeable) {
      try {
        closeable.close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot close the catalog", e);
      }
    }
  }
}
