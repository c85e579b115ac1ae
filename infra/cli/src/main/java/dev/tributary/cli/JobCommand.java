package dev.tributary.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.embedded.Downloads;
import dev.tributary.jobs.ClusterSettings;
import dev.tributary.jobs.ClusterSubmission;
import dev.tributary.jobs.FlinkCluster;
import dev.tributary.jobs.JobHealth;
import dev.tributary.jobs.Policy;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "job",
    mixinStandardHelpOptions = true,
    description = {
      "Shows and steers jobs: those of the local stack, or with --cluster those of any Flink",
      "cluster, by its REST address."
    },
    subcommands = {
      JobCommand.Listing.class,
      JobCommand.Savepoint.class,
      JobCommand.Stop.class,
      JobCommand.Submit.class
    })
final class JobCommand {

  private static final String JAR = "streaming-jobs/cluster/target/tributary-cluster.jar";

  /** Which Flink is meant. */
  static final class Where {
    @Option(
        names = "--cluster",
        paramLabel = "URL",
        description = "Flink's REST address, http://host:port. Default: the local stack")
    URI cluster;
  }

  /** Where a savepoint of a cluster goes. */
  static final class Target {
    @Mixin Where where;

    @Option(
        names = "--to",
        paramLabel = "DIR",
        description =
            "Folder for the savepoint, as the cluster sees it. Default: in the job's --state-dir, else"
                + " the cluster's setting; the local stack keeps its own order")
    String directory;

    @Parameters(
        paramLabel = "JOB",
        arity = "0..1",
        description =
            "The job's id or its beginning; of the local stack also its epoch. Default: the job"
                + " that people read; of a cluster the only one that runs")
    String job = "";
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Shows the jobs, how often each restarted, and its last failure.")
  static final class Listing implements Runnable {

    @Mixin private Where where;

    @Option(
        names = "--format",
        defaultValue = "table",
        description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    private Table.Format format;

    @Override
    public void run() {
      (where.cluster == null ? ofStack() : ofCluster(where.cluster))
          .lines(format)
          .forEach(System.out::println);
    }

    private static Table ofStack() {
      List<List<String>> rows = new ArrayList<>();
      for (JsonNode job : Control.ask(Home.standard(), "/status", Map.of()).path("jobs")) {
        rows.add(
            List.of(
                job.path("id").asText(),
                job.path("mode").asText().toLowerCase(Locale.ROOT).replace('_', '-'),
                job.path("epoch").asText(),
                job.path("state").asText(),
                job.path("restarts").asText(),
                job.path("running").asBoolean() ? job.path("flink").asText() : "",
                job.path("failed_at").asText(),
                job.path("failure").asText()));
      }
      return new Table(
          List.of("id", "mode", "epoch", "state", "restarts", "flink", "failed_at", "failure"),
          rows);
    }

    private static Table ofCluster(URI address) {
      List<List<String>> rows = new ArrayList<>();
      try (FlinkCluster cluster = FlinkCluster.at(address)) {
        for (FlinkCluster.Job job : cluster.jobs()) {
          List<JobHealth.Failure> failures = cluster.failures(job.id());
          boolean failed = !failures.isEmpty();
          rows.add(
              List.of(
                  job.id(),
                  job.name(),
                  job.startedAt().toString(),
                  job.state(),
                  Long.toString(cluster.restarts(job.id())),
                  failed ? failures.getFirst().at().toString() : "",
                  failed ? failures.getFirst().message() : ""));
        }
      }
      return new Table(
          List.of("id", "name", "started_at", "state", "restarts", "failed_at", "failure"), rows);
    }
  }

  @Command(
      name = "savepoint",
      mixinStandardHelpOptions = true,
      description = "Takes a savepoint and says where it is; the job goes on.")
  static final class Savepoint implements Runnable {

    @Mixin private Target target;

    @Override
    public void run() {
      if (target.where.cluster == null) {
        System.out.println(ofStack("/job-savepoint", target));
        return;
      }
      try (FlinkCluster cluster = FlinkCluster.at(target.where.cluster)) {
        System.out.println(cluster.savepoint(onlyRunning(cluster, target.job), target.directory));
      }
    }
  }

  @Command(
      name = "stop",
      mixinStandardHelpOptions = true,
      description = {
        "Ends a job with a savepoint and says where it is. The local stack's other parts stay; its",
        "job goes on from there with: ./tributary job submit, or at the next ./tributary up."
      })
  static final class Stop implements Runnable {

    @Mixin private Target target;

    @Override
    public void run() {
      if (target.where.cluster == null) {
        System.out.println(ofStack("/job-stop", target));
        return;
      }
      try (FlinkCluster cluster = FlinkCluster.at(target.where.cluster)) {
        System.out.println(cluster.stop(onlyRunning(cluster, target.job), target.directory));
      }
    }
  }

  /** What a cluster cannot know of itself; the local stack has its own answers. */
  static final class ForCluster {
    @Option(
        names = "--kafka",
        paramLabel = "HOST:PORT,...",
        description = "Kafka's bootstrap servers, as the cluster reaches them. Required")
    private String kafka;

    @Option(
        names = "--catalog",
        paramLabel = "URI",
        description = "The Iceberg REST catalog, as the cluster reaches it. Required")
    private String catalog;

    @Option(
        names = "--catalog-property",
        paramLabel = "NAME=VALUE",
        description =
            "A property of the catalog's client, such as credential or warehouse; repeatable. Never"
                + " shown; an argument @FILE is replaced by the lines of that file, which keeps it"
                + " out of the list of processes")
    private List<String> catalogProperties = List.of();

    @Option(
        names = "--mode",
        paramLabel = "MODE",
        description =
            "live; rebuild computes every ledger anew and then takes over; what-if never goes live."
                + " Default: live")
    private String mode;

    @Option(names = "--parallelism", description = "Subtasks of the job. Default: 1")
    private String parallelism;

    @Option(
        names = "--cut-every",
        paramLabel = "DURATION",
        description = "Time between checkpoints, hence cuts. Default: PT2S")
    private String cutEvery;

    @Option(
        names = "--state-backend",
        paramLabel = "NAME",
        description = "rocksdb or heap. Default: rocksdb")
    private String stateBackend;

    @Option(
        names = "--state-dir",
        paramLabel = "URI",
        description =
            "Folder for checkpoints and savepoints, as the cluster sees it. Default: the cluster's"
                + " setting")
    private String stateDir;

    @Option(
        names = "--from",
        paramLabel = "SAVEPOINT",
        description =
            "Savepoint or checkpoint to go on from, as the cluster sees it. Default: the newest of"
                + " the job that ended last, if the cluster still knows it; else empty")
    private String from;

    /** The options that the job itself is told, as they were given. */
    List<String> arguments() {
      List<String> arguments = new ArrayList<>();
      add(arguments, "--kafka", kafka);
      add(arguments, "--catalog", catalog);
      catalogProperties.forEach(property -> add(arguments, "--catalog-property", property));
      add(arguments, "--mode", mode);
      add(arguments, "--parallelism", parallelism);
      add(arguments, "--cut-every", cutEvery);
      add(arguments, "--state-backend", stateBackend);
      add(arguments, "--state-dir", stateDir);
      return arguments;
    }

    private static void add(List<String> arguments, String option, String value) {
      if (value != null) {
        arguments.add(option);
        arguments.add(value);
      }
    }

    void refuse() {
      List<String> given = arguments();
      add(given, "--from", from);
      if (!given.isEmpty()) {
        throw new IllegalArgumentException(
            given.getFirst()
                + " is for --cluster: the local stack has its own; leave it out, or name a cluster");
      }
    }
  }

  @Command(
      name = "submit",
      mixinStandardHelpOptions = true,
      description = {
        "Starts the local stack's job again, from its newest savepoint or checkpoint,",
        "after it was stopped or refused to go on. With --cluster, sends the job to a",
        "Flink session cluster and waits until it runs; all options but --policy are",
        "for that."
      })
  static final class Submit implements Runnable {

    @Mixin private Where where;

    @Option(
        names = "--policy",
        paramLabel = "FILE",
        description =
            "Policy file. Default: that of ./tributary up; on a cluster the one that comes with the"
                + " project")
    private Path policy;

    @Mixin private ForCluster forCluster;

    @Override
    public void run() {
      if (where.cluster == null) {
        forCluster.refuse();
        toStack();
        return;
      }
      toCluster();
    }

    private void toStack() {
      JsonNode job =
          Control.ask(
              Home.standard(),
              "/job-submit",
              policy == null ? Map.of() : Map.of("policy", policy.toAbsolutePath().toString()));
      System.out.println(
          "Submitted as epoch "
              + job.path("epoch").asLong()
              + ". Follow it with: ./tributary status");
    }

    private void toCluster() {
      List<String> arguments = forCluster.arguments();
      if (policy != null) {
        arguments.addAll(List.of("--policy-text", Policy.checkedText(policy)));
      }
      ClusterSettings settings = ClusterSettings.parse(arguments);
      try (FlinkCluster cluster = FlinkCluster.at(where.cluster)) {
        ClusterSubmission.Submitted job =
            new ClusterSubmission(cluster, new Progress(System.out)::say)
                .submit(Downloads.projectRoot().resolve(JAR), settings, forCluster.from);
        System.out.printf(
            "Job %s runs, epoch %s. Follow it with: ./tributary job list --cluster %s%n",
            job.jobId(), job.epoch(), where.cluster);
      }
    }
  }

  private static String ofStack(String action, Target target) {
    if (target.directory != null) {
      throw new IllegalArgumentException(
          "--to is for --cluster: the local stack finds its savepoints where it puts them");
    }
    return Control.ask(Home.standard(), action, Map.of("job", target.job))
        .path("savepoint")
        .asText();
  }

  /** The id of the job that is meant. */
  private static String onlyRunning(FlinkCluster cluster, String name) {
    List<FlinkCluster.Job> running =
        cluster.jobs().stream()
            .filter(job -> job.state().equals("RUNNING"))
            .filter(job -> job.id().startsWith(name))
            .toList();
    if (running.size() != 1) {
      throw new IllegalStateException(
          running.size()
              + " running jobs fit '"
              + name
              + "'; name one by its id, see ./tributary job list --cluster URL");
    }
    return running.getFirst().id();
  }
}
