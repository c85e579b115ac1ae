package dev.tributary.runtime.source;

import dev.tributary.runtime.codec.CodecTypeInfo;
import dev.tributary.runtime.lake.LakeRow;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Accepts events in a rebuild or a what-if: first what is read back from raw, then what Kafka
 * gives.
 *
 * <p>Kafka is read beside raw. Were an event taken from Kafka that raw holds and has not given yet,
 * it would go to raw a second time, so it is held until raw has ended. After a restore the end
 * comes again, because Flink has sources that had finished say so again.
 *
 * <p>A cut must not go live without what is held: each held record takes one off the rows that were
 * replayed, until it is taken up.
 *
 * <p>State per event, until raw has ended: what Kafka gave of it.
 */
public final class AcceptAfterReplay extends AcceptEvents
    implements TwoInputStreamOperator<Fact, Fact, FactChange>, BoundedMultiInput {

  private static final long serialVersionUID = 1L;
  private static final int REPLAY = 1;

  private transient ListStateDescriptor<Fact> description;
  private transient ListState<Fact> held;
  private transient boolean replayEnded;
  private transient long replayed;

  public AcceptAfterReplay(long epoch, OutputTag<LakeRow> lake, LakeRows rows) {
    super(epoch, lake, rows);
  }

  @Override
  public void open() throws Exception {
    super.open();
    description = new ListStateDescriptor<>("held", CodecTypeInfo.of(Fact.class));
    held =
        getPartitionedState(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, description);
  }

  /** What was read back from raw. */
  @Override
  public void processElement1(StreamRecord<Fact> element) throws Exception {
    accept(element.getValue());
    replayed++;
  }

  /** What Kafka gave. */
  @Override
  public void processElement2(StreamRecord<Fact> element) throws Exception {
    if (replayEnded) {
      accept(element.getValue());
    } else {
      held.add(element.getValue());
      replayed--;
    }
  }

  @Override
  public void endInput(int input) throws Exception {
    if (input != REPLAY) {
      return;
    }

    replayEnded = true;
    this.<String>getKeyedStateBackend()
        .applyToAllKeys(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            description,
            (key, facts) -> release(facts));
  }

  private void release(ListState<Fact> facts) throws Exception {
    for (Fact fact : facts.get()) {
      accept(fact);
      replayed++;
    }
    facts.clear();
  }

  @Override
  protected void flush(long cut, boolean atBarrier) {
    super.flush(cut, atBarrier);
    if (replayed != 0) {
      emit(rows().replayed(replayed));
      replayed = 0;
    }
  }
}
