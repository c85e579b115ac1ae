package dev.tributary.runtime.cut;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/**
 * An operator that hands on what changed when a checkpoint's barrier passes, so that everything
 * behind it sees the same cut.
 *
 * <p>Aligned, exactly-once checkpoints are required: an unaligned barrier would overtake what is
 * flushed here.
 */
public abstract class CutOperator<OUT> extends AbstractStreamOperator<OUT> {

  private static final long serialVersionUID = 1L;

  /** Cuts of one epoch are its checkpoint ids above this multiple of the epoch. */
  public static final long CUTS_PER_EPOCH = 1_000_000_000L;

  private final long epoch;
  private transient ListState<Long> lastCheckpointState;
  private transient long lastCheckpoint;

  /**
   * @param epoch the submission this operator runs in
   */
  protected CutOperator(long epoch) {
    this.epoch = epoch;
  }

  /**
   * Emits everything that changed since the last flush.
   *
   * @param cut the cut the emitted rows are stamped with
   * @param atBarrier false when memory ran short between two barriers
   */
  protected abstract void flush(long cut, boolean atBarrier) throws Exception;

  /**
   * The cut that rows emitted now belong to at the earliest. An aborted checkpoint can move them to
   * a later one, so readers use ranges of cuts and never equality.
   */
  protected final long nextCut() {
    return epoch * CUTS_PER_EPOCH + lastCheckpoint + 1;
  }

  protected final long epoch() {
    return epoch;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    // A union, because after rescaling a subtask may get no entry of its own.
    lastCheckpointState =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("last-checkpoint", BasicTypeInfo.LONG_TYPE_INFO));
    lastCheckpoint = context.getRestoredCheckpointId().orElse(0);
    for (long checkpoint : lastCheckpointState.get()) {
      lastCheckpoint = Math.max(lastCheckpoint, checkpoint);
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    lastCheckpointState.update(List.of(context.getCheckpointId()));
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    flush(epoch * CUTS_PER_EPOCH + checkpointId, true);
    lastCheckpoint = checkpointId;
  }

  @Override
  public void finish() throws Exception {
    flush(nextCut(), true);
    super.finish();
  }
}
