package dev.tributary.runtime.lake;

import org.apache.flink.table.data.RowData;

/**
 * One row for one table, or one {@link CutFact}.
 *
 * @param table the table's index in {@link LakeTables}, or {@link #FACT}
 * @param row the row in the order of the table's declared schema; null for a fact
 * @param fact the fact; null for a row
 */
public record LakeRow(int table, RowData row, CutFact fact) {

  static final int FACT = -1;

  /** A row for the table with this index. */
  public static LakeRow of(int table, RowData row) {
    return new LakeRow(table, row, null);
  }

  /** A fact for the next cut. */
  public static LakeRow of(CutFact fact) {
    return new LakeRow(FACT, null, fact);
  }

  boolean isFact() {
    return table == FACT;
  }
}
