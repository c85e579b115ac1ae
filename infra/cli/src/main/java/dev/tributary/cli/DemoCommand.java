package dev.tributary.cli;

import dev.tributary.embedded.StackSettings;
import dev.tributary.embedded.TrinoServer;
import dev.tributary.warehouse.Check;
import dev.tributary.warehouse.Reconcile;
import dev.tributary.warehouse.Weights;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts the stack, sends the sample data month by month and shows where to look.",
      "After each month it waits for the cut that holds it and names that cut, so that pages can be"
          + " read as of then. Months that are named already are not sent again."
    })
final class DemoCommand implements Runnable {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @Mixin private StackOptions options;

  @Option(
      names = "--months",
      defaultValue = "12",
      description = "How many months of each sample to send. Default: ${DEFAULT-VALUE}")
  private int months;

  @Override
  public void run() {
    Home home = Home.standard();
    Progress progress = new Progress(System.out);
    StackSettings settings = new Stack(home, progress).up(options);
    progress.say("The stack is up");
    try (Lake lake = Lake.open(settings)) {
      for (DemoData data : DemoSources.all(home)) {
        send(data, home, settings, lake, progress);
      }
      Headlines.print(lake);
    }
    String trino = Lake.jdbcUrl(settings.trinoUrl(), TrinoServer.ADMIN);
    weigh(trino, progress);
    progress.say("Checking the newest cut against raw, if that was not done yet");
    check(trino, progress);
    System.out.println();
    StatusCommand.printAddresses(home, settings);
    progress.say("Done");
  }

  private static void weigh(String trino, Progress progress) {
    List<Weights.Run> runs = Weights.ofOfferedCuts(trino);
    progress.say(
        "Data-driven attribution: %s periods solved at %s cuts"
            .formatted(runs.stream().mapToInt(run -> run.solved().size()).sum(), runs.size()));
  }

  private static void check(String trino, Progress progress) {
    List<Check> checks = Reconcile.lastOfNewest(trino);
    long off = checks.stream().filter(check -> !check.balanced()).count();
    progress.say(
        "%s checks, %s"
            .formatted(
                checks.size(),
                off == 0 ? "all balanced" : off + " OFF: see the page Trust and pipeline health"));
  }

  private void send(
      DemoData data, Home home, StackSettings settings, Lake lake, Progress progress) {
    List<YearMonth> all = data.months();
    for (YearMonth month : all.subList(0, Math.min(months, all.size()))) {
      String name = data.name() + " " + month;
      if (lake.cutNamed(name).isPresent()) {
        progress.say(name + " is there already");
        continue;
      }
      long sent = data.send(month, settings.kafkaBootstrap());
      Lake.Cut cut =
          new Waiting(home, line -> {})
              .untilPublished(settings, lake, PATIENCE)
              .orElseThrow(() -> new IllegalStateException("Nothing was sent for " + name));
      lake.nameCut(name, cut.cut(), "all of " + month + ", days closed");
      progress.say(name + ": " + sent + " records, all in cut " + cut.ordinal());
    }
  }
}
