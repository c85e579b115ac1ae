package dev.tributary.jobs;

import dev.tributary.runtime.identity.Naming;
import dev.tributary.runtime.source.Fact;
import dev.tributary.runtime.source.FactChange;
import dev.tributary.schemas.WireFormat;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** Decodes the event that something carries, and hands on what it means to one fold. */
final class Decoding<I, O> extends RichFlatMapFunction<I, O> {

  private static final long serialVersionUID = 1L;

  /** What an event means; empty where it means nothing. */
  interface Meaning<I, O> extends Serializable {
    Optional<O> of(I carrier, SpecificRecord record);
  }

  /** All that an event means. */
  interface Meanings<I, O> extends Serializable {
    List<O> of(I carrier, SpecificRecord record);
  }

  /** Tells what an event means, one after the other. */
  private interface Telling<I, O> extends Serializable {
    void tell(I carrier, SpecificRecord record, Consumer<O> out);
  }

  private final HashSet<String> types;
  private final Telling<I, O> telling;
  private transient WireFormat wireFormat;

  private Decoding(Set<String> types, Telling<I, O> telling) {
    this.types = new HashSet<>(types);
    this.telling = telling;
  }

  /** Decodes events of these types only; others mean nothing here. */
  static <I, O> Decoding<I, O> of(Set<String> types, Meaning<I, O> meaning) {
    return new Decoding<>(
        types, (carrier, record, out) -> meaning.of(carrier, record).ifPresent(out));
  }

  /** The same for events that mean several things. */
  static <I, O> Decoding<I, O> ofSeveral(Set<String> types, Meanings<I, O> meanings) {
    return new Decoding<>(
        types, (carrier, record, out) -> meanings.of(carrier, record).forEach(out));
  }

  @Override
  public void open(OpenContext context) {
    wireFormat = new WireFormat();
  }

  @Override
  public void flatMap(I carrier, Collector<O> out) {
    Fact fact =
        switch (carrier) {
          case FactChange change -> change.fact();
          case Naming naming -> naming.fact();
          default -> throw new IllegalArgumentException("carries no event: " + carrier);
        };
    if (types.contains(fact.type())) {
      telling.tell(carrier, fact.record(wireFormat), out::collect);
    }
  }
}
