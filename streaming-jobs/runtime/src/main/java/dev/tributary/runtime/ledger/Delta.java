package dev.tributary.runtime.ledger;

import dev.tributary.domain.Measures;
import dev.tributary.runtime.codec.Codec;
import dev.tributary.runtime.codec.CodecTypeInfo;
import dev.tributary.runtime.codec.RecordCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What one cut adds at one address: measures, or counts of one member.
 *
 * @param key of the address, and of the member where there is one
 * @param measures null for a member
 * @param memberCount how often the member was added less how often it was taken back
 */
public record Delta<A, M extends Measures<M>>(String key, A address, M measures, long memberCount) {

  /** Flink's view of deltas of one fold. */
  public static <A, M extends Measures<M>> CodecTypeInfo<Delta<A, M>> typeOf(
      Class<A> address, Class<M> measures) {
    return CodecTypeInfo.of(
        Delta.class, new DeltaCodec<>(RecordCodec.of(address), RecordCodec.of(measures)));
  }

  private record DeltaCodec<A, M extends Measures<M>>(Codec<A> address, Codec<M> measures)
      implements Codec<Delta<A, M>> {

    @Override
    public void write(Delta<A, M> delta, DataOutput out) throws IOException {
      out.writeUTF(delta.key());
      address.write(delta.address(), out);
      measures.write(delta.measures(), out);
      out.writeLong(delta.memberCount());
    }

    @Override
    public Delta<A, M> read(DataInput in) throws IOException {
      return new Delta<>(in.readUTF(), address.read(in), measures.read(in), in.readLong());
    }

    @Override
    public String layout() {
      return "Delta<" + address.layout() + ", " + measures.layout() + ">";
    }
  }
}
