package dev.tributary.runtime.lake;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Reads published cuts and tables as of a cut, without Flink.
 *
 * <p>Every call looks at the catalog anew. Before the first job has created the tables there is
 * simply no cut.
 */
public final class CutReader {

  private final Catalog catalog;

  public CutReader(Catalog catalog) {
    this.catalog = catalog;
  }

  /** The head: the live cut with the highest ordinal. */
  public Optional<Cut> newest() {
    return log().flatMap(CutLog::head);
  }

  /** A published cut, live or not. */
  public Optional<Cut> find(long cut) {
    return log().flatMap(log -> log.find(cut));
  }

  /** The live cuts by ordinal: the moments a person can choose from. */
  public List<Cut> live() {
    return all().stream()
        .filter(Cut::isLive)
        .sorted(Comparator.comparingLong(cut -> cut.ordinal().getAsLong()))
        .toList();
  }

  /** Every published cut, those of rebuilds and what-ifs included, in no particular order. */
  public List<Cut> all() {
    return log().map(CutLog::all).orElse(List.of());
  }

  /** What a reading of a layer at this cut stands on, oldest range first. */
  public List<CutRange> ranges(long cut, Layer layer) {
    return log().map(log -> log.rangesAt(cut, layer)).orElse(List.of());
  }

  /** The number for the next submission. */
  public long nextEpoch() {
    return log().map(CutLog::newestEpoch).orElse(0L) + 1;
  }

  /** The rows of a table at a cut; the caller closes the result. */
  public CloseableIterable<Record> rows(LakeTable table, long cut) {
    return rows(table, cut, List.of("*"));
  }

  /** The same with only some of the columns; {@code "*"} stands for all. */
  public CloseableIterable<Record> rows(LakeTable table, long cut, List<String> columns) {
    return IcebergGenerics.read(catalog.loadTable(table.identifier()))
        .where(in(ranges(cut, table.layer())))
        .select(columns)
        .build();
  }

  /** The condition on {@code cut} for rows inside any of these ranges. */
  static Expression in(List<CutRange> ranges) {
    Expression inAny = Expressions.alwaysFalse();
    for (CutRange range : ranges) {
      Expression inRange =
          Expressions.and(
              Expressions.greaterThan(LakeTable.CUT, range.from()),
              Expressions.lessThanOrEqual(LakeTable.CUT, range.to()));
      inAny = Expressions.or(inAny, inRange);
    }
    return inAny;
  }

  private Optional<CutLog> log() {
    Optional<Table> cuts = load(LakeTables.CUTS);
    Optional<Table> timeline = load(LakeTables.TIMELINE);
    return cuts.isPresent() && timeline.isPresent()
        ? Optional.of(new CutLog(cuts.get(), timeline.get()))
        : Optional.empty();
  }

  private Optional<Table> load(TableIdentifier identifier) {
    try {
      return Optional.of(catalog.loadTable(identifier));
    } catch (NoSuchTableException e) {
      return Optional.empty();
    }
  }
}
