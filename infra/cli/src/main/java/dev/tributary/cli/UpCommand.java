package dev.tributary.cli;

import dev.tributary.embedded.StackSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Starts the local stack: Kafka, the collector, Iceberg catalog, the job, Trino and Superset.",
      "Checks first what the machine has; goes on where the last run ended. Does nothing when it runs."
    })
final class UpCommand implements Runnable {

  @Mixin private StackOptions options;

  @Override
  public void run() {
    Home home = Home.standard();
    Progress progress = new Progress(System.out);
    StackSettings settings = new Stack(home, progress).up(options);
    progress.say("The stack is up");
    StatusCommand.printAddresses(home, settings);
  }
}
