package dev.tributary.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.embedded.StackSettings;
import dev.tributary.embedded.SupersetServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows what runs and where. Exits with 1 when something does not run.")
final class StatusCommand implements Callable<Integer> {

  private static final List<String> TO_DECIDE =
      List.of(
          "           It stays down until you decide; pages show what was published before:",
          "           - the policy or the program changed on purpose: ./tributary rebuild [--policy FILE]",
          "           - not on purpose: bring the old one back, then ./tributary job submit [--policy FILE]",
          "           - its state is lost: ./tributary restore DIR, or ./tributary rebuild");

  @Override
  public Integer call() {
    Home home = Home.standard();
    if (!home.stackRuns()) {
      System.out.println("The stack is not running. Start it with: ./tributary up");
      return 1;
    }
    JsonNode status = Control.ask(home, "/status", Map.of());
    if (!StackSettings.isSaved(home.root())) {
      System.out.println("The stack is starting or stopping; see " + home.startReport());
      return 1;
    }
    StackSettings settings = StackSettings.load(home.root());
    boolean withSuperset = !settings.supersetUrl().isEmpty();
    boolean live = false;
    for (JsonNode job : status.path("jobs")) {
      live |= job.path("leads").asBoolean() && job.path("running").asBoolean();
      lines(job, status).forEach(System.out::println);
    }
    for (JsonNode task : status.path("housekeeping")) {
      System.out.println(line(task));
    }
    boolean trino = status.path("trino").asBoolean();
    if (trino) {
      try (Lake lake = Lake.open(settings)) {
        System.out.println(
            "Newest cut "
                + lake.newestCut()
                    .map(cut -> "number " + cut.ordinal() + " (" + cut.cut() + ")")
                    .orElse("none yet"));
      }
    }
    printAddresses(home, settings);
    boolean complete =
        live
            && trino
            && status.path("kafka").asBoolean()
            && (!withSuperset || status.path("superset").asBoolean());
    if (!complete) {
      System.out.println("Something does not run; see the logs in " + home.logs());
    }
    return complete ? 0 : 1;
  }

  /** What there is to say about a job; more than a line when something is wrong. */
  static List<String> lines(JsonNode job, JsonNode status) {
    List<String> lines = new ArrayList<>();
    String state = job.path("state").asText().toLowerCase(Locale.ROOT).replace('_', ' ');
    boolean leads = job.path("leads").asBoolean();
    long restarts = leads ? status.path("restarts").asLong() : job.path("restarts").asLong();
    lines.add(
        "Job        "
            + job.path("mode").asText().toLowerCase(Locale.ROOT).replace('_', '-')
            + ", epoch "
            + job.path("epoch").asLong()
            + ", "
            + state
            + (restarts == 0
                ? ""
                : ", restarted " + restarts + (restarts == 1 ? " time" : " times")));
    String failure = job.path("failure").asText();
    if (!failure.isEmpty()) {
      lines.add("           " + job.path("failed_at").asText() + " " + failure);
    }
    if (leads && job.path("state").asText().equals("REFUSED")) {
      lines.addAll(TO_DECIDE);
    }
    if (leads && !status.path("next_attempt").asText().isEmpty()) {
      lines.add("           is submitted again at " + status.path("next_attempt").asText());
    }
    if (leads && !status.path("launch_failure").asText().isEmpty()) {
      lines.add("           last attempt: " + status.path("launch_failure").asText());
    }
    return lines;
  }

  /** Said at the end of a start after which the job does not run. */
  static String refusal(String cause) {
    return "The job does not run: " + cause + "\n" + String.join("\n", TO_DECIDE);
  }

  private static String line(JsonNode task) {
    String began = task.path("began").asText();
    String last =
        began.isEmpty()
            ? "did not run yet"
            : began
                + " ("
                + task.path("seconds").asLong()
                + " s): "
                + (task.path("failure").asText().isEmpty()
                    ? task.path("did").asText()
                    : "FAILED, " + task.path("failure").asText());
    return String.format(
        Locale.ROOT,
        "%-10s %s; %s",
        task.path("name").asText(),
        last,
        task.path("running").asBoolean() ? "runs now" : "next " + task.path("next").asText());
  }

  static void printAddresses(Home home, StackSettings settings) {
    System.out.println("Kafka      " + settings.kafkaBootstrap());
    System.out.println(
        "Collector  " + settings.collectorUrl() + ", token in " + home.collectorToken());
    System.out.println("Catalog    " + settings.catalogUri());
    System.out.println("Trino      " + settings.trinoUrl());
    if (!settings.supersetUrl().isEmpty()) {
      System.out.println("Dashboards " + settings.supersetUrl());
      System.out.println(
          "           user "
              + SupersetServer.ADMIN
              + ", password in "
              + home.secrets().resolve("superset-admin-password"));
    }
    System.out.println("Data       " + home.root());
  }
}
