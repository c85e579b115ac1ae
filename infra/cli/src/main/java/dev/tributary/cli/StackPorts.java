package dev.tributary.cli;

import dev.tributary.embedded.Ports;
import java.util.function.Consumer;

/**
 * Which port each part of the stack listens on: its own, counted from the first, or a free one when
 * another program has it, so that a second stack starts beside the first.
 */
final class StackPorts {

  /** How far the last of them lies above the first. */
  static final int LAST = 8;

  private final int first;
  private final Consumer<String> report;

  /**
   * @param report told of a port that is taken
   */
  StackPorts(int first, Consumer<String> report) {
    this.first = first;
    this.report = report;
  }

  int trino() {
    return port(first, "Trino");
  }

  int catalog() {
    return port(first + 1, "the catalog");
  }

  int kafka() {
    return port(first + 2, "Kafka");
  }

  int collector() {
    return port(first + 3, "the collector");
  }

  int superset() {
    return port(first + LAST, "Superset");
  }

  private int port(int wanted, String part) {
    if (Ports.isFree(wanted)) {
      return wanted;
    }
    int free = Ports.free();
    report.accept(
        ("Port %s is taken by another program; %s uses %s until the next start. To keep to the"
                + " usual one, stop that program, or name other ports with up --port")
            .formatted(wanted, part, free));
    return free;
  }
}
