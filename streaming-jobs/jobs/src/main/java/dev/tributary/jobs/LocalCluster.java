package dev.tributary.jobs;

import java.net.URI;
import java.util.stream.Stream;
import org.apache.flink.client.deployment.executors.LocalExecutor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.runtime.minicluster.MiniCluster;

/**
 * The cluster in this process that a job gets for itself. Flink's own local environment is the same
 * and keeps the cluster's address to itself.
 */
final class LocalCluster implements PipelineExecutorServiceLoader, PipelineExecutorFactory {

  private volatile MiniCluster cluster;

  /** Where the cluster answers; after the job was submitted. */
  URI rest() {
    return cluster.getRestAddress().join();
  }

  @Override
  public PipelineExecutorFactory getExecutorFactory(Configuration configuration) {
    return this;
  }

  @Override
  public Stream<String> getExecutorNames() {
    return Stream.of(getName());
  }

  @Override
  public String getName() {
    return LocalExecutor.NAME;
  }

  @Override
  public boolean isCompatibleWith(Configuration configuration) {
    return true;
  }

  @Override
  public PipelineExecutor getExecutor(Configuration configuration) {
    return LocalExecutor.createWithFactory(
        configuration,
        settings -> {
          cluster = new MiniCluster(settings);
          return cluster;
        });
  }
}
