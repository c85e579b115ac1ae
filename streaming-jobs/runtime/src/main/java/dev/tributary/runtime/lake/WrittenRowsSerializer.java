package dev.tributary.runtime.lake;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link WrittenRows} on their way to the aggregator. */
final class WrittenRowsSerializer extends Bytes.Versioned<WrittenRows> {

  @Override
  void write(WrittenRows written, DataOutputView target) throws IOException {
    Bytes.writeTexts(written.files, target);
    Bytes.writeCounts(written.counts, target);
    written.facts.write(target);
    target.writeLong(written.lowestStamp);
    target.writeLong(written.highestStamp);
  }

  @Override
  WrittenRows read(DataInputView source) throws IOException {
    var files = Bytes.readTexts(source);
    var counts = Bytes.readCounts(source);
    WrittenRows written = new WrittenRows(CutFacts.read(source));
    written.files.putAll(files);
    written.counts.putAll(counts);
    written.lowestStamp = source.readLong();
    written.highestStamp = source.readLong();
    return written;
  }
}
