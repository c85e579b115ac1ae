package dev.tributary.runtime.lake;

import java.util.List;
import java.util.Map;

/**
 * Everything that one checkpoint publishes.
 *
 * @param chain what the cut follows and states: its parent, and the facts including its own
 * @param replayed whether a rebuild or a what-if has folded all the {@code raw} rows it started
 *     from
 * @param files data files as JSON by table
 * @param counts rows by table
 */
record CutBatch(
    long cut,
    CutChain chain,
    boolean replayed,
    Map<String, List<String>> files,
    Map<String, Long> counts) {

  long epoch() {
    return chain.epoch();
  }

  long parent() {
    return chain.parent();
  }
}
