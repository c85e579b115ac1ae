package dev.tributary.runtime.source;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Adds up what became of records, per partition, until the next cut. */
final class Accounts {

  private final Map<String, Accounting> byPartition = new TreeMap<>();

  void count(String topic, int partition, long offset, Accounting.Outcome outcome, int sign) {
    byPartition.merge(
        topic + "-" + partition,
        Accounting.one(topic, partition, offset, outcome, sign),
        Accounting::plus);
  }

  void flush(Consumer<Accounting> out) {
    byPartition.values().forEach(out);
    byPartition.clear();
  }
}
