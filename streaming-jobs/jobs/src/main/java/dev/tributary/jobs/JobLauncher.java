package dev.tributary.jobs;

import dev.tributary.runtime.lake.CutReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.client.deployment.executors.LocalExecutor;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.flink.CatalogLoader;

/** Starts the job in this process, where it left off, or anew beside what is there. */
public final class JobLauncher {

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
    JobDefinition job =
        new JobDefinition(settings.bootstrapServers(), catalogLoader, settings.mode(), policy);
    StateDir stateDir = new StateDir(settings.stateDir());
    Catalog catalog = catalogLoader.loadCatalog();
    try {
      LakeLayout.tables().createMissing(catalog);
      CutReader reader = new CutReader(catalog);
      long epoch = Math.max(reader.nextEpoch(), stateDir.nextEpoch());

      Configuration configuration = configuration(settings, stateDir, epoch);
      Optional<Path> restored = restoredFrom(settings, stateDir, reader);
      restored.ifPresent(
          path -> {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, path.toUri().toString());
            // A rebuild's may know the sources that read raw, which a live job does not have.
            configuration.set(
                StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, StateDir.isOfRebuild(path));
          });
      stateDir.begin(epoch, settings.mode());

      LocalCluster cluster = new LocalCluster();
      StreamExecutionEnvironment env =
          new StreamExecutionEnvironment(
              cluster, configuration, JobLauncher.class.getClassLoader());
      env.setParallelism(settings.parallelism());
      job.define(env, catalog, epoch);
      JobClient client = env.executeAsync(JobDefinition.NAME);
      return new LocalJob(epoch, client, cluster.rest(), stateDir.savepoints(epoch));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the job could not be started: " + e.getMessage(), e);
    } finally {
      close(catalog);
    }
  }

  /** The way to the REST catalog at an address. */
  public static CatalogLoader catalogLoader(String uri) {
    return JobDefinition.catalogLoader(uri, Map.of());
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

  static Configuration configuration(JobSettings settings, StateDir stateDir, long epoch) {
    Configuration configuration =
        JobDefinition.configuration(
            settings.mode(), epoch, settings.checkpointInterval(), settings.stateBackend());
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
    // Iceberg's shared threads outlive a job and would fail the next one in the same process.
    configuration.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, stateDir.checkpoints(epoch).toUri().toString());
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
    return configuration;
  }

  static void close(Catalog catalog) {
    if (catalog instanceof Closeable closeable) {
      try {
        closeable.close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot close the catalog", e);
      }
    }
  }
}
