package dev.tributary.jobs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.flink.runtime.rest.messages.DashboardConfiguration;

/**
 * Brings the job to a Flink cluster: looks at what ran there, sends the jar that holds the job, and
 * stays until it reads or has failed.
 */
public final class ClusterSubmission {

  /** The version of Flink that the jar is made for. */
  private static final String FLINK = "2.1";

  private static final String BUILD = "./mvnw -DskipTests package -pl streaming-jobs/cluster -am";

  /** Flink itself gives up looking for free slots after five minutes. */
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  private static final int SHORTEST_SECRET = 4;
  private static final String REFUSED = "CutRefusedException";

  private final FlinkCluster cluster;
  private final Consumer<String> progress;

  /**
   * @param progress told what happens, line by line
   */
  public ClusterSubmission(FlinkCluster cluster, Consumer<String> progress) {
    this.cluster = cluster;
    this.progress = progress;
  }

  /** A job that runs. */
  public record Submitted(String jobId, long epoch) {}

  /** A job of ours on the cluster, with what it says of itself. */
  record Ours(FlinkCluster.Job job, Mode mode, long epoch) {}

  /**
   * Submits the job and waits until every task runs.
   *
   * @param jar the job with everything that a Flink cluster lacks
   * @param from a checkpoint or savepoint to go on from; null for the newest of the job that ended
   *     last, when the cluster still knows it
   * @throws IllegalArgumentException when the settings contradict each other or the cluster
   * @throws IllegalStateException when the cluster does not answer or the job failed; the message
   *     says why and what to do
   */
  @SuppressWarnings("UnusedException") // Left out on purpose, see there.
  public Submitted submit(Path jar, ClusterSettings settings, String from) {
    if (!Files.isRegularFile(jar)) {
      throw new IllegalArgumentException(
          "the jar of the job, %s, does not exist: build it with %s".formatted(jar, BUILD));
    }
    if (from != null && settings.mode() != Mode.LIVE) {
      throw new IllegalArgumentException(
          "a %s begins with the lake, not with a state: leave out --from"
              .formatted(settings.mode().word()));
    }

    try {
      requireSubmission();
      List<Ours> ours = ours();
      if (settings.mode() == Mode.LIVE) {
        refuseBesideLive(ours);
      }
      Optional<FlinkCluster.State> state = state(ours, settings.mode(), from);
      long taken = ours.stream().mapToLong(Ours::epoch).max().orElse(0);
      progress.accept("Sending %s MB to %s".formatted(megabytes(jar), cluster.rest()));
      String id = run(jar, settings.withEpochAbove(taken), state);
      progress.accept("Submitted as job " + id);
      awaitRunning(id);
      return new Submitted(id, Long.parseLong(cluster.parameters(id).get(JobDefinition.EPOCH)));
    } catch (IllegalStateException e) {
      // What a catalog or a file system says may repeat what it was asked with, and so may causes.
      throw new IllegalStateException(withoutSecrets(e.getMessage(), settings));
    }
  }

  private String run(Path jar, ClusterSettings settings, Optional<FlinkCluster.State> state) {
    try {
      return cluster.run(jar, settings.arguments(), state);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          e.getMessage() + remedy(e.getMessage()).map(remedy -> "\n" + remedy).orElse(""), e);
    }
  }

  private void requireSubmission() {
    DashboardConfiguration configuration = cluster.configuration();
    if (!configuration.getFeatures().isWebSubmitEnabled()) {
      throw new IllegalStateException(
          "Flink at %s takes no jars: start it as a session cluster with web.submit.enable: true"
              .formatted(cluster.rest()));
    }
    if (!configuration.getFlinkVersion().startsWith(FLINK + ".")) {
      progress.accept(
          "The jar is made for Flink %s; this cluster runs %s"
              .formatted(FLINK, configuration.getFlinkVersion()));
    }
  }

  /** Newest first. */
  private List<Ours> ours() {
    return cluster.jobs().stream()
        .filter(job -> job.name().equals(JobDefinition.NAME))
        .flatMap(job -> ours(job).stream())
        .toList();
  }

  /** Flink does not tell the parameters of a job that is about to start, or that never did. */
  private Optional<Ours> ours(FlinkCluster.Job job) {
    Map<String, String> parameters = cluster.parameters(job.id());
    if (parameters.containsKey(JobDefinition.EPOCH)) {
      return Optional.of(
          new Ours(
              job,
              Mode.of(parameters.get(JobDefinition.MODE)),
              Long.parseLong(parameters.get(JobDefinition.EPOCH))));
    }
    return job.hasEnded() ? Optional.empty() : Optional.of(new Ours(job, Mode.LIVE, 0));
  }

  /** A rebuild may have gone live, which Flink does not know. */
  private void refuseBesideLive(List<Ours> ours) {
    ours.stream()
        .filter(one -> one.mode() != Mode.WHAT_IF && !one.job().hasEnded())
        .findFirst()
        .ifPresent(
            one -> {
              throw new IllegalStateException(
                  "a %s job is on the cluster already, epoch %s, %s: stop it with a savepoint first,"
                          .formatted(one.mode().word(), one.epoch(), one.job().state())
                      + " ./tributary job stop --cluster %s %s"
                          .formatted(cluster.rest(), one.job().id()));
            });
  }

  private Optional<FlinkCluster.State> state(List<Ours> ours, Mode mode, String from) {
    if (mode != Mode.LIVE) {
      return Optional.empty();
    }
    if (from != null) {
      return Optional.of(new FlinkCluster.State(from, false));
    }

    for (Ours one : toGoOnFrom(ours, this::wasTakenOver)) {
      Optional<String> found = cluster.newestState(one.job().id());
      if (found.isPresent()) {
        progress.accept(
            "Going on from %s, the newest state of job %s (%s, epoch %s)"
                .formatted(found.get(), one.job().id(), one.job().state(), one.epoch()));
        return found.map(path -> new FlinkCluster.State(path, one.mode() == Mode.REBUILD));
      }
    }
    progress.accept("Starting empty: the cluster knows no job of Tributary that left a state");
    return Optional.empty();
  }

  /**
   * The job that people read last, first: the one that ended last, whichever began last, because a
   * rebuild that was given up ends before the live job beside it. One that was taken over may end
   * after the one that took its place.
   */
  static List<Ours> toGoOnFrom(List<Ours> ours, Predicate<Ours> wasTakenOver) {
    return ours.stream()
        .filter(one -> one.mode() != Mode.WHAT_IF && one.job().hasEnded())
        .filter(wasTakenOver.negate())
        .sorted(Comparator.comparing((Ours one) -> one.job().endedAt()).reversed())
        .toList();
  }

  private boolean wasTakenOver(Ours one) {
    return cluster.failures(one.job().id()).stream()
        .anyMatch(failure -> saysTakenOver(failure.message()));
  }

  static boolean saysTakenOver(String failure) {
    return failure.contains(REFUSED) && failure.endsWith("; stop this job");
  }

  private void awaitRunning(String jobId) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    String said = "";
    while (true) {
      FlinkCluster.Progress now = cluster.progress(jobId);
      if (now.isRunning()) {
        return;
      }
      if (now.hasEnded()) {
        throw new IllegalStateException(
            "job %s is %s: %s".formatted(jobId, now.state(), why(jobId)));
      }
      if (System.nanoTime() > until) {
        throw new IllegalStateException(
            "job %s is %s after %s s, its tasks %s: %s"
                .formatted(jobId, now.state(), PATIENCE.toSeconds(), now.tasks(), why(jobId)));
      }
      String line = now.state() + " " + now.tasks();
      if (!line.equals(said)) {
        progress.accept(line);
        said = line;
      }
      pause();
    }
  }

  private String why(String jobId) {
    return cluster.failures(jobId).stream()
        .findFirst()
        .map(
            failure ->
                failure.message()
                    + "\n"
                    + remedy(failure.message())
                        .orElse("Remedy the cause and submit again; it goes on from where it was."))
        .orElse(
            "Flink names no failure; look at its page, %s/#/job/running/%s"
                .formatted(cluster.rest(), jobId));
  }

  /** What to do about a failure that does not say so itself. */
  static Optional<String> remedy(String failure) {
    if (failure.contains(REFUSED)) {
      return Optional.of("Submit again with --from and a state that fits, or with --mode rebuild.");
    }
    if (failure.contains("Cannot map checkpoint/savepoint state")) {
      return Optional.of(
          "The state is of a build with other operators, or of a rebuild that had just read raw to"
              + " its end: submit again with --from and a later state, or with --mode rebuild.");
    }
    if (failure.contains("NoResourceAvailableException")) {
      return Optional.of("Free slots or add task managers, or lower --parallelism.");
    }
    if (failure.contains("UnsupportedClassVersionError")
        || failure.contains("more recent version of the Java Runtime")) {
      return Optional.of("Run the cluster on Java 21 or later.");
    }
    if (failure.contains("NoSuchMethodError")
        || failure.contains("NoClassDefFoundError")
        || failure.contains("ClassNotFoundException")) {
      return Optional.of(
          "Run it on Flink %s, without Kafka, Iceberg or Hadoop in its lib folder."
              .formatted(FLINK));
    }
    return Optional.empty();
  }

  private static String withoutSecrets(String message, ClusterSettings settings) {
    String shown = message;
    for (String value : settings.catalogProperties().values()) {
      if (value.length() >= SHORTEST_SECRET) {
        shown = shown.replace(value, "***");
      }
    }
    return shown;
  }

  private static long megabytes(Path jar) {
    return jar.toFile().length() / 1_000_000;
  }

  private static void pause() {
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the job", e);
    }
  }
}
