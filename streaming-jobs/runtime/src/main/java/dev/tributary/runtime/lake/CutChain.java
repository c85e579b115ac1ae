package dev.tributary.runtime.lake;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Where a job stands in its chain of cuts; the aggregator's state.
 *
 * @param parent the last cut handed to the committer, 0 before the first
 * @param rawBase the cut up to which the epoch stands on older {@code raw} rows, 0 for none
 * @param ledgerBase the cut up to which the epoch stands on older ledger lines, 0 for none
 * @param facts everything stated so far
 */
record CutChain(
    long epoch,
    CutMode mode,
    String fingerprint,
    long parent,
    long rawBase,
    long ledgerBase,
    CutFacts facts) {

  CutChain at(long newParent, CutFacts newFacts) {
    return new CutChain(epoch, mode, fingerprint, newParent, rawBase, ledgerBase, newFacts);
  }

  long base(Layer layer) {
    return switch (layer) {
      case RAW -> rawBase;
      case LEDGER -> ledgerBase;
    };
  }

  void write(DataOutputView target) throws IOException {
    target.writeLong(epoch);
    target.writeUTF(mode.name());
    target.writeUTF(fingerprint);
    target.writeLong(parent);
    target.writeLong(rawBase);
    target.writeLong(ledgerBase);
    facts.write(target);
  }

  static CutChain read(DataInputView source) throws IOException {
    return new CutChain(
        source.readLong(),
        CutMode.valueOf(source.readUTF()),
        source.readUTF(),
        source.readLong(),
        source.readLong(),
        source.readLong(),
        CutFacts.read(source));
  }

  static final class Serializer extends Bytes.Versioned<CutChain> {

    @Override
    void write(CutChain chain, DataOutputView target) throws IOException {
      chain.write(target);
    }

    @Override
    CutChain read(DataInputView source) throws IOException {
      return CutChain.read(source);
    }
  }
}
