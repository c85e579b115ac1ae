package dev.tributary.runtime.lake;

import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The type of a stream of {@link LakeRow}s: each row in its table's binary format, no Kryo. */
public final class LakeRowTypeInfo extends TypeInformation<LakeRow> {

  private static final long serialVersionUID = 1L;

  private final LakeTables tables;

  public LakeRowTypeInfo(LakeTables tables) {
    this.tables = Objects.requireNonNull(tables);
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
  public Class<LakeRow> getTypeClass() {
    return LakeRow.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<LakeRow> createSerializer(SerializerConfig config) {
    return new LakeRowSerializer(tables);
  }

  @Override
  public String toString() {
    return "LakeRow";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LakeRowTypeInfo type && type.tables.sameRows(tables);
  }

  @Override
  public int hashCode() {
    return tables.written().size();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof LakeRowTypeInfo;
  }
}
