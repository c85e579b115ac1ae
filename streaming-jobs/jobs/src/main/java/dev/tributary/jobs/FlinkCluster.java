package dev.tributary.jobs;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.rest.messages.DashboardConfiguration;
import org.apache.flink.runtime.rest.messages.DashboardConfigurationHeaders;
import org.apache.flink.runtime.rest.messages.EmptyMessageParameters;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.JobConfigHeaders;
import org.apache.flink.runtime.rest.messages.JobConfigInfo;
import org.apache.flink.runtime.rest.messages.JobExceptionsHeaders;
import org.apache.flink.runtime.rest.messages.JobExceptionsInfoWithHistory;
import org.apache.flink.runtime.rest.messages.JobMessageParameters;
import org.apache.flink.runtime.rest.messages.JobsOverviewHeaders;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointStatistics;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatistics;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatisticsHeaders;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.apache.flink.runtime.rest.messages.job.JobExceptionsMessageParameters;
import org.apache.flink.runtime.rest.messages.job.metrics.JobMetricsHeaders;
import org.apache.flink.runtime.rest.messages.job.metrics.JobMetricsMessageParameters;
import org.apache.flink.runtime.rest.messages.job.metrics.Metric;

/**
 * A Flink cluster, through its REST address. Any Flink 2 answers; no job of ours need run there.
 */
public final class FlinkCluster implements AutoCloseable {

  private static final String RESTARTS = "numRestarts";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final URI rest;
  private final RestClusterClient<String> client;

  private FlinkCluster(URI rest, RestClusterClient<String> client) {
    this.rest = rest;
    this.client = client;
  }

  /**
   * The cluster at an address as {@code http://host:port}.
   *
   * @throws IllegalArgumentException when the address is not one
   */
  public static FlinkCluster at(URI rest) {
    if (rest.getHost() == null) {
      throw new IllegalArgumentException(
          "'%s' is not an address: give it as http://host:port".formatted(rest));
    }

    boolean secure = "https".equals(rest.getScheme());
    int usual = secure ? 443 : 80;
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, rest.getHost());
    configuration.set(RestOptions.PORT, rest.getPort() < 0 ? usual : rest.getPort());
    configuration.set(SecurityOptions.SSL_REST_ENABLED, secure);
    configuration.set(RestOptions.RETRY_MAX_ATTEMPTS, 1);
    configuration.set(RestOptions.RETRY_DELAY, Duration.ofMillis(500));
    configuration.set(RestOptions.CONNECTION_TIMEOUT, Duration.ofSeconds(5));
    try {
      return new FlinkCluster(rest, new RestClusterClient<>(configuration, rest.toString()));
    } catch (Exception e) {
      throw new IllegalStateException("cannot reach Flink at " + rest + ": " + e.getMessage(), e);
    }
  }

  /**
   * A job on the cluster.
   *
   * @param id Flink's, 32 hex characters
   * @param state as Flink names it, such as {@code RUNNING}
   * @param endedAt null before its end
   */
  public record Job(String id, String name, String state, Instant startedAt, Instant endedAt) {

    /** Whether it will do nothing more. */
    boolean hasEnded() {
      return isTheLast(state);
    }
  }

  /**
   * A checkpoint or savepoint.
   *
   * @param ofRebuild whether it may know the sources that read raw, which a live job does not have
   */
  record State(String path, boolean ofRebuild) {}

  /**
   * How far a job has come.
   *
   * @param tasks how many of its tasks are in which state, as Flink names them
   */
  record Progress(String state, Map<String, Integer> tasks) {

    /**
     * Whether every task has its state back and reads, or has already read all there was, as those
     * that read raw back do.
     */
    boolean isRunning() {
      return state.equals(JobStatus.RUNNING.name())
          && tasks.containsKey(ExecutionState.RUNNING.name())
          && Set.of(ExecutionState.RUNNING.name(), ExecutionState.FINISHED.name())
              .containsAll(tasks.keySet());
    }

    boolean hasEnded() {
      return isTheLast(state);
    }
  }

  /**
   * The jobs of the cluster, those that ended a while ago included; newest first.
   *
   * @throws IllegalStateException when the cluster does not answer
   */
  public List<Job> jobs() {
    return answer(
            client.sendRequest(
                JobsOverviewHeaders.getInstance(),
                EmptyMessageParameters.getInstance(),
                EmptyRequestBody.getInstance()),
            PATIENCE)
        .getJobs()
        .stream()
        .map(
            job ->
                new Job(
                    job.getJobId().toHexString(),
                    job.getJobName(),
                    job.getStatus().name(),
                    Instant.ofEpochMilli(job.getStartTime()),
                    job.getEndTime() < 0 ? null : Instant.ofEpochMilli(job.getEndTime())))
        .sorted(Comparator.comparing(Job::startedAt).reversed())
        .toList();
  }

  private static boolean isTheLast(String state) {
    return JobStatus.valueOf(state).isGloballyTerminalState();
  }

  /** Where the cluster answers. */
  URI rest() {
    return rest;
  }

  /** What the cluster says of itself: its version, and whether it takes jars. */
  DashboardConfiguration configuration() {
    return answer(
        client.sendRequest(
            DashboardConfigurationHeaders.getInstance(),
            EmptyMessageParameters.getInstance(),
            EmptyRequestBody.getInstance()),
        PATIENCE);
  }

  /**
   * Sends a jar and runs its main on the cluster.
   *
   * @param state what the job goes on from; empty for nothing
   * @return the id of the job that it submitted
   * @throws IllegalStateException with the main's own message when it failed
   */
  String run(Path jar, List<String> arguments, Optional<State> state) {
    return new JarUpload(rest).run(jar, arguments, state);
  }

  /** What a job said of itself when it was submitted; nothing before it has begun. */
  Map<String, String> parameters(String jobId) {
    JobConfigInfo.ExecutionConfigInfo known =
        answer(
                client.sendRequest(
                    JobConfigHeaders.getInstance(), of(jobId), EmptyRequestBody.getInstance()),
                PATIENCE)
            .getExecutionConfigInfo();
    return known == null ? Map.of() : known.getGlobalJobParameters();
  }

  /** How far a job has come. */
  Progress progress(String jobId) {
    JobDetailsInfo details = answer(client.getJobDetails(JobID.fromHexString(jobId)), PATIENCE);
    Map<String, Integer> tasks = new TreeMap<>();
    for (JobDetailsInfo.JobVertexDetailsInfo vertex : details.getJobVertexInfos()) {
      vertex
          .getTasksPerState()
          .forEach(
              (state, count) -> {
                if (count > 0) {
                  tasks.merge(state.name(), count, Integer::sum);
                }
              });
    }
    return new Progress(details.getJobStatus().name(), tasks);
  }

  /**
   * What a job that ended can be gone on from: its newest checkpoint or savepoint that still
   * exists, else what it went on from itself.
   */
  Optional<String> newestState(String jobId) {
    CheckpointingStatistics.LatestCheckpoints latest =
        answer(
                client.sendRequest(
                    new CheckpointingStatisticsHeaders(),
                    of(jobId),
                    EmptyRequestBody.getInstance()),
                PATIENCE)
            .getLatestCheckpoints();
    return Stream.of(latest.getCompletedCheckpointStatistics(), latest.getSavepointStatistics())
        .filter(checkpoint -> checkpoint != null && !checkpoint.isDiscarded())
        .filter(checkpoint -> checkpoint.getExternalPath() != null)
        .max(Comparator.comparingLong(CheckpointStatistics::getId))
        .map(CheckpointStatistics.CompletedCheckpointStatistics::getExternalPath)
        .or(
            () ->
                Optional.ofNullable(latest.getRestoredCheckpointStatistics())
                    .map(CheckpointingStatistics.RestoredCheckpointStatistics::getExternalPath));
  }

  private static JobMessageParameters of(String jobId) {
    JobMessageParameters parameters = new JobMessageParameters();
    parameters.jobPathParameter.resolve(JobID.fromHexString(jobId));
    return parameters;
  }

  /** How often Flink restarted a job, up to some seconds ago. */
  public long restarts(String jobId) {
    JobMetricsMessageParameters parameters = new JobMetricsMessageParameters();
    parameters.jobPathParameter.resolve(JobID.fromHexString(jobId));
    parameters.metricsFilterParameter.resolve(List.of(RESTARTS));
    return answer(
            client.sendRequest(
                JobMetricsHeaders.getInstance(), parameters, EmptyRequestBody.getInstance()),
            PATIENCE)
        .getMetrics()
        .stream()
        .filter(metric -> metric.getId().equals(RESTARTS))
        .map(Metric::getValue)
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }

  /** What made a job restart or end, as far as Flink remembers, newest first. */
  public List<JobHealth.Failure> failures(String jobId) {
    JobExceptionsMessageParameters parameters = new JobExceptionsMessageParameters();
    parameters.jobPathParameter.resolve(JobID.fromHexString(jobId));
    List<JobHealth.Failure> failures = new ArrayList<>();
    for (JobExceptionsInfoWithHistory.RootExceptionInfo each :
        answer(
                client.sendRequest(
                    JobExceptionsHeaders.getInstance(), parameters, EmptyRequestBody.getInstance()),
                PATIENCE)
            .getExceptionHistory()
            .getEntries()) {
      failures.add(
          new JobHealth.Failure(
              Instant.ofEpochMilli(each.getTimestamp()), cause(each.getStacktrace())));
    }
    failures.sort(Comparator.comparing(JobHealth.Failure::at).reversed());
    return failures;
  }

  /** What a stack trace began with, without the layers around it. */
  static String cause(String stackTrace) {
    String mark = "Caused by: ";
    int last = stackTrace.lastIndexOf(mark);
    String innermost = last < 0 ? stackTrace : stackTrace.substring(last + mark.length());
    int end = innermost.indexOf("\n\tat ");
    return (end < 0 ? innermost : innermost.substring(0, end)).strip();
  }

  /**
   * Takes a savepoint; the job goes on.
   *
   * @param directory where to, as the cluster sees it; null for the place that the job itself
   *     names, else the cluster's own setting
   * @return where it is
   */
  public String savepoint(String jobId, String directory) {
    return answer(
        client.triggerSavepoint(
            JobID.fromHexString(jobId), place(jobId, directory), SavepointFormatType.CANONICAL),
        Duration.ofMinutes(10));
  }

  /** As {@link #savepoint}, and ends the job with it. */
  public String stop(String jobId, String directory) {
    return answer(
        client.stopWithSavepoint(
            JobID.fromHexString(jobId),
            false,
            place(jobId, directory),
            SavepointFormatType.CANONICAL),
        Duration.ofMinutes(10));
  }

  private String place(String jobId, String directory) {
    return directory == null ? parameters(jobId).get(JobDefinition.SAVEPOINTS) : directory;
  }

  private <T> T answer(CompletableFuture<T> asked, Duration patience) {
    try {
      return asked.get(patience.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable root = root(e);
      throw new IllegalStateException(
          root instanceof ConnectException || root instanceof UnknownHostException
              ? "nothing answers at %s (%s): name Flink's REST port, where its page is"
                  .formatted(rest, firstLine(root))
              : "Flink at %s: %s".formatted(rest, firstLine(root)),
          e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "Flink at %s did not answer within %s s".formatted(rest, patience.toSeconds()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking Flink at " + rest, e);
    }
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String firstLine(Throwable root) {
    String text = root.getMessage() == null ? root.toString() : root.getMessage();
    return cause(text).lines().findFirst().orElse(text);
  }

  @Override
  public void close() {
    client.close();
  }
}
