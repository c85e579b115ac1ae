package dev.tributary.jobs;

import dev.tributary.runtime.lake.Cut;
import dev.tributary.runtime.lake.CutReader;
import dev.tributary.runtime.lake.LakeTable;
import dev.tributary.runtime.lake.LakeTables;
import dev.tributary.runtime.source.ReplayOf;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/** The rejected records of a cut, read from the lake. */
public final class RejectedRecords implements AutoCloseable {

  private static final List<String> WITHOUT_BYTES =
      List.of(
          "topic",
          "partition",
          "offset",
          "kafka_timestamp",
          "reason",
          "field",
          "message",
          "source_file",
          "source_line",
          "cut");

  private final Catalog catalog;
  private final CutReader reader;

  private RejectedRecords(Catalog catalog) {
    this.catalog = catalog;
    this.reader = new CutReader(catalog);
  }

  /** Those of the lake behind a REST catalog. */
  public static RejectedRecords in(String catalogUri) {
    return new RejectedRecords(JobLauncher.catalogLoader(catalogUri).loadCatalog());
  }

  /** The newest live cut; empty before the first. */
  public Optional<Cut> newestCut() {
    return reader.newest();
  }

  /** A published cut, live or not. */
  public Optional<Cut> find(long cut) {
    return reader.find(cut);
  }

  /** A record that was sent again, and whether it was read as an event there. */
  private record Resent(ReplayOf at, ReplayOf original, boolean accepted) {}

  /**
   * Hands over every rejected record that a reading at {@code cut} sees, in no particular order. A
   * record that was sent again and rejected again comes once, as it was rejected at first.
   */
  public void forEach(long cut, boolean withBytes, Consumer<RejectedRecord> records) {
    Set<ReplayOf> resent = new HashSet<>();
    Map<ReplayOf, Boolean> brought = new HashMap<>();
    for (Resent each : resent(cut)) {
      resent.add(each.at());
      brought.merge(each.original(), each.accepted(), Boolean::logicalOr);
    }

    List<String> columns = new ArrayList<>(WITHOUT_BYTES);
    if (withBytes) {
      columns.add("payload");
    }
    try (CloseableIterable<Record> rows = reader.rows(table("rejected"), cut, columns)) {
      for (Record row : rows) {
        ReplayOf place = place(row, "");
        if (!resent.contains(place)) {
          records.accept(record(row, place, brought.get(place), withBytes));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read ops.rejected", e);
    }
  }

  private List<Resent> resent(long cut) {
    LakeTable table = table(LakeLayout.REPLAYS);
    List<Resent> found = new ArrayList<>();
    if (!catalog.tableExists(TableIdentifier.of("ops", LakeLayout.REPLAYS))) {
      return found; // A lake of before there were replays.
    }

    try (CloseableIterable<Record> rows = reader.rows(table, cut)) {
      for (Record row : rows) {
        found.add(
            new Resent(place(row, ""), place(row, "replay_of_"), row.getField("reason") == null));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read ops.replays", e);
    }
    return found;
  }

  private static LakeTable table(String name) {
    LakeTables tables = LakeLayout.tables();
    return tables.table(tables.indexOf("ops." + name));
  }

  private static ReplayOf place(Record row, String prefix) {
    return new ReplayOf(
        (String) row.getField(prefix + "topic"),
        (int) row.getField(prefix + "partition"),
        (long) row.getField(prefix + "offset"));
  }

  private static RejectedRecord record(
      Record row, ReplayOf place, Boolean accepted, boolean withBytes) {
    ByteBuffer payload = withBytes ? (ByteBuffer) row.getField("payload") : null;
    RejectedRecord.Fate fate;
    if (accepted == null) {
      fate = RejectedRecord.Fate.OPEN;
    } else {
      fate = accepted ? RejectedRecord.Fate.BROUGHT_BACK : RejectedRecord.Fate.REJECTED_AGAIN;
    }
    return new RejectedRecord(
        place.topic(),
        place.partition(),
        place.offset(),
        ((OffsetDateTime) row.getField("kafka_timestamp")).toInstant(),
        (String) row.getField("reason"),
        (String) row.getField("field"),
        (String) row.getField("message"),
        (String) row.getField("source_file"),
        (Long) row.getField("source_line"),
        payload == null ? null : bytes(payload),
        (long) row.getField("cut"),
        fate);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  @Override
  public void close() {
    if (catalog instanceof Closeable closeable) {
      try {
        closeable.close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot close the catalog", e);
      }
    }
  }
}
