package dev.tributary.runtime.ledger;

import dev.tributary.domain.CommutativeFold;
import dev.tributary.domain.Measures;
import dev.tributary.runtime.cut.CutOperator;
import dev.tributary.runtime.lake.LakeRow;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Posts what each cut adds at every address of a commutative fold, one line per address.
 *
 * <p>State: one signed count per address and distinct member. Sums need none, since a line is a
 * difference.
 */
public final class CommutativeLedger<E, A, M extends Measures<M>> extends CutOperator<LakeRow>
    implements OneInputStreamOperator<Delta<A, M>, LakeRow> {

  private static final long serialVersionUID = 1L;

  /**
   * One line of a commutative fold.
   *
   * @param measures what the cut adds
   */
  public record SumLine<A, M>(A address, M measures) {}

  private record Member<A>(A address, long count) {}

  private final CommutativeSetup<E, A, M> setup;
  private final RowMaker<Stamped<SumLine<A, M>>> lineRow;
  private transient CommutativeFold<E, A, M> fold;
  private transient Map<A, M> sums;
  private transient Map<String, Member<A>> members;
  private transient ValueState<Long> memberCount;

  public CommutativeLedger(
      CommutativeSetup<E, A, M> setup, long epoch, RowMaker<Stamped<SumLine<A, M>>> lineRow) {
    super(epoch);
    this.setup = setup;
    this.lineRow = lineRow;
  }

  @Override
  public void open() throws Exception {
    super.open();
    fold = setup.fold();
    sums = new LinkedHashMap<>();
    members = new LinkedHashMap<>();
    memberCount =
        getPartitionedState(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            new ValueStateDescriptor<>("member-count", LongSerializer.INSTANCE));
  }

  @Override
  public void processElement(StreamRecord<Delta<A, M>> record) {
    Delta<A, M> delta = record.getValue();
    if (delta.measures() != null) {
      sums.merge(delta.address(), delta.measures(), Measures::plus);
    } else {
      members.merge(
          delta.key(),
          new Member<>(delta.address(), delta.memberCount()),
          (one, other) -> new Member<>(one.address(), one.count() + other.count()));
    }
  }

  @Override
  protected void flush(long cut, boolean atBarrier) throws Exception {
    for (Map.Entry<String, Member<A>> member : members.entrySet()) {
      long change = countChange(member.getKey(), member.getValue().count());
      if (change != 0) {
        sums.merge(member.getValue().address(), distinct(change), Measures::plus);
      }
    }
    members.clear();
    sums.forEach(
        (address, measures) -> {
          if (!measures.isZero()) {
            output.collect(
                new StreamRecord<>(
                    lineRow.row(new Stamped<>(new SumLine<>(address, measures), epoch(), cut))));
          }
        });
    sums.clear();
  }

  /** Counts the member and says whether it came (+1), went (−1) or stayed (0). */
  private int countChange(String key, long added) throws Exception {
    setCurrentKey(key);
    Long before = memberCount.value();
    long old = before == null ? 0 : before;
    long now = old + added;
    if (now < 0) {
      throw new IllegalStateException(
          "%s: member %s counts %s times at a barrier; it cannot count less than never"
              .formatted(fold.name(), key, now));
    }

    if (now == 0) {
      memberCount.clear();
    } else {
      memberCount.update(now);
    }
    return Boolean.compare(now > 0, old > 0);
  }

  private M distinct(long change) {
    M one = fold.ofMembers(1);
    return change > 0 ? one : one.negate();
  }
}
