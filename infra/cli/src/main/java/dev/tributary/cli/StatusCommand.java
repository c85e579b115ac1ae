package dev.tributary.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.embedded.StackSettings;
import dev.tributary.embedded.SupersetServer;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows what runs and where. Exits with 1 when something does not run.")
final class StatusCommand implements Callable<Integer> {

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
      live |= !job.path("mode").asText().equals("WHAT_IF") && job.path("running").asBoolean();
      System.out.println(
          "Job        "
              + job.path("mode").asText().toLowerCase(Locale.ROOT).replace('_', '-')
              + ", epoch "
              + job.path("epoch").asLong()
              + ", "
              + (job.path("running").asBoolean() ? "running" : "ended")
              + (job.path("failure").asText().isEmpty()
                  ? ""
                  : ": " + job.path("failure").asText()));
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

  static void printAddresses(Home home, StackSettings settings) {
    System.out.println("Kafka      " + settings.kafkaBootstrap());
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
