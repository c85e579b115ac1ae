package dev.tributary.runtime.source;

import dev.tributary.events.RowRejected;
import dev.tributary.runtime.cut.CutOperator;
import dev.tributary.runtime.lake.LakeRow;
import dev.tributary.runtime.ledger.Stamped;
import dev.tributary.schemas.Decoded;
import dev.tributary.schemas.RejectReason;
import dev.tributary.schemas.WireFormat;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Tells events from records that are none. Counts every record that is read; keeps what it rejects.
 */
public final class DecodeRecords extends CutOperator<Fact>
    implements OneInputStreamOperator<KafkaRecord, Fact> {

  private static final long serialVersionUID = 1L;

  private final OutputTag<LakeRow> lake;
  private final LakeRows rows;
  private transient WireFormat wireFormat;
  private transient Accounts accounts;

  public DecodeRecords(long epoch, OutputTag<LakeRow> lake, LakeRows rows) {
    super(epoch);
    this.lake = lake;
    this.rows = rows;
  }

  @Override
  public void open() throws Exception {
    super.open();
    wireFormat = new WireFormat();
    accounts = new Accounts();
  }

  @Override
  public void processElement(StreamRecord<KafkaRecord> element) {
    KafkaRecord record = element.getValue();
    accounts.count(record.topic(), record.partition(), record.offset(), Accounting.Outcome.READ, 1);
    switch (wireFormat.decode(record.value(), record.topic(), record.timestamp())) {
      case Decoded.Bad(RejectReason reason, String field, String message) ->
          reject(new Rejected(record, reason, field, message, null, null));
      case Decoded.Event event when event.record() instanceof RowRejected row ->
          reject(
              new Rejected(
                  record,
                  RejectReason.ofWireName(row.getReason()).orElse(RejectReason.ROW_REJECTED),
                  row.getField(),
                  row.getMessage(),
                  row.getFile(),
                  row.getLine()));
      case Decoded.Event event -> {
        noteReplay(record, null);
        output.collect(new StreamRecord<>(Fact.of(record, event)));
      }
    }
  }

  private void reject(Rejected rejected) {
    KafkaRecord record = rejected.record();
    accounts.count(
        record.topic(), record.partition(), record.offset(), Accounting.Outcome.REJECTED, 1);
    emit(rows.rejected(new Stamped<>(rejected, epoch(), nextCut())));
    noteReplay(record, rejected.reason());
  }

  private void noteReplay(KafkaRecord record, RejectReason reason) {
    if (record.replayOf() != null) {
      emit(rows.replay(new Stamped<>(new Replay(record, reason), epoch(), nextCut())));
    }
  }

  @Override
  protected void flush(long cut, boolean atBarrier) {
    accounts.flush(account -> emit(rows.accounting(new Stamped<>(account, epoch(), cut))));
  }

  private void emit(LakeRow row) {
    output.collect(lake, new StreamRecord<>(row));
  }
}
