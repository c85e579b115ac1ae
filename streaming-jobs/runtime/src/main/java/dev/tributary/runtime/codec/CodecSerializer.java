package dev.tributary.runtime.codec;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;

/** A {@link Codec} as a Flink serializer. Values are immutable, so copies are free. */
public final class CodecSerializer<T> extends TypeSerializer<T> {

  private static final long serialVersionUID = 1L;

  private static final int BUFFER_BYTES = 512;
  private static final int MAX_KEPT_BYTES = 1 << 20;

  /** Per thread, because a checkpoint writes while the task goes on. */
  private static final ThreadLocal<DataOutputSerializer> BUFFER =
      ThreadLocal.withInitial(() -> new DataOutputSerializer(BUFFER_BYTES));

  private final Codec<T> codec;

  public CodecSerializer(Codec<T> codec) {
    this.codec = codec;
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<T> duplicate() {
    return this;
  }

  @Override
  public T createInstance() {
    return null;
  }

  @Override
  public T copy(T from) {
    return from;
  }

  @Override
  public T copy(T from, T reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(T value, DataOutputView target) throws IOException {
    if (target instanceof DataOutputSerializer) {
      codec.write(value, target);
      return;
    }

    // A checkpoint's stream pays for every call, and a record is written in many small pieces.
    DataOutputSerializer buffer = BUFFER.get();
    buffer.clear();
    codec.write(value, buffer);
    target.write(buffer.getSharedBuffer(), 0, buffer.length());
    if (buffer.length() > MAX_KEPT_BYTES) {
      BUFFER.remove();
    }
  }

  @Override
  public T deserialize(DataInputView source) throws IOException {
    return codec.read(source);
  }

  @Override
  public T deserialize(T reuse, DataInputView source) throws IOException {
    return codec.read(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    codec.write(codec.read(source), target);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodecSerializer<?> serializer
        && serializer.codec.layout().equals(codec.layout());
  }

  @Override
  public int hashCode() {
    return codec.layout().hashCode();
  }

  @Override
  public TypeSerializerSnapshot<T> snapshotConfiguration() {
    return new Snapshot<>(codec);
  }

  /** Remembers the layout that state was written with. */
  public static final class Snapshot<T> implements TypeSerializerSnapshot<T> {

    private static final int VERSION = 1;

    private Codec<T> codec;
    private String layout;

    /** For Flink, which reads the rest. */
    public Snapshot() {}

    Snapshot(Codec<T> codec) {
      this.codec = codec;
      this.layout = codec.layout();
    }

    @Override
    public int getCurrentVersion() {
      return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
      Codec.writeBytes(InstantiationUtil.serializeObject(codec), out);
      Codec.writeBytes(layout.getBytes(java.nio.charset.StandardCharsets.UTF_8), out);
    }

    @Override
    public void readSnapshot(int version, DataInputView in, ClassLoader loader) throws IOException {
      byte[] bytes = Codec.readBytes(in);
      try {
        codec = InstantiationUtil.deserializeObject(bytes, loader);
      } catch (ClassNotFoundException e) {
        throw new IOException("state was written with a type that is gone: rebuild", e);
      }
      layout = new String(Codec.readBytes(in), java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public TypeSerializer<T> restoreSerializer() {
      return new CodecSerializer<>(codec);
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
        TypeSerializerSnapshot<T> written) {
      return written instanceof Snapshot<T> other && Objects.equals(other.layout, layout)
          ? TypeSerializerSchemaCompatibility.compatibleAsIs()
          : TypeSerializerSchemaCompatibility.incompatible();
    }
  }
}
