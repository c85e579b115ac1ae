package dev.tributary.cli;

import dev.tributary.embedded.PidFile;
import dev.tributary.embedded.Secrets;
import dev.tributary.embedded.StackSettings;
import java.nio.file.Path;
import java.util.List;

/** What lies where in the stack's home directory, {@code .tributary}. */
record Home(Path root) {

  static Home standard() {
    return new Home(StackSettings.home());
  }

  Path kafka() {
    return root.resolve("kafka");
  }

  Path catalog() {
    return root.resolve("catalog");
  }

  /** Checkpoints and savepoints of the job. */
  Path state() {
    return root.resolve("checkpoints");
  }

  Path trino() {
    return root.resolve("trino");
  }

  Path superset() {
    return root.resolve("superset");
  }

  Path secrets() {
    return root.resolve("secrets");
  }

  Path logs() {
    return root.resolve("logs");
  }

  Path stackLog() {
    return logs().resolve("stack.log");
  }

  /** What the stack says while it starts, line by line. */
  Path startReport() {
    return logs().resolve("start.txt");
  }

  PidFile pid() {
    return new PidFile(root.resolve("stack.pid"));
  }

  /** Key of the phone pseudonyms; ingestion makes it. */
  Path phoneKey() {
    return root.resolve("phone.key");
  }

  /** What was imported before; ingestion keeps it. */
  Path imports() {
    return root.resolve("imports");
  }

  /** What programs that send to the collector have to know; made when missing. */
  Path collectorToken() {
    return new Secrets(secrets()).file("collector-token", 32);
  }

  /** A text in the stack's command line that no other process has. */
  String marker() {
    return "-Dtributary.stack=" + root;
  }

  /** What a backup has to hold so that nothing is lost. The other directories are made anew. */
  List<Path> kept() {
    return List.of(kafka(), catalog(), state(), secrets(), superset(), imports(), phoneKey());
  }

  boolean stackRuns() {
    return pid().running().isPresent();
  }
}
