package dev.tributary.jobs;

import java.util.Collection;
import org.apache.flink.state.rocksdb.RocksDBOptionsFactory;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;

/**
 * How often RocksDB merges the files of the job's state.
 *
 * <p>Nearly everything is written once and every cut flushes, so files are many and small. With
 * RocksDB's four, a third of the job's processor time went into merging them again and again
 * ({@code bench/README.md}). Flink has no option for it.
 */
public final class RocksDbTuning implements RocksDBOptionsFactory {

  private static final long serialVersionUID = 1L;

  /** Files before they are merged: a read that the filters do not spare looks into each. */
  private static final int MERGED_FROM = 12;

  private static final int WRITES_SLOWED_FROM = 40;
  private static final int WRITES_STOPPED_FROM = 60;

  @Override
  public DBOptions createDBOptions(
      DBOptions currentOptions, Collection<AutoCloseable> handlesToClose) {
    return currentOptions;
  }

  @Override
  public ColumnFamilyOptions createColumnOptions(
      ColumnFamilyOptions currentOptions, Collection<AutoCloseable> handlesToClose) {
    return currentOptions
        .setLevel0FileNumCompactionTrigger(MERGED_FROM)
        .setLevel0SlowdownWritesTrigger(WRITES_SLOWED_FROM)
        .setLevel0StopWritesTrigger(WRITES_STOPPED_FROM);
  }
}
