package dev.tributary.runtime.ledger;

import dev.tributary.domain.Line;
import dev.tributary.runtime.codec.Codec;
import dev.tributary.runtime.codec.CodecSerializer;
import dev.tributary.runtime.codec.PackedList;
import dev.tributary.runtime.codec.Packing;
import dev.tributary.runtime.codec.RecordCodec;
import dev.tributary.runtime.cut.CutOperator;
import dev.tributary.runtime.lake.LakeRow;
import dev.tributary.runtime.source.DayClosed;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Keeps the history of every subject and posts what changes of it change, at each cut.
 *
 * <p>State per subject: every event of its history, a resumable state and the posted lines for each
 * segment of it. It grows with the number of events.
 */
abstract class SubjectLedger<E, S, L extends Line<L>> extends CutOperator<Posted<L>> {

  private static final long serialVersionUID = 1L;

  private static final int ENTRIES_PER_SEGMENT = 256;

  private final OrderedLedger.Setup<E, S, L> setup;
  private final int maxBuffered;
  private final OutputTag<LakeRow> lake;
  private final RowMaker<Stamped<Posted<L>>> lineRow;
  private final RowMaker<Stamped<SubjectChange>> changeRow;

  private transient Map<String, List<Change<E>>> dirty;
  private transient int buffered;
  private transient Set<String> unsettled;
  private transient History<E, S, L> history;
  private transient KeyedStore store;

  /**
   * @param maxBuffered changes held between two barriers before they are flushed early
   * @param lineRow makes a row of the fold's table
   * @param changeRow makes a row of {@code ops.changes}
   */
  SubjectLedger(
      OrderedLedger.Setup<E, S, L> setup,
      long epoch,
      int maxBuffered,
      OutputTag<LakeRow> lake,
      RowMaker<Stamped<Posted<L>>> lineRow,
      RowMaker<Stamped<SubjectChange>> changeRow) {
    super(epoch);
    this.setup = setup;
    this.maxBuffered = maxBuffered;
    this.lake = lake;
    this.lineRow = lineRow;
    this.changeRow = changeRow;
  }

  @Override
  public void open() throws Exception {
    super.open();
    dirty = new LinkedHashMap<>();
    unsettled = new HashSet<>();
    RecordCodec<E> event = RecordCodec.of(setup.event());
    RecordCodec<S> state = RecordCodec.of(setup.state());
    RecordCodec<L> line = RecordCodec.of(setup.line());
    history =
        new History<>(setup.fold(), event, state, line, ENTRIES_PER_SEGMENT, setup::mayRepeat);
    store = new KeyedStore(new Entry.EntryCodec<>(event), state, line);
  }

  /** Where the wakes of the current subject are kept; null for a fold that waits for no day. */
  abstract ValueState<Watches> watches() throws Exception;

  /** The latest business day that is closed for a subject; null when none is. */
  abstract LocalDate closedThrough(String subject) throws Exception;

  /** Subjects to be looked at although nothing happened to them. */
  abstract List<String> woken();

  /** Takes note of the day that a subject waits for. */
  abstract void waits(String subject, LocalDate before, LocalDate now);

  /** Takes a change, to be applied at the next flush. */
  final void take(Change<E> change) throws Exception {
    dirty.computeIfAbsent(change.subject(), subject -> new ArrayList<>()).add(change);
    buffered++;
    if (buffered >= maxBuffered) {
      flush(nextCut(), false);
    }
  }

  @Override
  protected final void flush(long cut, boolean atBarrier) throws Exception {
    for (String subject : woken()) {
      dirty.computeIfAbsent(subject, added -> new ArrayList<>());
    }
    for (Map.Entry<String, List<Change<E>>> subject : dirty.entrySet()) {
      setCurrentKey(subject.getKey());
      History.Outcome outcome =
          history.apply(
              subject.getValue(),
              closedThrough(subject.getKey()),
              store,
              (line, sign) -> post(new Posted<>(subject.getKey(), line, sign), cut));
      waits(subject.getKey(), outcome.waited(), outcome.waits());
      if (outcome.unsettled() != null) {
        requireSettled(subject.getKey(), outcome.unsettled(), atBarrier);
        unsettled.add(subject.getKey());
      }

      if (outcome.reversed() > 0) {
        report(subject.getKey(), subject.getValue(), outcome, cut);
      }
    }
    dirty.clear();
    buffered = 0;
    if (atBarrier) {
      for (String subject : unsettled) {
        setCurrentKey(subject);
        requireSettled(subject, history.unsettled(store), true);
      }
      unsettled.clear();
    }
  }

  private void requireSettled(String subject, Entry<?> entry, boolean atBarrier) {
    if (atBarrier && entry != null) {
      throw new IllegalStateException(
          "%s of %s: event %s counts %s times at a barrier; it must count once or not at all"
              .formatted(setup.fold().name(), subject, entry.place().eventId(), entry.count()));
    }
  }

  private void post(Posted<L> posted, long cut) {
    output.collect(new StreamRecord<>(posted));
    output.collect(lake, new StreamRecord<>(lineRow.row(new Stamped<>(posted, epoch(), cut))));
  }

  private void report(String subject, List<Change<E>> changes, History.Outcome outcome, long cut) {
    Optional<Change<E>> first = changes.stream().min(Comparator.comparing(Change::place));
    SubjectChange change =
        new SubjectChange(
            setup.fold().name(),
            subject,
            outcome.reversed(),
            outcome.posted(),
            first.map(found -> found.place().eventId()).orElse(null),
            first
                .map(found -> found.event().getClass().getSimpleName())
                .orElse(DayClosed.class.getSimpleName()),
            changes.size());
    output.collect(lake, new StreamRecord<>(changeRow.row(new Stamped<>(change, epoch(), cut))));
  }

  /**
   * Segments in keyed state. Entries and lines are lists that a state backend adds to without
   * reading them, each of the part that a flush added.
   */
  private final class KeyedStore implements History.Store {
    private final ValueState<SegmentIndex> index;
    private final MapState<Integer, Segment> segments;
    private final MapState<Integer, byte[]> starts;
    private final ListStateDescriptor<PackedList> entries;
    private final ListStateDescriptor<PackedList> lines;
    private final ValueState<Watches> watches;

    KeyedStore(Codec<Entry<E>> entry, Codec<S> state, Codec<L> line) throws Exception {
      index =
          getPartitionedState(
              VoidNamespace.INSTANCE,
              VoidNamespaceSerializer.INSTANCE,
              new ValueStateDescriptor<>(
                  "segment-index", new CodecSerializer<>(RecordCodec.of(SegmentIndex.class))));
      segments =
          getPartitionedState(
              VoidNamespace.INSTANCE,
              VoidNamespaceSerializer.INSTANCE,
              new MapStateDescriptor<>(
                  "segments",
                  IntSerializer.INSTANCE,
                  new CodecSerializer<>(new Segment.SegmentCodec(state))));
      starts =
          getPartitionedState(
              VoidNamespace.INSTANCE,
              VoidNamespaceSerializer.INSTANCE,
              new MapStateDescriptor<>(
                  "starts", IntSerializer.INSTANCE, new Packing<>(state).serializer()));
      entries = new ListStateDescriptor<>("entries", PackedList.serializer(entry));
      lines = new ListStateDescriptor<>("lines", PackedList.serializer(line));
      watches = SubjectLedger.this.watches();
    }

    private ListState<PackedList> entriesOf(int id) throws Exception {
      return getPartitionedState(id, IntSerializer.INSTANCE, entries);
    }

    private ListState<PackedList> linesOf(int id) throws Exception {
      return getPartitionedState(id, IntSerializer.INSTANCE, lines);
    }

    @Override
    public String subject() {
      return (String) getCurrentKey();
    }

    @Override
    public SegmentIndex index() throws Exception {
      SegmentIndex found = index.value();
      return found == null ? SegmentIndex.EMPTY : found;
    }

    @Override
    public void putIndex(SegmentIndex changed) throws Exception {
      index.update(changed);
    }

    @Override
    public Segment segment(int id) throws Exception {
      return segments.get(id);
    }

    @Override
    public byte[] start(int id) throws Exception {
      return starts.get(id);
    }

    @Override
    public PackedList entries(int id) throws Exception {
      return PackedList.concat(entriesOf(id).get());
    }

    @Override
    public PackedList lines(int id) throws Exception {
      return PackedList.concat(linesOf(id).get());
    }

    @Override
    public void put(int id, Segment segment, byte[] start, PackedList ofEntries, PackedList ofLines)
        throws Exception {
      segments.put(id, segment);
      starts.put(id, start);
      entriesOf(id).update(List.of(ofEntries));
      linesOf(id).update(List.of(ofLines));
    }

    @Override
    public void append(int id, Segment segment, PackedList ofEntries, PackedList ofLines)
        throws Exception {
      segments.put(id, segment);
      if (ofEntries.size() > 0) {
        entriesOf(id).add(ofEntries);
      }
      if (ofLines.size() > 0) {
        linesOf(id).add(ofLines);
      }
    }

    @Override
    public void remove(int id) throws Exception {
      segments.remove(id);
      starts.remove(id);
      entriesOf(id).clear();
      linesOf(id).clear();
    }

    @Override
    public Watches watches() throws Exception {
      Watches found = watches.value();
      return found == null ? Watches.NONE : found;
    }

    @Override
    public void putWatches(Watches changed) throws Exception {
      if (changed.all().isEmpty()) {
        watches.clear();
      } else {
        watches.update(changed);
      }
    }
  }
}
