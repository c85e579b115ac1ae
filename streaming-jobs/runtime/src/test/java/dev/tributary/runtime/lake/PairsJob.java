package dev.tributary.runtime.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A running job that reads 0, 1, 2 … and posts them as pairs; ends when cancelled or refused. */
final class PairsJob {

  /** Longer than a busy machine takes for anything here. */
  private static final long MINUTES = 3;

  private static final Duration CHECKPOINT_INTERVAL = Duration.ofMillis(250);

  private final JobClient client;
  private final Path checkpoints;

  private PairsJob(JobClient client, Path checkpoints) {
    this.client = client;
    this.checkpoints = checkpoints;
  }

  /** How a job is started. */
  record Setup(
      FaultyCatalogLoader catalog,
      Faults.Handle faults,
      Path directory,
      CutSettings settings,
      int parallelism,
      long numbers,
      double perSecond,
      Map<String, Long> replayedOffsets,
      String restoreFrom) {

    Setup from(String state) {
      return new Setup(
          catalog,
          faults,
          directory,
          settings,
          parallelism,
          numbers,
          perSecond,
          replayedOffsets,
          state);
    }

    Setup parallelism(int other) {
      return new Setup(
          catalog,
          faults,
          directory,
          settings,
          other,
          numbers,
          perSecond,
          replayedOffsets,
          restoreFrom);
    }

    Setup numbers(long other) {
      return new Setup(
          catalog,
          faults,
          directory,
          settings,
          parallelism,
          other,
          perSecond,
          replayedOffsets,
          restoreFrom);
    }

    Setup perSecond(double other) {
      return new Setup(
          catalog,
          faults,
          directory,
          settings,
          parallelism,
          numbers,
          other,
          replayedOffsets,
          restoreFrom);
    }

    Setup replaying(Map<String, Long> offsets) {
      return new Setup(
          catalog,
          faults,
          directory,
          settings,
          parallelism,
          numbers,
          perSecond,
          offsets,
          restoreFrom);
    }

    PairsJob start() throws Exception {
      Path checkpoints = Files.createTempDirectory(directory, "epoch-" + settings.epoch() + "-");
      StreamExecutionEnvironment environment =
          StreamExecutionEnvironment.getExecutionEnvironment(configuration(checkpoints));
      environment.setParallelism(parallelism);
      environment
          .fromSource(
              new DataGeneratorSource<>(
                  index -> index,
                  numbers,
                  rate(perSecond, settings.epoch(), faults),
                  BasicTypeInfo.LONG_TYPE_INFO),
              WatermarkStrategy.noWatermarks(),
              "numbers")
          .uid("numbers")
          .setParallelism(1)
          .keyBy(PairsLake::partitionOf)
          .transform(
              "split-pairs",
              new LakeRowTypeInfo(PairsLake.TABLES),
              new SplitPairs(settings.epoch(), replayedOffsets, faults))
          .uid("split-pairs")
          .sinkTo(new LakeSink(catalog, PairsLake.TABLES, settings))
          .name("lake")
          .uid("lake");
      return new PairsJob(environment.executeAsync("pairs " + settings.epoch()), checkpoints);
    }

    private static RateLimiterStrategy rate(double perSecond, long epoch, Faults.Handle faults) {
      return parallelism -> {
        RateLimiter limiter =
            RateLimiterStrategy.perSecond(perSecond).createRateLimiter(parallelism);
        return () -> limiter.acquire().thenCompose(ready -> faults.get().beforeNumber(epoch));
      };
    }

    private Configuration configuration(Path checkpoints) {
      Configuration configuration = new Configuration();
      configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
      configuration.set(
          CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
      configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
      configuration.set(
          CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
          ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
      configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 10);
      configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
      configuration.set(
          RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
      configuration.set(
          RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
      configuration.set(PipelineOptions.GENERIC_TYPES, false);
      configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
      if (restoreFrom != null) {
        configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, restoreFrom);
      }
      return configuration;
    }
  }

  /** Stops the job where it stands and returns its newest complete checkpoint. */
  String kill() throws Exception {
    client.cancel().get(MINUTES, TimeUnit.MINUTES);
    awaitEnd();
    return newestCheckpoint();
  }

  String savepoint() throws Exception {
    return client
        .triggerSavepoint(checkpoints.toUri() + "/savepoint", SavepointFormatType.CANONICAL)
        .get(MINUTES, TimeUnit.MINUTES);
  }

  String stopWithSavepoint() throws Exception {
    return client
        .stopWithSavepoint(false, checkpoints.toUri() + "/savepoint", SavepointFormatType.CANONICAL)
        .get(MINUTES, TimeUnit.MINUTES);
  }

  JobStatus status() {
    try {
      return client.getJobStatus().get(MINUTES, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits for the job to end by itself and returns what ended it; null when it finished. */
  Throwable awaitEnd() throws Exception {
    try {
      client.getJobExecutionResult().get(MINUTES, TimeUnit.MINUTES);
      return null;
    } catch (ExecutionException e) {
      return e;
    }
  }

  String newestCheckpoint() {
    try (Stream<Path> files = Files.walk(checkpoints)) {
      return files
          .filter(file -> file.endsWith("_metadata") && file.toString().contains("chk-"))
          .max(Comparator.comparingLong(PairsJob::checkpointId))
          .map(file -> file.getParent().toUri().toString())
          .orElseThrow(() -> new IllegalStateException("no checkpoint in " + checkpoints));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long completedCheckpoint() {
    try (Stream<Path> files = Files.walk(checkpoints)) {
      return files
          .filter(file -> file.endsWith("_metadata") && file.toString().contains("chk-"))
          .mapToLong(PairsJob::checkpointId)
          .max()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) {
      return 0; // Checkpoints come and go while the directory is listed.
    }
  }

  private static long checkpointId(Path metadata) {
    return Long.parseLong(metadata.getParent().getFileName().toString().substring("chk-".length()));
  }
}
