package dev.tributary.runtime.lake;

import java.io.IOException;
import java.time.LocalDate;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;

/** Writes the table's index and then the row as that table's {@link RowDataSerializer} does. */
public final class LakeRowSerializer extends TypeSerializer<LakeRow> {

  private static final long serialVersionUID = 1L;

  private static final int WATERMARK_REACHED = -1;
  private static final int DAY_CLOSED = -2;
  private static final int ROWS_REPLAYED = -3;

  private final LakeTables tables;
  private final RowDataSerializer[] rows;

  LakeRowSerializer(LakeTables tables) {
    this.tables = tables;
    this.rows =
        tables.written().stream()
            .map(table -> new RowDataSerializer(table.rowType()))
            .toArray(RowDataSerializer[]::new);
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public TypeSerializer<LakeRow> duplicate() {
    return new LakeRowSerializer(tables);
  }

  @Override
  public LakeRow createInstance() {
    return null;
  }

  @Override
  public LakeRow copy(LakeRow from) {
    return from.isFact() ? from : LakeRow.of(from.table(), rows[from.table()].copy(from.row()));
  }

  @Override
  public LakeRow copy(LakeRow from, LakeRow reuse) {
    return copy(from);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(LakeRow element, DataOutputView target) throws IOException {
    if (!element.isFact()) {
      target.writeInt(element.table());
      rows[element.table()].serialize(element.row(), target);
      return;
    }

    switch (element.fact()) {
      case CutFact.WatermarkReached watermark -> {
        target.writeInt(WATERMARK_REACHED);
        target.writeLong(watermark.micros());
      }
      case CutFact.DayClosed closed -> {
        target.writeInt(DAY_CLOSED);
        target.writeUTF(closed.company());
        target.writeLong(closed.closedOn().toEpochDay());
      }
      case CutFact.RowsReplayed replayed -> {
        target.writeInt(ROWS_REPLAYED);
        target.writeLong(replayed.rows());
      }
    }
  }

  @Override
  public LakeRow deserialize(DataInputView source) throws IOException {
    int table = source.readInt();
    return switch (table) {
      case WATERMARK_REACHED -> LakeRow.of(new CutFact.WatermarkReached(source.readLong()));
      case DAY_CLOSED ->
          LakeRow.of(
              new CutFact.DayClosed(source.readUTF(), LocalDate.ofEpochDay(source.readLong())));
      case ROWS_REPLAYED -> LakeRow.of(new CutFact.RowsReplayed(source.readLong()));
      default -> LakeRow.of(table, rows[table].deserialize(source));
    };
  }

  @Override
  public LakeRow deserialize(LakeRow reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LakeRowSerializer serializer && serializer.tables.sameRows(tables);
  }

  @Override
  public int hashCode() {
    return rows.length;
  }

  /** Rows on their way to the sink are never kept in state, which could not be read back. */
  @Override
  public TypeSerializerSnapshot<LakeRow> snapshotConfiguration() {
    throw new UnsupportedOperationException("a LakeRow is written to the lake, not kept in state");
  }
}
