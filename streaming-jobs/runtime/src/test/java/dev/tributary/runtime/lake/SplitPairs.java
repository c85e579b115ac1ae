package dev.tributary.runtime.lake;

import dev.tributary.runtime.cut.CutOperator;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;

/** Posts at each barrier the numbers that came since the last one. */
final class SplitPairs extends CutOperator<LakeRow>
    implements OneInputStreamOperator<Long, LakeRow> {

  private static final long serialVersionUID = 1L;

  /** Numbers below these offsets are replayed from raw rows by a rebuild. */
  private final TreeMap<String, Long> replayedOffsets;

  private final Faults.Handle faults;
  private transient List<Long> numbers;

  SplitPairs(long epoch, Map<String, Long> replayedOffsets, Faults.Handle faults) {
    super(epoch);
    this.replayedOffsets = new TreeMap<>(replayedOffsets);
    this.faults = faults;
  }

  @Override
  public void open() throws Exception {
    super.open();
    this.numbers = new ArrayList<>();
  }

  @Override
  public void processElement(StreamRecord<Long> element) {
    numbers.add(element.getValue());
  }

  @Override
  protected void flush(long cut, boolean atBarrier) {
    long[] replayed = {0};
    long[] latest = {0};
    TreeMap<Integer, long[]> read = new TreeMap<>();
    for (long number : numbers) {
      emit(PairsLake.PLUS, GenericRowData.of(number, epoch(), cut));
      emit(PairsLake.MINUS, GenericRowData.of(-number, epoch(), cut));
      latest[0] = Math.max(latest[0], number);
      int partition = PairsLake.partitionOf(number);
      long offset = PairsLake.offsetOf(number);
      if (offset < replayedOffsets.getOrDefault("numbers-" + partition, 0L)) {
        replayed[0]++;
        continue;
      }
      emit(PairsLake.RAW, GenericRowData.of(number, epoch(), cut));
      long[] range = read.computeIfAbsent(partition, key -> new long[] {Long.MAX_VALUE, 0, 0});
      range[0] = Math.min(range[0], offset);
      range[1] = Math.max(range[1], offset + 1);
      range[2]++;
    }
    read.forEach((partition, range) -> account(partition, range, cut));
    if (!numbers.isEmpty()) {
      emit(new CutFact.WatermarkReached(latest[0]));
      emit(new CutFact.DayClosed("acme", LocalDate.ofEpochDay(latest[0])));
    }
    if (replayed[0] > 0) {
      emit(new CutFact.RowsReplayed(replayed[0]));
    }
    numbers.clear();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    faults.get().onSnapshot(context.getCheckpointId());
  }

  private void account(int partition, long[] range, long cut) {
    emit(
        LakeTables.ACCOUNTING,
        GenericRowData.of(
            StringData.fromString("numbers"),
            partition,
            range[0],
            range[1],
            range[2],
            range[2],
            0L,
            0L,
            0L,
            epoch(),
            cut));
  }

  private void emit(LakeTable table, GenericRowData row) {
    emit(PairsLake.TABLES.indexOf(table.qualifiedName()), row);
  }

  private void emit(int table, GenericRowData row) {
    output.collect(new StreamRecord<>(LakeRow.of(table, row)));
  }

  private void emit(CutFact fact) {
    output.collect(new StreamRecord<>(LakeRow.of(fact)));
  }
}
