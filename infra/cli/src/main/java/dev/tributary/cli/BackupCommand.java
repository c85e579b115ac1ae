package dev.tributary.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Copies catalog, tables, checkpoints, Kafka's log, keys and users as one set.",
      "Stops the stack when it runs: only a set from one moment can be restored."
    })
final class BackupCommand implements Runnable {

  @Parameters(paramLabel = "DIR", description = "An empty directory, or one to be made.")
  private Path directory;

  @Override
  public void run() {
    Home home = Home.standard();
    Progress progress = new Progress(System.out);
    if (new Stack(home, progress).down()) {
      progress.say("Start it again afterwards with: ./tributary up");
    }
    Path target = directory.toAbsolutePath().normalize();
    int files = new Backup(home, progress::say).save(target);
    progress.say(files + " files are safe in " + target + ". It holds keys: keep it to yourself");
  }
}
