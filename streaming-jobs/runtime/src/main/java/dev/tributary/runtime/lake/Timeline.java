package dev.tributary.runtime.lake;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;

/** Records once per epoch what its cuts stand on. */
final class Timeline {

  private final StampedTable table;
  private final Patience patience;
  private final CutLog log;
  private final Set<Long> registered = new HashSet<>();

  Timeline(StampedTable table, Patience patience, CutLog log) {
    this.table = table;
    this.patience = patience;
    this.log = log;
  }

  /**
   * Registers the chain's epoch before its first rows are written: an epoch that has left rows in
   * tables must never be given out again.
   */
  void register(CutChain chain) throws InterruptedException {
    if (registered.contains(chain.epoch())) {
      return;
    }

    List<Record> rows =
        patience.get("read the timeline", () -> isRegistered(chain) ? List.of() : rowsOf(chain));
    if (!rows.isEmpty()) {
      table.append(
          CutSettings.cutOf(chain.epoch(), 0),
          Optional.empty(),
          Map.of(),
          List.of(RowFile.write(table.table(), rows, patience)));
    }
    registered.add(chain.epoch());
  }

  private boolean isRegistered(CutChain chain) {
    log.refresh();
    return !log.ranges(chain.epoch(), Layer.RAW).isEmpty();
  }

  private List<Record> rowsOf(CutChain chain) {
    List<Record> rows = new ArrayList<>();
    for (Layer layer : Layer.values()) {
      long base = chain.base(layer);
      for (CutRange inherited : log.rangesAt(base, layer)) {
        rows.add(row(chain.epoch(), layer, inherited));
      }
      CutRange own = new CutRange(CutSettings.cutOf(chain.epoch(), 0), Long.MAX_VALUE);
      rows.add(row(chain.epoch(), layer, own));
    }
    return rows;
  }

  private Record row(long epoch, Layer layer, CutRange range) {
    GenericRecord row = GenericRecord.create(table.table().schema());
    row.setField("epoch", epoch);
    row.setField("layer", layer.wireName());
    row.setField("from_cut", range.from());
    row.setField("to_cut", range.to());
    row.setField("recorded_at", Instant.now().atOffset(ZoneOffset.UTC));
    return row;
  }
}
