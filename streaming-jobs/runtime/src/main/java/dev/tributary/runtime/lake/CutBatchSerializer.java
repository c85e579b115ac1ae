package dev.tributary.runtime.lake;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link CutBatch}es in the committer's state: a layout once released stays readable. */
final class CutBatchSerializer extends Bytes.Versioned<CutBatch> {

  @Override
  void write(CutBatch batch, DataOutputView target) throws IOException {
    target.writeLong(batch.cut());
    batch.chain().write(target);
    target.writeBoolean(batch.replayed());
    Bytes.writeTexts(batch.files(), target);
    Bytes.writeCounts(batch.counts(), target);
  }

  @Override
  CutBatch read(DataInputView source) throws IOException {
    return new CutBatch(
        source.readLong(),
        CutChain.read(source),
        source.readBoolean(),
        Bytes.readTexts(source),
        Bytes.readCounts(source));
  }
}
