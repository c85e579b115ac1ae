package dev.tributary.runtime.ledger;

import dev.tributary.runtime.lake.LakeRow;
import java.io.Serializable;

/** Makes the lake's row of a value; travels with the operator that needs it. */
public interface RowMaker<T> extends Serializable {

  /** The row, for the table of its kind. */
  LakeRow row(T value);
}
