package dev.tributary.runtime.lake;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Facts added up: of one subtask and checkpoint, or of a whole chain of cuts so far. */
final class CutFacts {

  static final long NO_WATERMARK = Long.MIN_VALUE;

  private final TreeMap<String, Long> offsets = new TreeMap<>();
  private final TreeMap<String, LocalDate> businessDays = new TreeMap<>();
  private long watermark = NO_WATERMARK;
  private long replayedRows;

  static CutFacts readingFrom(Map<String, Long> offsets) {
    CutFacts facts = new CutFacts();
    facts.offsets.putAll(offsets);
    return facts;
  }

  void add(CutFact fact) {
    switch (fact) {
      case CutFact.WatermarkReached reached -> watermark = Math.max(watermark, reached.micros());
      case CutFact.DayClosed closed -> addDay(closed.company(), closed.closedOn());
      case CutFact.RowsReplayed replayed -> replayedRows += replayed.rows();
    }
  }

  void addOffset(String topic, int partition, long nextOffset) {
    offsets.merge(topic + "-" + partition, nextOffset, Math::max);
  }

  void add(CutFacts others) {
    others.offsets.forEach((partition, offset) -> offsets.merge(partition, offset, Math::max));
    others.businessDays.forEach(this::addDay);
    watermark = Math.max(watermark, others.watermark);
    replayedRows += others.replayedRows;
  }

  boolean isEmpty() {
    return offsets.isEmpty()
        && businessDays.isEmpty()
        && watermark == NO_WATERMARK
        && replayedRows == 0;
  }

  CutFacts copy() {
    CutFacts copy = new CutFacts();
    copy.add(this);
    return copy;
  }

  Map<String, Long> offsets() {
    return offsets;
  }

  Map<String, LocalDate> businessDays() {
    return businessDays;
  }

  /** In microseconds since 1970, or {@link #NO_WATERMARK}. */
  long watermark() {
    return watermark;
  }

  long replayedRows() {
    return replayedRows;
  }

  /** Whether everything read up to these offsets has been read here too. */
  boolean hasReached(Map<String, Long> others) {
    return others.entrySet().stream()
        .allMatch(other -> offsets.getOrDefault(other.getKey(), 0L) >= other.getValue());
  }

  void write(DataOutputView target) throws IOException {
    target.writeLong(watermark);
    target.writeLong(replayedRows);
    Bytes.writeCounts(offsets, target);
    target.writeInt(businessDays.size());
    for (Map.Entry<String, LocalDate> day : businessDays.entrySet()) {
      target.writeUTF(day.getKey());
      target.writeLong(day.getValue().toEpochDay());
    }
  }

  static CutFacts read(DataInputView source) throws IOException {
    CutFacts facts = new CutFacts();
    facts.watermark = source.readLong();
    facts.replayedRows = source.readLong();
    facts.offsets.putAll(Bytes.readCounts(source));
    for (int left = source.readInt(); left > 0; left--) {
      facts.businessDays.put(source.readUTF(), LocalDate.ofEpochDay(source.readLong()));
    }
    return facts;
  }

  private void addDay(String company, LocalDate closedOn) {
    businessDays.merge(company, closedOn, (one, other) -> one.isAfter(other) ? one : other);
  }
}
