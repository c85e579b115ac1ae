package dev.tributary.jobs;

import dev.tributary.runtime.lake.CutFact;
import dev.tributary.runtime.lake.LakeRow;
import dev.tributary.runtime.lake.LakeTables;
import dev.tributary.runtime.ledger.Stamped;
import dev.tributary.runtime.ledger.SubjectChange;
import dev.tributary.runtime.raw.RawShapes;
import dev.tributary.runtime.raw.RawShapes.RawEvent;
import dev.tributary.runtime.rows.RowShape;
import dev.tributary.runtime.source.Accounting;
import dev.tributary.runtime.source.Fact;
import dev.tributary.runtime.source.LakeRows;
import dev.tributary.runtime.source.Rejected;
import dev.tributary.runtime.source.Replay;
import dev.tributary.runtime.source.SupersededVersion;
import dev.tributary.schemas.WireFormat;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/** Rows of {@code ops} and {@code raw}. */
final class OpsRows implements LakeRows {

  private static final long serialVersionUID = 1L;

  private static final RowShape<Stamped<Accounting>> ACCOUNTING =
      new RowShape<Stamped<Accounting>>()
          .text("topic", row -> row.value().topic())
          .number("partition", row -> row.value().partition())
          .whole("first_offset", row -> row.value().firstOffset())
          .whole("next_offset", row -> row.value().nextOffset())
          .whole("read", row -> row.value().read())
          .whole("accepted", row -> row.value().accepted())
          .whole("duplicate", row -> row.value().duplicate())
          .whole("superseded", row -> row.value().superseded())
          .whole("rejected", row -> row.value().rejected())
          .whole("epoch", Stamped::epoch)
          .whole("cut", Stamped::cut);

  private static final RowShape<Stamped<Rejected>> REJECTED =
      new RowShape<Stamped<Rejected>>()
          .text("topic", row -> row.value().record().topic())
          .number("partition", row -> row.value().record().partition())
          .whole("offset", row -> row.value().record().offset())
          .instant("kafka_timestamp", row -> row.value().record().timestamp() * 1000)
          .text("reason", row -> row.value().reason().wireName())
          .text("field", row -> row.value().field())
          .text("message", row -> row.value().message())
          .text("source_file", row -> row.value().sourceFile())
          .wholeOrNull("source_line", row -> row.value().sourceLine())
          .bytes("payload", row -> row.value().record().value())
          .whole("epoch", Stamped::epoch)
          .whole("cut", Stamped::cut);

  static final RowShape<Stamped<Replay>> REPLAY =
      new RowShape<Stamped<Replay>>()
          .text("topic", row -> row.value().record().topic())
          .number("partition", row -> row.value().record().partition())
          .whole("offset", row -> row.value().record().offset())
          .text("replay_of_topic", row -> row.value().record().replayOf().topic())
          .number("replay_of_partition", row -> row.value().record().replayOf().partition())
          .whole("replay_of_offset", row -> row.value().record().replayOf().offset())
          .text(
              "reason",
              row -> row.value().reason() == null ? null : row.value().reason().wireName())
          .whole("epoch", Stamped::epoch)
          .whole("cut", Stamped::cut);

  private static final RowShape<Stamped<SupersededVersion>> SUPERSEDED =
      new RowShape<Stamped<SupersededVersion>>()
          .text("topic", row -> row.value().topic())
          .number("partition", row -> row.value().partition())
          .whole("offset", row -> row.value().offset())
          .text("event_id", row -> row.value().eventId())
          .text("origin_id", row -> row.value().originId())
          .text("event_type", row -> row.value().type())
          .number("revision", row -> row.value().revision())
          .text("content_hash", row -> row.value().hash())
          .number("change", row -> row.value().change())
          .whole("epoch", Stamped::epoch)
          .whole("cut", Stamped::cut);

  private static final RowShape<Stamped<SubjectChange>> CHANGES =
      new RowShape<Stamped<SubjectChange>>()
          .text("fold", row -> row.value().fold())
          .text("company", row -> Subject.debtor(row.value().subject()).company())
          .text("subject", row -> Subject.debtor(row.value().subject()).customerId())
          .whole("reversed_lines", row -> row.value().reversed())
          .whole("posted_lines", row -> row.value().posted())
          .text("trigger_event_id", row -> row.value().trigger())
          .text("trigger_type", row -> row.value().triggerType())
          .whole("triggers", row -> row.value().triggers())
          .whole("epoch", Stamped::epoch)
          .whole("cut", Stamped::cut);

  private final LakeTables tables;
  private transient Map<String, RowShape<RawEvent>> rawShapes;
  private transient WireFormat wireFormat;

  OpsRows(LakeTables tables) {
    this.tables = tables;
  }

  @Override
  public LakeRow accounting(Stamped<Accounting> row) {
    return LakeRow.of(LakeTables.ACCOUNTING, ACCOUNTING.row(row));
  }

  @Override
  public LakeRow rejected(Stamped<Rejected> row) {
    return LakeRow.of(LakeTables.REJECTED, REJECTED.row(row));
  }

  @Override
  public LakeRow replay(Stamped<Replay> row) {
    return LakeRow.of(tables.indexOf("ops." + LakeLayout.REPLAYS), REPLAY.row(row));
  }

  @Override
  public LakeRow superseded(Stamped<SupersededVersion> row) {
    return LakeRow.of(LakeTables.SUPERSEDED, SUPERSEDED.row(row));
  }

  @Override
  public LakeRow raw(Stamped<Fact> row) {
    if (rawShapes == null) {
      rawShapes = new HashMap<>();
      wireFormat = new WireFormat();
    }

    String topic = row.value().topic();
    RowShape<RawEvent> shape = rawShapes.computeIfAbsent(topic, RawShapes::of);
    return LakeRow.of(tables.indexOf("raw." + topic), shape.row(RawShapes.decode(row, wireFormat)));
  }

  @Override
  public LakeRow watermark(long micros) {
    return LakeRow.of(new CutFact.WatermarkReached(micros));
  }

  @Override
  public LakeRow dayClosed(String company, LocalDate closedOn) {
    return LakeRow.of(new CutFact.DayClosed(company, closedOn));
  }

  @Override
  public LakeRow replayed(long records) {
    return LakeRow.of(new CutFact.RowsReplayed(records));
  }

  /** A row of {@code ops.changes}. */
  static LakeRow change(Stamped<SubjectChange> row) {
    return LakeRow.of(LakeTables.CHANGES, CHANGES.row(row));
  }
}
