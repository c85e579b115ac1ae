package dev.tributary.runtime.lake;

import java.io.Closeable;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableSummary;
import org.apache.flink.streaming.api.connector.sink2.CommittableWithLineage;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.flink.CatalogLoader;

/** Gathers what the writers did since the last barrier into one batch that knows its parent. */
final class CutAggregator extends AbstractStreamOperator<CommittableMessage<CutBatch>>
    implements OneInputStreamOperator<
        CommittableMessage<WrittenRows>, CommittableMessage<CutBatch>> {

  private static final long serialVersionUID = 1L;

  private final CatalogLoader catalog;
  private final CutSettings settings;

  private transient ListState<byte[]> state;
  private transient CutChain chain;
  private transient WrittenRows pending;
  private transient long lastCheckpoint;

  CutAggregator(CatalogLoader catalog, CutSettings settings) {
    this.catalog = catalog;
    this.settings = settings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    this.state =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>(
                    "chain", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    this.chain = begin(restored());
    this.pending = new WrittenRows();
    this.lastCheckpoint = context.getRestoredCheckpointId().orElse(0L);
  }

  private Optional<CutChain> restored() throws Exception {
    Optional<CutChain> restored = Optional.empty();
    for (byte[] bytes : state.get()) {
      restored =
          Optional.of(
              SimpleVersionedSerialization.readVersionAndDeSerialize(
                  new CutChain.Serializer(), bytes));
    }
    return restored;
  }

  private CutChain begin(Optional<CutChain> restored) throws Exception {
    Patience patience = new Patience(settings.patience());
    Catalog opened = patience.get("open the catalog", catalog::loadCatalog);
    try {
      return patience.get(
          "read the published cuts",
          () ->
              StartUp.begin(
                  restored,
                  settings,
                  new CutLog(
                      opened.loadTable(LakeTables.CUTS), opened.loadTable(LakeTables.TIMELINE))));
    } finally {
      if (opened instanceof Closeable closeable) {
        closeable.close();
      }
    }
  }

  @Override
  public void processElement(StreamRecord<CommittableMessage<WrittenRows>> element) {
    if (element.getValue() instanceof CommittableWithLineage<WrittenRows> written) {
      pending.add(written.getCommittable());
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) {
    if (checkpoint == lastCheckpoint) {
      return; // finish() has already given its rows this number.
    }
    if (pending.highestStamp > settings.cutOf(checkpoint)) {
      throw new CutRefusedException(
          "a row stamped with cut %d came before the barrier of cut %d: it would be missing "
              + "from the cut that publishes it; an operator stamps too far ahead",
          pending.highestStamp, settings.cutOf(checkpoint));
    }
    publish(checkpoint);
  }

  /** An operator that saw a checkpoint which never came this far stamps its last rows above it. */
  @Override
  public void finish() throws Exception {
    long next = settings.cutOf(lastCheckpoint + 1);
    long cut = Math.max(next, pending.highestStamp);
    publish(cut - settings.cutOf(0));
    super.finish();
  }

  private void publish(long checkpoint) {
    lastCheckpoint = checkpoint;
    CutFacts facts = chain.facts().copy();
    facts.add(pending.facts);
    // A rebuild or a what-if can catch up by facts alone, and then says so.
    boolean publishes =
        !pending.files.isEmpty() || (settings.mode() != CutMode.LIVE && !pending.facts.isEmpty());
    if (!publishes) {
      chain = chain.at(chain.parent(), facts);
      pending = new WrittenRows();
      return;
    }

    if (pending.highestStamp != WrittenRows.NO_STAMP && pending.lowestStamp <= chain.parent()) {
      throw new CutRefusedException(
          "a row is stamped with cut %d, which is not after the published cut %d: it would "
              + "change what was read there; an operator stamps too far behind",
          pending.lowestStamp, chain.parent());
    }
    if (facts.replayedRows() > settings.rowsToReplay() && settings.mode() != CutMode.LIVE) {
      throw new CutRefusedException(
          "%d rows of raw were replayed, but cut %d has only %d: something reads twice",
          facts.replayedRows(), settings.startedFrom(), settings.rowsToReplay());
    }

    long cut = settings.cutOf(checkpoint);
    CutBatch batch =
        new CutBatch(
            cut,
            chain.at(chain.parent(), facts),
            facts.replayedRows() == settings.rowsToReplay(),
            pending.files,
            pending.counts);
    chain = chain.at(cut, facts);
    pending = new WrittenRows();
    output.collect(new StreamRecord<>(new CommittableSummary<>(0, 1, checkpoint, 1, 0)));
    output.collect(new StreamRecord<>(new CommittableWithLineage<>(batch, checkpoint, 0)));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    state.update(
        List.of(
            SimpleVersionedSerialization.writeVersionAndSerialize(
                new CutChain.Serializer(), chain)));
  }
}
