package dev.tributary.runtime.lake;

import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessageTypeInfo;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.iceberg.flink.CatalogLoader;

/**
 * Writes all tables of a job and publishes each checkpoint as a cut.
 *
 * <pre>
 * rows ─ writer ─ global ─ cut-aggregator (1) ─ global ─ committer (1)
 * </pre>
 *
 * <p>The tables must exist ({@link LakeTables#createMissing}). Checkpoints must be exactly-once and
 * aligned: an unaligned barrier overtakes the rows flushed before it.
 */
public final class LakeSink
    implements Sink<LakeRow>,
        SupportsCommitter<CutBatch>,
        SupportsPreCommitTopology<WrittenRows, CutBatch> {

  private static final long serialVersionUID = 1L;

  private final CatalogLoader catalog;
  private final LakeTables tables;
  private final CutSettings settings;

  public LakeSink(CatalogLoader catalog, LakeTables tables, CutSettings settings) {
    this.catalog = catalog;
    this.tables = tables;
    this.settings = settings;
  }

  @Override
  public SinkWriter<LakeRow> createWriter(WriterInitContext context) {
    return new LakeWriter(
        catalog,
        tables,
        settings,
        context.getTaskInfo().getIndexOfThisSubtask(),
        context.getTaskInfo().getAttemptNumber());
  }

  @Override
  public DataStream<CommittableMessage<CutBatch>> addPreCommitTopology(
      DataStream<CommittableMessage<WrittenRows>> written) {
    return written
        .global()
        .transform(
            "cut-aggregator",
            CommittableMessageTypeInfo.of(CutBatchSerializer::new),
            new CutAggregator(catalog, settings))
        .uid("cut-aggregator")
        .setParallelism(1)
        .setMaxParallelism(1)
        .global();
  }

  @Override
  public Committer<CutBatch> createCommitter(CommitterInitContext context) {
    return new CutCommitter(
        catalog, tables, settings, context.getJobInfo().getJobId().toHexString());
  }

  @Override
  public SimpleVersionedSerializer<CutBatch> getCommittableSerializer() {
    return new CutBatchSerializer();
  }

  @Override
  public SimpleVersionedSerializer<WrittenRows> getWriteResultSerializer() {
    return new WrittenRowsSerializer();
  }
}
