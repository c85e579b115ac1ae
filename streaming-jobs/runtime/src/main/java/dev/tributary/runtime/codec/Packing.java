package dev.tributary.runtime.codec;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Keeps values of one type as the bytes they are written in.
 *
 * <p>For state that is written often and read seldom: a heap holds a quarter of what the values
 * would take, and a checkpoint, which writes all of it every time, only copies.
 */
public final class Packing<T> {

  private static final int FIRST_BYTES = 512;

  private final Codec<T> codec;
  private final DataOutputSerializer out = new DataOutputSerializer(FIRST_BYTES);
  private final DataInputDeserializer in = new DataInputDeserializer();

  public Packing(Codec<T> codec) {
    this.codec = codec;
  }

  /** The bytes of a value. */
  public byte[] pack(T value) {
    try {
      out.clear();
      codec.write(value, out);
      return out.getCopyOfBuffer();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }

  /** The value of bytes that {@link #pack} made; null for null. */
  public T unpack(byte[] packed) {
    if (packed == null) {
      return null;
    }

    try {
      in.setBuffer(packed);
      return codec.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException("state holds bytes that are no " + codec.layout(), e);
    }
  }

  /** The serializer of packed values, for state descriptors. */
  public TypeSerializer<byte[]> serializer() {
    return new CodecSerializer<>(new PackedCodec(codec));
  }

  /** Remembers the layout inside, so that state of another one is refused. */
  private record PackedCodec(Codec<?> codec) implements Codec<byte[]> {

    @Override
    public void write(byte[] packed, DataOutput out) throws IOException {
      Codec.writeBytes(packed, out);
    }

    @Override
    public byte[] read(DataInput in) throws IOException {
      return Codec.readBytes(in);
    }

    @Override
    public String layout() {
      return "Packed<" + codec.layout() + ">";
    }
  }
}
