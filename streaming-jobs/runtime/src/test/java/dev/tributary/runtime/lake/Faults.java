package dev.tributary.runtime.lake;

import java.io.Serializable;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.OutputFile;

/** What can go wrong around a job; a test overrides what shall. */
interface Faults {

  Faults NONE = new Faults() {};

  /** Before the catalog hears of a commit. */
  default void beforeCommit(String table, Snapshot snapshot) {}

  /** After the catalog has applied a commit, before the client knows. */
  default void afterCommit(String table, Snapshot snapshot) {}

  /** When a table's metadata are asked for again. */
  default TableMetadata onRefresh(
      String table, TableMetadata known, Supplier<TableMetadata> fresh) {
    return fresh.get();
  }

  /** When a file is about to be written. */
  default void onNewFile(String table, OutputFile file) {}

  /** When the job of this epoch may read its next number. */
  default CompletionStage<Void> beforeNumber(long epoch) {
    return CompletableFuture.completedStage(null);
  }

  /** When the operator before the sink takes part in a checkpoint, having flushed for it. */
  default void onSnapshot(long checkpoint) {}

  /** Lets the tasks of a job, which are serialized, find the faults of their test. */
  final class Handle implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final Map<String, Faults> BY_ID = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();

    Faults get() {
      return BY_ID.getOrDefault(id, NONE);
    }

    void set(Faults faults) {
      BY_ID.put(id, faults);
    }

    void clear() {
      BY_ID.remove(id);
    }
  }
}
