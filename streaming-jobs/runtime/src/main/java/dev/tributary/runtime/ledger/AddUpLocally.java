package dev.tributary.runtime.ledger;

import dev.tributary.domain.CommutativeFold;
import dev.tributary.domain.Measures;
import dev.tributary.runtime.cut.CutOperator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Adds up what the events of one cut contribute, before anything is sent to the owner of its
 * address: a hot address costs one record per subtask and cut.
 *
 * <p>Keeps no state: sums of a commutative fold are right whatever came before.
 */
public final class AddUpLocally<E, A, M extends Measures<M>> extends CutOperator<Delta<A, M>>
    implements OneInputStreamOperator<Change<E>, Delta<A, M>> {

  private static final long serialVersionUID = 1L;

  private record Member<A>(A address, String member) {}

  private final CommutativeSetup<E, A, M> setup;
  private final int maxBuffered;
  private transient CommutativeFold<E, A, M> fold;
  private transient Map<A, M> sums;
  private transient Map<Member<A>, Long> members;

  /**
   * @param maxBuffered addresses and members held between two barriers before they are flushed
   *     early
   */
  public AddUpLocally(CommutativeSetup<E, A, M> setup, long epoch, int maxBuffered) {
    super(epoch);
    this.setup = setup;
    this.maxBuffered = maxBuffered;
  }

  @Override
  public void open() throws Exception {
    super.open();
    fold = setup.fold();
    sums = new LinkedHashMap<>();
    members = new LinkedHashMap<>();
  }

  @Override
  public void processElement(StreamRecord<Change<E>> record) throws Exception {
    Change<E> change = record.getValue();
    boolean taken = change.sign() < 0;
    fold.contributions(
        change.event(),
        (address, measures) ->
            sums.merge(address, taken ? measures.negate() : measures, Measures::plus));
    fold.members(
        change.event(),
        (address, member) ->
            members.merge(new Member<>(address, member), (long) change.sign(), Long::sum));
    if (sums.size() + members.size() >= maxBuffered) {
      flush(nextCut(), false);
    }
  }

  @Override
  protected void flush(long cut, boolean atBarrier) {
    sums.forEach(
        (address, measures) -> {
          if (!measures.isZero()) {
            output.collect(
                new StreamRecord<>(new Delta<>(address.toString(), address, measures, 0)));
          }
        });
    members.forEach(
        (member, count) -> {
          if (count != 0) {
            output.collect(
                new StreamRecord<>(
                    new Delta<>(
                        member.address() + "|" + member.member(), member.address(), null, count)));
          }
        });
    sums.clear();
    members.clear();
  }
}
