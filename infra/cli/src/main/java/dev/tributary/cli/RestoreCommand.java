package dev.tributary.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = "Brings back what `backup` saved, after checking every file of it.")
final class RestoreCommand implements Runnable {

  @Parameters(paramLabel = "DIR", description = "What `backup` wrote.")
  private Path directory;

  @Option(names = "--force", description = "Replace the data that are there.")
  private boolean force;

  @Override
  public void run() {
    Home home = Home.standard();
    Progress progress = new Progress(System.out);
    if (home.stackRuns()) {
      throw new IllegalStateException("The stack is running. Stop it first: ./tributary down");
    }
    int files =
        new Backup(home, progress::say).restore(directory.toAbsolutePath().normalize(), force);
    progress.say(files + " files restored. Start with: ./tributary up");
  }
}
