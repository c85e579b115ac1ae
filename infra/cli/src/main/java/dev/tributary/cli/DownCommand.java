package dev.tributary.cli;

import dev.tributary.embedded.Downloads;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stops the local stack. Its data stay, and the next start goes on from them.")
final class DownCommand implements Runnable {

  @Option(
      names = "--wipe",
      description = "Also delete all data of the stack: events, tables, state, keys, users.")
  private boolean wipe;

  @Override
  public void run() {
    Home home = Home.standard();
    Progress progress = new Progress(System.out);
    boolean ran = new Stack(home, progress).down();
    progress.say(ran ? "The stack is down" : "The stack was not running");
    if (wipe) {
      Downloads.deleteTree(home.root());
      progress.say("Deleted " + home.root());
    }
  }
}
