package dev.tributary.cli;

import java.util.List;

/** The samples that {@code demo} sends, in this order. */
final class DemoSources {

  private DemoSources() {}

  static List<DemoData> all() {
    return List.of();
  }
}
