package dev.tributary.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Takes pictures of pages from a running stack, for the documentation and for looking at them. */
final class Pictures {

  private Pictures() {}

  /**
   * Writes {@code DIRECTORY/PAGE.png} for every page named and prints how long each took.
   *
   * @param args address of Superset, user, file with the password, directory, pages
   */
  public static void main(String[] args) throws IOException {
    Path directory = Files.createDirectories(Path.of(args[3]));
    try (PageProbe probe =
        new PageProbe(args[0], PageProbe.chromium().orElseThrow(), Duration.ofMinutes(3))) {
      probe.login(args[1], Files.readString(Path.of(args[2])).strip());
      for (int i = 4; i < args.length; i++) {
        PageProbe.Seen seen =
            probe.open("/superset/dashboard/" + args[i] + "/", directory.resolve(args[i] + ".png"));
        System.out.printf(
            "%s %.1f s, %s charts, failures %s, console %s%n",
            args[i],
            seen.took().toMillis() / 1000.0,
            seen.cuts().size(),
            seen.failures(),
            seen.console());
      }
    }
  }
}
