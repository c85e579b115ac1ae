package dev.tributary.runtime.source;

import dev.tributary.runtime.lake.LakeRow;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/** Accepts events in a live job, which reads Kafka alone. */
public final class AcceptLive extends AcceptEvents
    implements OneInputStreamOperator<Fact, FactChange> {

  private static final long serialVersionUID = 1L;

  public AcceptLive(long epoch, OutputTag<LakeRow> lake, LakeRows rows) {
    super(epoch, lake, rows);
  }

  @Override
  public void processElement(StreamRecord<Fact> element) throws Exception {
    accept(element.getValue());
  }
}
