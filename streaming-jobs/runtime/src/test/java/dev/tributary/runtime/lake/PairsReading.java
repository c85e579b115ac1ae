package dev.tributary.runtime.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/** All rows of the tables and all cuts, read once and then looked at as of every cut. */
final class PairsReading {

  private record Stamped(long value, long cut) {}

  private final CutReader reader;
  private final Map<String, List<CutRange>> epochRanges = new HashMap<>();
  private final List<Cut> cuts;
  private final List<Stamped> raw;
  private final List<Stamped> plus;
  private final List<Stamped> minus;

  PairsReading(Catalog catalog) {
    this.reader = new CutReader(catalog);
    this.cuts = reader.all();
    this.raw = read(catalog, PairsLake.RAW, "number");
    this.plus = read(catalog, PairsLake.PLUS, "amount");
    this.minus = read(catalog, PairsLake.MINUS, "amount");
  }

  /**
   * Every complete cut has each number it has read exactly once, and no other, on both sides. One
   * that a rebuild or a what-if publishes while it is replaying balances and doubles nothing.
   */
  void everyCutBalances() {
    assertThat(cuts).as("published cuts").isNotEmpty();
    for (Cut cut : cuts) {
      List<Long> expected = numbersBelow(cut.offsets());
      List<CutRange> ledger = ranges(cut.cut(), Layer.LEDGER);
      List<Long> added = at(plus, ledger);
      assertThat(at(minus, ledger).stream().map(amount -> -amount).sorted().toList())
          .as("minus at cut %s", cut)
          .isEqualTo(added);
      if (cut.complete()) {
        assertThat(added).as("plus at cut %s", cut).isEqualTo(expected);
      } else {
        assertThat(added)
            .as("plus at cut %s", cut)
            .doesNotHaveDuplicates()
            .hasSizeLessThan(expected.size());
      }
      if (cut.mode() != CutMode.WHAT_IF) {
        assertThat(at(raw, ranges(cut.cut(), Layer.RAW)))
            .as("raw at cut %s", cut)
            .isEqualTo(expected);
      }
    }
    assertThat(reader.live().stream().map(cut -> cut.ordinal().getAsLong()))
        .as("ordinals")
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, reader.live().size()).boxed().toList());
    assertThat(reader.newest()).isEqualTo(reader.live().stream().reduce((one, other) -> other));
  }

  /** What a person reads at each live cut; to be the same for ever. */
  Map<Long, List<Long>> byLiveCut() {
    Map<Long, List<Long>> readings = new TreeMap<>();
    for (Cut cut : cuts) {
      if (!cut.isLive()) {
        continue;
      }
      readings.put(cut.cut(), at(plus, ranges(cut.cut(), Layer.LEDGER)));
    }
    return readings;
  }

  /** As the reader does, but asking the catalog only once an epoch. */
  private List<CutRange> ranges(long cut, Layer layer) {
    long epoch = CutSettings.epochOf(cut);
    return epochRanges
        .computeIfAbsent(
            layer + " of " + epoch,
            key -> reader.ranges(CutSettings.cutOf(epoch, CutSettings.CUTS_PER_EPOCH - 1), layer))
        .stream()
        .filter(range -> range.from() < cut)
        .map(range -> new CutRange(range.from(), Math.min(range.to(), cut)))
        .toList();
  }

  private static List<Long> at(List<Stamped> rows, List<CutRange> ranges) {
    return rows.stream()
        .filter(row -> ranges.stream().anyMatch(range -> range.contains(row.cut())))
        .map(Stamped::value)
        .sorted()
        .toList();
  }

  private static List<Long> numbersBelow(Map<String, Long> offsets) {
    List<Long> numbers = new ArrayList<>();
    offsets.forEach(
        (partition, next) -> {
          long remainder = Long.parseLong(partition.substring("numbers-".length()));
          for (long offset = 0; offset < next; offset++) {
            numbers.add(offset * PairsLake.PARTITIONS + remainder);
          }
        });
    return numbers.stream().sorted().toList();
  }

  private static List<Stamped> read(Catalog catalog, LakeTable table, String column) {
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(catalog.loadTable(table.identifier())).build()) {
      List<Stamped> result = new ArrayList<>();
      rows.forEach(
          row -> result.add(new Stamped((Long) row.getField(column), (Long) row.getField("cut"))));
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
