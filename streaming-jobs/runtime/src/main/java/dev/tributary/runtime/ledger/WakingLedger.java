package dev.tributary.runtime.ledger;

import dev.tributary.domain.Line;
import dev.tributary.domain.WakingFold;
import dev.tributary.runtime.codec.CodecSerializer;
import dev.tributary.runtime.codec.CodecTypeInfo;
import dev.tributary.runtime.codec.RecordCodec;
import dev.tributary.runtime.lake.LakeRow;
import dev.tributary.runtime.source.DayClosed;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Runs a fold that waits for days. Hears of every close beside the changes of its subjects, and
 * looks at each cut at those subjects that wait for a day closed since the last.
 *
 * <p>State: what an {@link OrderedLedger} keeps, the latest close of each company, and for each
 * subject what its segments wait for. From these, and with one look at each subject that waits, the
 * index of waiting subjects is made at the start.
 */
public final class WakingLedger<E, S, L extends Line<L>> extends SubjectLedger<E, S, L>
    implements TwoInputStreamOperator<Change<E>, DayClosed, Posted<L>> {

  private static final long serialVersionUID = 1L;

  /** What a waking ledger needs to know of its fold, in a form that travels. */
  public interface Setup<E, S, L extends Line<L>> extends OrderedLedger.Setup<E, S, L> {
    @Override
    WakingFold<E, S, L> fold();

    /** The company whose closes a subject waits for. */
    String companyOf(String subject);
  }

  private final Setup<E, S, L> setup;
  private transient BroadcastState<String, Long> closes;
  private transient Map<String, LocalDate> newlyClosed;
  private transient ValueState<Watches> watches;
  private transient WakeIndex index;

  /**
   * @param maxBuffered changes held between two barriers before they are flushed early
   * @param lineRow makes a row of the fold's table
   * @param changeRow makes a row of {@code ops.changes}
   */
  public WakingLedger(
      Setup<E, S, L> setup,
      long epoch,
      int maxBuffered,
      OutputTag<LakeRow> lake,
      RowMaker<Stamped<Posted<L>>> lineRow,
      RowMaker<Stamped<SubjectChange>> changeRow) {
    super(setup, epoch, maxBuffered, lake, lineRow, changeRow);
    this.setup = setup;
  }

  /** Connects the ledger with its changes and with all closes, which every subtask has to hear. */
  public static <E, S, L extends Line<L>> SingleOutputStreamOperator<Posted<L>> connect(
      String name,
      KeyedStream<Change<E>, String> changes,
      DataStream<DayClosed> closes,
      TypeInformation<Posted<L>> type,
      WakingLedger<E, S, L> ledger) {
    TwoInputTransformation<Change<E>, DayClosed, Posted<L>> transformation =
        new TwoInputTransformation<>(
            changes.getTransformation(),
            closes.broadcast().getTransformation(),
            name,
            ledger,
            type,
            changes.getExecutionEnvironment().getParallelism(),
            false);
    transformation.setStateKeySelectors(changes.getKeySelector(), null);
    transformation.setStateKeyType(changes.getKeyType());
    changes.getExecutionEnvironment().addOperator(transformation);
    return new Connected<>(changes, transformation);
  }

  private static final class Connected<T> extends SingleOutputStreamOperator<T> {
    Connected(KeyedStream<?, ?> beside, TwoInputTransformation<?, ?, T> transformation) {
      super(beside.getExecutionEnvironment(), transformation);
    }
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    closes =
        context
            .getOperatorStateStore()
            .getBroadcastState(
                new MapStateDescriptor<>(
                    "closes", CodecTypeInfo.TEXT.serializer(), LongSerializer.INSTANCE));
  }

  @Override
  public void open() throws Exception {
    super.open();
    newlyClosed = new HashMap<>();
    index = new WakeIndex();
    try (Stream<String> subjects =
        this.<String>getKeyedStateBackend().getKeys("watches", VoidNamespace.INSTANCE)) {
      for (String subject : subjects.toList()) {
        setCurrentKey(subject);
        index.move(setup.companyOf(subject), subject, null, watches.value().earliest());
      }
    }
  }

  @Override
  public void processElement1(StreamRecord<Change<E>> record) throws Exception {
    take(record.getValue());
  }

  @Override
  public void processElement2(StreamRecord<DayClosed> record) throws Exception {
    DayClosed close = record.getValue();
    Long known = closes.get(close.company());
    if (known == null || known < close.day().toEpochDay()) {
      closes.put(close.company(), close.day().toEpochDay());
      newlyClosed.put(close.company(), close.day());
    }
  }

  @Override
  ValueState<Watches> watches() throws Exception {
    watches =
        getPartitionedState(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            new ValueStateDescriptor<>(
                "watches", new CodecSerializer<>(RecordCodec.of(Watches.class))));
    return watches;
  }

  @Override
  LocalDate closedThrough(String subject) throws Exception {
    Long day = closes.get(setup.companyOf(subject));
    return day == null ? null : LocalDate.ofEpochDay(day);
  }

  @Override
  List<String> woken() {
    List<String> woken = new ArrayList<>();
    newlyClosed.forEach((company, day) -> woken.addAll(index.waitingFor(company, day)));
    newlyClosed.clear();
    return woken;
  }

  @Override
  void waits(String subject, LocalDate before, LocalDate now) {
    index.move(setup.companyOf(subject), subject, before, now);
  }
}
