package dev.tributary.runtime.source;

import dev.tributary.runtime.codec.Packing;
import dev.tributary.runtime.codec.RecordCodec;
import dev.tributary.runtime.cut.CutOperator;
import dev.tributary.runtime.lake.LakeRow;
import dev.tributary.runtime.ledger.Stamped;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Lets every event count once, in its best version, whatever the order of arrival. Keyed by origin
 * id.
 *
 * <p>The version with the highest revision wins, then the one with the greater content hash. A new
 * winner takes back what the old one fed. Every distinct version goes to the raw layer once; a
 * repeated one is only counted.
 *
 * <p>State per event: its versions, with the winner's bytes, without limit.
 */
abstract class AcceptEvents extends CutOperator<FactChange> {

  private static final long serialVersionUID = 1L;

  /** What the accounting says of a version. */
  enum Counted {
    NOT_YET,
    ACCEPTED,
    SUPERSEDED
  }

  /**
   * @param fact the version; only the winner keeps its payload
   */
  record Version(Fact fact, Counted counted) {}

  /** All versions of one event; the first is the winner. */
  record Versions(List<Version> versions) {}

  private final OutputTag<LakeRow> lake;
  private final LakeRows rows;
  private transient Accounts accounts;
  private transient Packing<Versions> packing;
  private transient ValueState<byte[]> state;
  private transient long watermark;
  private transient long emittedWatermark;

  AcceptEvents(long epoch, OutputTag<LakeRow> lake, LakeRows rows) {
    super(epoch);
    this.lake = lake;
    this.rows = rows;
  }

  @Override
  public void open() throws Exception {
    super.open();
    accounts = new Accounts();
    packing = new Packing<>(RecordCodec.of(Versions.class));
    state =
        getPartitionedState(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            new ValueStateDescriptor<>("versions", packing.serializer()));
    watermark = Long.MIN_VALUE;
    emittedWatermark = Long.MIN_VALUE;
  }

  /** Takes up a version; the key is its event's. */
  final void accept(Fact fact) throws Exception {
    watermark = Math.max(watermark, fact.occurredAt());
    Versions known = packing.unpack(state.value());
    if (known == null) {
      add(fact, List.of());
      return;
    }

    for (Version version : known.versions()) {
      Fact other = version.fact();
      if (other.revision() == fact.revision() && other.hash().equals(fact.hash())) {
        accounts.count(
            fact.topic(), fact.partition(), fact.offset(), Accounting.Outcome.DUPLICATE, 1);
        return;
      }
    }
    add(fact, known.versions());
  }

  private void add(Fact fact, List<Version> others) throws Exception {
    if (!fact.replayed()) {
      emit(rows.raw(new Stamped<>(fact, epoch(), nextCut())));
    }

    Counted counted =
        !fact.replayed()
            ? Counted.NOT_YET
            : fact.superseded() ? Counted.SUPERSEDED : Counted.ACCEPTED;
    List<Version> versions = new ArrayList<>(others);
    boolean wins =
        others.isEmpty()
            || fact.supersedes(
                others.getFirst().fact().revision(), others.getFirst().fact().hash());
    if (wins) {
      if (!others.isEmpty()) {
        output.collect(new StreamRecord<>(new FactChange(-1, others.getFirst().fact())));
      }

      output.collect(new StreamRecord<>(new FactChange(1, fact)));
      versions.addFirst(new Version(fact, counted));
    } else {
      versions.add(new Version(fact, counted));
    }

    List<Version> settled = new ArrayList<>(versions.size());
    for (int i = 0; i < versions.size(); i++) {
      settled.add(settle(versions.get(i), i == 0 ? Counted.ACCEPTED : Counted.SUPERSEDED));
    }
    state.update(packing.pack(new Versions(settled)));
  }

  /**
   * Moves a version to where it is counted now; while raw is replayed this can go back and forth.
   */
  private Version settle(Version version, Counted now) {
    Fact fact = version.fact();
    if (version.counted() != now) {
      count(fact, version.counted(), -1);
      count(fact, now, 1);
    }

    return new Version(now == Counted.ACCEPTED ? fact : withoutPayload(fact), now);
  }

  private void count(Fact fact, Counted counted, int sign) {
    switch (counted) {
      case NOT_YET -> {}
      case ACCEPTED ->
          accounts.count(
              fact.topic(), fact.partition(), fact.offset(), Accounting.Outcome.ACCEPTED, sign);
      case SUPERSEDED -> {
        accounts.count(
            fact.topic(), fact.partition(), fact.offset(), Accounting.Outcome.SUPERSEDED, sign);
        SupersededVersion row =
            new SupersededVersion(
                fact.topic(),
                fact.partition(),
                fact.offset(),
                fact.eventId(),
                fact.originId(),
                fact.type(),
                fact.revision(),
                fact.hash(),
                sign);
        emit(rows.superseded(new Stamped<>(row, epoch(), nextCut())));
      }
    }
  }

  private static Fact withoutPayload(Fact fact) {
    return new Fact(
        fact.type(),
        fact.typeRank(),
        fact.eventId(),
        fact.originId(),
        fact.revision(),
        fact.hash(),
        fact.occurredAt(),
        fact.recordedAt(),
        fact.company(),
        fact.source(),
        fact.sourceSequence(),
        fact.schemaId(),
        null,
        fact.topic(),
        fact.partition(),
        fact.offset(),
        fact.timestamp(),
        fact.replayed(),
        fact.superseded());
  }

  @Override
  protected void flush(long cut, boolean atBarrier) {
    accounts.flush(account -> emit(rows.accounting(new Stamped<>(account, epoch(), cut))));
    if (watermark > emittedWatermark) {
      emittedWatermark = watermark;
      emit(rows.watermark(watermark));
    }
  }

  final LakeRows rows() {
    return rows;
  }

  final void emit(LakeRow row) {
    output.collect(lake, new StreamRecord<>(row));
  }
}
