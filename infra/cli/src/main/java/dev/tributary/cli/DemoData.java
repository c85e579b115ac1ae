package dev.tributary.cli;

import java.time.YearMonth;
import java.util.List;

/** Sample data that {@code demo} sends month by month. */
interface DemoData {

  /** What named cuts begin with. */
  String name();

  /** The months that have events, in order. */
  List<YearMonth> months();

  /**
   * Sends a month's events and then closes its business days; returns when Kafka has them all.
   * Sending a month twice changes nothing: its events have the same ids.
   *
   * @return how many records were sent
   */
  long send(YearMonth month, String bootstrapServers);
}
