package dev.tributary.cli;

import dev.tributary.embedded.StackSettings;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "wait",
    mixinStandardHelpOptions = true,
    description = "Returns when every event that is in Kafka now is in a published cut.")
final class WaitCommand implements Runnable {

  @Option(
      names = "--timeout",
      defaultValue = "600",
      description = "Seconds after which to give up. Default: ${DEFAULT-VALUE}")
  private long seconds;

  @Override
  public void run() {
    Home home = Home.standard();
    StackSettings settings = StackSettings.load(home.root());
    Progress progress = new Progress(System.err);
    try (Lake lake = Lake.open(settings)) {
      Optional<Lake.Cut> cut =
          new Waiting(home, progress::say)
              .untilPublished(settings, lake, Duration.ofSeconds(seconds));
      System.out.println(
          cut.map(found -> "Everything is in cut " + found.cut() + " or before")
              .orElse("There are no events yet"));
    }
  }
}
