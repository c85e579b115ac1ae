package dev.tributary.runtime.identity;

import dev.tributary.runtime.codec.CodecTypeInfo;
import dev.tributary.runtime.codec.Packing;
import dev.tributary.runtime.codec.RecordCodec;
import dev.tributary.runtime.source.Fact;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Sends every event on under the survivor of the customer that it names, and moves it when the
 * survivor changes.
 *
 * <p>State per raw customer id: its survivor and the events that name it. It grows with the events.
 */
public final class ResolveCustomers
    extends KeyedCoProcessFunction<String, Naming, Redirect, Naming> {

  private static final long serialVersionUID = 1L;

  private transient ValueState<String> survivor;
  private transient Packing<Fact> packing;
  private transient MapState<String, byte[]> events;

  @Override
  public void open(OpenContext context) {
    packing = new Packing<>(RecordCodec.of(Fact.class));
    survivor =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("survivor", CodecTypeInfo.TEXT.serializer()));
    events =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "events", CodecTypeInfo.TEXT.serializer(), packing.serializer()));
  }

  @Override
  public void processElement1(Naming naming, Context context, Collector<Naming> out)
      throws Exception {
    String known = survivor.value();
    String key = naming.fact().eventId() + '|' + naming.fact().hash();
    if (naming.sign() > 0) {
      events.put(key, packing.pack(naming.fact()));
    } else {
      events.remove(key);
    }

    out.collect(
        new Naming(known == null ? naming.customerId() : known, naming.sign(), naming.fact()));
  }

  @Override
  public void processElement2(Redirect redirect, Context context, Collector<Naming> out)
      throws Exception {
    String known = survivor.value();
    String before = known == null ? redirect.customerId() : known;
    List<Fact> moved = new ArrayList<>();
    events.values().forEach(packed -> moved.add(packing.unpack(packed)));
    for (Fact fact : moved) {
      out.collect(new Naming(before, -1, fact));
      out.collect(new Naming(redirect.survivor(), 1, fact));
    }
    if (redirect.survivor().equals(redirect.customerId())) {
      survivor.clear();
    } else {
      survivor.update(redirect.survivor());
    }
  }
}
