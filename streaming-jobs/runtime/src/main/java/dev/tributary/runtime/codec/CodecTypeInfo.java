package dev.tributary.runtime.codec;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Flink's view of a type that a {@link Codec} writes. */
public final class CodecTypeInfo<T> extends TypeInformation<T> {

  private static final long serialVersionUID = 1L;

  /**
   * Texts, and so keys. Flink's own serializer writes them character by character, which took more
   * than half of a heap checkpoint's time.
   */
  public static final CodecTypeInfo<String> TEXT = of(String.class);

  private final Class<T> type;
  private final Codec<T> codec;

  private CodecTypeInfo(Class<T> type, Codec<T> codec) {
    this.type = type;
    this.codec = codec;
  }

  /** The type information of a plain record or of a sealed interface of records. */
  public static <T> CodecTypeInfo<T> of(Class<T> type) {
    return new CodecTypeInfo<>(type, RecordCodec.of(type));
  }

  /** The type information of a type with a codec of its own. */
  @SuppressWarnings("unchecked") // the class of a generic type stands for all its parameters
  public static <T> CodecTypeInfo<T> of(Class<?> type, Codec<T> codec) {
    return new CodecTypeInfo<>((Class<T>) type, codec);
  }

  /** The serializer, for state descriptors. */
  public TypeSerializer<T> serializer() {
    return new CodecSerializer<>(codec);
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return serializer();
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<T> getTypeClass() {
    return type;
  }

  @Override
  public boolean isKeyType() {
    return type == String.class;
  }

  @Override
  public String toString() {
    return "Codec<" + type.getSimpleName() + ">";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodecTypeInfo<?> info
        && info.type == type
        && info.codec.layout().equals(codec.layout());
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof CodecTypeInfo;
  }
}
