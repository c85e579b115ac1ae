package dev.tributary.runtime.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.SnapshotUtil;

/** Reads {@code ops.cuts} and {@code ops.timeline} as they were at the last {@link #refresh}. */
final class CutLog {

  private final Table cuts;
  private final Table timeline;

  CutLog(Table cuts, Table timeline) {
    this.cuts = cuts;
    this.timeline = timeline;
  }

  void refresh() {
    cuts.refresh();
    timeline.refresh();
  }

  Optional<Cut> find(long cut) {
    return cutsWhere(Expressions.equal("cut", cut)).stream().findFirst();
  }

  List<Cut> all() {
    return cutsWhere(Expressions.alwaysTrue());
  }

  List<Cut> childrenOf(long fromCut, long toCut) {
    return cutsWhere(
        Expressions.and(
            Expressions.greaterThanOrEqual("parent", fromCut),
            Expressions.lessThanOrEqual("parent", toCut)));
  }

  /** The live cut with the highest ordinal. */
  Optional<Cut> head() {
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(cuts)) {
      String ordinal = snapshot.summary().get(Stamp.ORDINAL);
      if (ordinal != null) {
        return cutsWhere(Expressions.equal("ordinal", Long.parseLong(ordinal))).stream()
            .findFirst();
      }
    }
    // Expiry took the snapshot that says so; the rows still do.
    return cutsWhere(Expressions.notNull("ordinal")).stream()
        .max(Comparator.comparingLong(cut -> cut.ordinal().getAsLong()));
  }

  /** What cuts of this epoch stand on, own range included; empty for an epoch never seen. */
  List<CutRange> ranges(long epoch, Layer layer) {
    Expression ofEpochAndLayer =
        Expressions.and(
            Expressions.equal("epoch", epoch), Expressions.equal("layer", layer.wireName()));
    return read(
            timeline,
            ofEpochAndLayer,
            row -> new CutRange((Long) row.getField("from_cut"), (Long) row.getField("to_cut")))
        .stream()
        .sorted(Comparator.comparingLong(CutRange::from))
        .toList();
  }

  /** What a reading at this cut stands on: nothing is read for the cut 0, which is before all. */
  List<CutRange> rangesAt(long cut, Layer layer) {
    return ranges(CutSettings.epochOf(cut), layer).stream()
        .filter(range -> range.from() < cut)
        .map(range -> new CutRange(range.from(), Math.min(range.to(), cut)))
        .toList();
  }

  /** The highest epoch that has left a trace. */
  long newestEpoch() {
    return epochs().max(Comparator.naturalOrder()).orElse(0L);
  }

  /** Whether a job of this epoch has registered itself. */
  boolean hasSeen(long epoch) {
    return epochs().anyMatch(seen -> seen == epoch);
  }

  /** An epoch enters the timeline before its first rows, and a live one claims before that. */
  private Stream<Long> epochs() {
    return Stream.concat(
        read(timeline, Expressions.alwaysTrue(), row -> (Long) row.getField("epoch")).stream(),
        StreamSupport.stream(SnapshotUtil.currentAncestors(cuts).spliterator(), false)
            .flatMap(snapshot -> Stamp.claimOf(snapshot).stream())
            .map(Stamp.Claim::epoch));
  }

  private List<Cut> cutsWhere(Expression condition) {
    return read(cuts, condition, CutLog::cutOf);
  }

  private static <T> List<T> read(Table table, Expression condition, Function<Record, T> as) {
    try (CloseableIterable<Record> rows = IcebergGenerics.read(table).where(condition).build()) {
      List<T> result = new ArrayList<>();
      rows.forEach(row -> result.add(as.apply(row)));
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + table.name(), e);
    }
  }

  private static Cut cutOf(Record row) {
    Long ordinal = (Long) row.getField("ordinal");
    OffsetDateTime watermark = (OffsetDateTime) row.getField("watermark");
    Boolean complete = (Boolean) row.getField("complete");
    return new Cut(
        (Long) row.getField("cut"),
        ordinal == null ? OptionalLong.empty() : OptionalLong.of(ordinal),
        (Long) row.getField("epoch"),
        (Long) row.getField("parent"),
        CutMode.valueOf((String) row.getField("mode")),
        complete == null ? ordinal != null : complete,
        ((OffsetDateTime) row.getField("published_at")).toInstant(),
        watermark == null ? null : watermark.toInstant(),
        map(row, "business_days", LocalDate.class),
        map(row, "offsets", Long.class),
        map(row, "row_counts", Long.class),
        map(row, "snapshots", Long.class));
  }

  private static <V> Map<String, V> map(Record row, String field, Class<V> type) {
    Map<String, V> result = new HashMap<>();
    ((Map<?, ?>) row.getField(field))
        .forEach((key, value) -> result.put(key.toString(), type.cast(value)));
    return Map.copyOf(result);
  }
}
