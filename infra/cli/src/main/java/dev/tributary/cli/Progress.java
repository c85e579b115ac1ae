package dev.tributary.cli;

import java.io.PrintStream;
import java.util.Locale;

/** Lines with the seconds since the beginning in front. */
final class Progress {

  private final PrintStream out;
  private final long started = System.nanoTime();

  Progress(PrintStream out) {
    this.out = out;
  }

  void say(String line) {
    out.println(String.format(Locale.ROOT, "[%6.1f s] %s", seconds(), line));
    out.flush();
  }

  double seconds() {
    return (System.nanoTime() - started) / 1e9;
  }
}
