package dev.tributary.runtime.ledger;

import dev.tributary.domain.Line;
import dev.tributary.domain.OrderedFold;
import dev.tributary.domain.WakingFold;
import dev.tributary.runtime.lake.LakeRow;
import java.time.LocalDate;
import java.util.List;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Runs an ordered fold for every subject and posts differences at each cut. A fold that waits for
 * days needs a {@link WakingLedger}.
 */
public final class OrderedLedger<E, S, L extends Line<L>> extends SubjectLedger<E, S, L>
    implements OneInputStreamOperator<Change<E>, Posted<L>> {

  private static final long serialVersionUID = 1L;

  /** What an ordered ledger needs to know of its fold, in a form that travels. */
  public interface Setup<E, S, L extends Line<L>> extends java.io.Serializable {
    OrderedFold<E, S, L> fold();

    Class<E> event();

    Class<S> state();

    Class<L> line();

    /**
     * Whether an event may be in a history more than once, and then is folded as often: equal lines
     * of one event of the fold before may. Events that were sent may not, so that what was accepted
     * twice is noticed.
     */
    default boolean mayRepeat(E event) {
      return false;
    }
  }

  /**
   * @param maxBuffered changes held between two barriers before they are flushed early
   * @param lineRow makes a row of the fold's table
   * @param changeRow makes a row of {@code ops.changes}
   * @throws IllegalArgumentException when the fold waits for days
   */
  public OrderedLedger(
      Setup<E, S, L> setup,
      long epoch,
      int maxBuffered,
      OutputTag<LakeRow> lake,
      RowMaker<Stamped<Posted<L>>> lineRow,
      RowMaker<Stamped<SubjectChange>> changeRow) {
    super(setup, epoch, maxBuffered, lake, lineRow, changeRow);
    if (setup.fold() instanceof WakingFold) {
      throw new IllegalArgumentException(
          setup.fold().name()
              + " waits for days, of which this ledger hears nothing: use a "
              + WakingLedger.class.getSimpleName());
    }
  }

  @Override
  public void processElement(StreamRecord<Change<E>> record) throws Exception {
    take(record.getValue());
  }

  @Override
  ValueState<Watches> watches() {
    return null;
  }

  @Override
  LocalDate closedThrough(String subject) {
    return null;
  }

  @Override
  List<String> woken() {
    return List.of();
  }

  @Override
  void waits(String subject, LocalDate before, LocalDate now) {
    // Nothing ever waits here.
  }
}
