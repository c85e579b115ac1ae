package dev.tributary.runtime.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What one writer adds to a cut, or all of them together. */
final class WrittenRows {

  static final long NO_STAMP = 0;

  /** Data files as JSON by table: an index would not survive a change of the table list. */
  final TreeMap<String, List<String>> files = new TreeMap<>();

  final TreeMap<String, Long> counts = new TreeMap<>();
  final CutFacts facts;

  /** The lowest and highest cut that rows are stamped with, {@link #NO_STAMP} without rows. */
  long lowestStamp = NO_STAMP;

  long highestStamp = NO_STAMP;

  WrittenRows() {
    this(new CutFacts());
  }

  WrittenRows(CutFacts facts) {
    this.facts = facts;
  }

  void addFile(String table, String json, long rows) {
    files.computeIfAbsent(table, key -> new ArrayList<>()).add(json);
    counts.merge(table, rows, Long::sum);
  }

  void addStamp(long stamp) {
    lowestStamp = lowestStamp == NO_STAMP ? stamp : Math.min(lowestStamp, stamp);
    highestStamp = Math.max(highestStamp, stamp);
  }

  void add(WrittenRows others) {
    others.files.forEach(
        (table, paths) -> files.computeIfAbsent(table, key -> new ArrayList<>()).addAll(paths));
    others.counts.forEach((table, rows) -> counts.merge(table, rows, Long::sum));
    facts.add(others.facts);
    if (others.highestStamp != NO_STAMP) {
      addStamp(others.lowestStamp);
      addStamp(others.highestStamp);
    }
  }

  boolean isEmpty() {
    return files.isEmpty() && facts.isEmpty();
  }
}
