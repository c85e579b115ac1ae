package dev.tributary.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.jobs.FlinkCluster;
import dev.tributary.jobs.JobHealth;
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
      "cluster, by its REST address. Submitting to a cluster is not here: it needs the job as one",
      "jar, which this build does not make."
    },
    subcommands = {
      JobCommand.Listing.class,
      JobCommand.Savepoint.class,
      JobCommand.Stop.class,
      JobCommand.Submit.class
    })
final class JobCommand {

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
            "Folder for the savepoint, as the cluster sees it. Default: the cluster's setting; the"
                + " local stack keeps its own order")
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

  @Command(
      name = "submit",
      mixinStandardHelpOptions = true,
      description = {
        "Starts the local stack's job again, from its newest savepoint or checkpoint, after it was",
        "stopped or refused to go on."
      })
  static final class Submit implements Runnable {

    @Option(names = "--policy", description = "Policy file. Default: that of ./tributary up")
    private Path policy;

    @Override
    public void run() {
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
