package dev.tributary.jobs;

import dev.tributary.runtime.lake.CutReader;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.flink.CatalogLoader;

/**
 * Starts the job on the cluster that runs this code: what the main of the cluster's jar does. The
 * state that the job goes on from is named to Flink when it is submitted, not here.
 */
public final class ClusterLauncher {

  private ClusterLauncher() {}

  /**
   * Puts the job together and hands it to Flink.
   *
   * @throws IllegalArgumentException when the settings do not fit the cluster or the lake
   * @throws IllegalStateException when the catalog does not answer as it should
   */
  public static void launch(ClusterSettings settings) throws Exception {
    Policy policy =
        settings.policyText() == null
            ? Policy.shipped()
            : Policy.parse(settings.policyText(), "the policy that was sent");
    CatalogLoader loader =
        JobDefinition.catalogLoader(settings.catalogUri(), settings.catalogProperties());
    StreamExecutionEnvironment env = define(settings, policy, loader);
    env.execute(JobDefinition.NAME);
  }

  private static StreamExecutionEnvironment define(
      ClusterSettings settings, Policy policy, CatalogLoader loader) {
    Catalog catalog = open(loader, settings.catalogUri());
    try {
      long epoch = Math.max(new CutReader(catalog).nextEpoch(), settings.aboveEpoch() + 1);
      StreamExecutionEnvironment env =
          StreamExecutionEnvironment.getExecutionEnvironment(configuration(settings, epoch));
      requireStateDir(env);
      env.setParallelism(settings.parallelism());
      new JobDefinition(settings.bootstrapServers(), loader, settings.mode(), policy)
          .define(env, catalog, epoch);
      return env;
    } finally {
      JobLauncher.close(catalog);
    }
  }

  private static Catalog open(CatalogLoader loader, String uri) {
    try {
      Catalog catalog = loader.loadCatalog();
      LakeLayout.tables().createMissing(catalog);
      return catalog;
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "the catalog at %s, asked from the cluster: %s. Check --catalog and --catalog-property"
              .formatted(uri, e.getMessage()),
          e);
    }
  }

  private static Configuration configuration(ClusterSettings settings, long epoch) {
    Configuration configuration =
        JobDefinition.configuration(
            settings.mode(), epoch, settings.checkpointInterval(), settings.stateBackend());
    if (settings.stateDir() != null) {
      String root = settings.stateDir().replaceAll("/+$", "");
      configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, root + "/checkpoints");
      // Whoever asks Flink for a savepoint has to name the place; the job's own setting is not
      // read.
      Map<String, String> parameters =
          new HashMap<>(configuration.get(PipelineOptions.GLOBAL_JOB_PARAMETERS));
      parameters.put(JobDefinition.SAVEPOINTS, root + "/savepoints");
      configuration.set(PipelineOptions.GLOBAL_JOB_PARAMETERS, parameters);
    }
    return configuration;
  }

  /** Without one, Flink keeps checkpoints in memory and the job could never go on from them. */
  private static void requireStateDir(StreamExecutionEnvironment env) {
    if (env.getConfiguration().getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY).isEmpty()) {
      throw new IllegalArgumentException(
          "there is no folder for checkpoints: the cluster sets no %s; name one with --state-dir"
              .formatted(CheckpointingOptions.CHECKPOINTS_DIRECTORY.key()));
    }
  }
}
