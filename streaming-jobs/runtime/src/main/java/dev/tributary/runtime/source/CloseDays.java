package dev.tributary.runtime.source;

import dev.tributary.events.BusinessDayClosed;
import dev.tributary.runtime.codec.CodecTypeInfo;
import dev.tributary.runtime.lake.LakeRow;
import dev.tributary.schemas.WireFormat;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.BooleanSerializer;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Puts a business day into effect once its close has been read from every partition it was sent to.
 * Keyed by company.
 *
 * <p>State: the partitions read so far, for days that are not in effect yet.
 */
public final class CloseDays extends KeyedProcessFunction<String, FactChange, DayClosed> {

  private static final long serialVersionUID = 1L;

  private final OutputTag<LakeRow> lake;
  private final LakeRows rows;
  private transient WireFormat wireFormat;
  private transient MapState<String, Boolean> read;

  public CloseDays(OutputTag<LakeRow> lake, LakeRows rows) {
    this.lake = lake;
    this.rows = rows;
  }

  @Override
  public void open(OpenContext context) {
    wireFormat = new WireFormat();
    read =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "partitions-read",
                    CodecTypeInfo.TEXT.serializer(),
                    BooleanSerializer.INSTANCE));
  }

  @Override
  public void processElement(FactChange change, Context context, Collector<DayClosed> out)
      throws Exception {
    Fact fact = change.fact();
    if (change.sign() < 0 || !(fact.record(wireFormat) instanceof BusinessDayClosed close)) {
      return; // a day that passed does not come back
    }

    read.put(close.getClosedOn() + "|" + close.getPartition(), true);
    List<String> partitions = close.getPartitions();
    for (String partition : partitions) {
      if (!read.contains(close.getClosedOn() + "|" + partition)) {
        return;
      }
    }

    for (String partition : partitions) {
      read.remove(close.getClosedOn() + "|" + partition);
    }
    context.output(lake, rows.dayClosed(fact.company(), close.getClosedOn()));
    out.collect(new DayClosed(fact.company(), close.getClosedOn()));
  }
}
