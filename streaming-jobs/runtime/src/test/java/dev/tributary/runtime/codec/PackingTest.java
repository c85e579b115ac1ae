package dev.tributary.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class PackingTest {

  record Pair(String name, long amount) {}

  record Pairs(List<Pair> pairs) {}

  record Renamed(String title, long amount) {}

  private final Packing<Pairs> packing = new Packing<>(RecordCodec.of(Pairs.class));

  @Test
  void aValueComesBackThroughItsBytesAndThroughState() throws Exception {
    Pairs pairs = new Pairs(List.of(new Pair("one", 1), new Pair(null, -7)));
    byte[] packed = packing.pack(pairs);
    byte[] other = packing.pack(new Pairs(List.of()));

    assertThat(packing.unpack(packed)).isEqualTo(pairs);
    assertThat(packing.unpack(other)).isEqualTo(new Pairs(List.of()));
    assertThat(packing.unpack(null)).isNull();

    DataOutputSerializer state = new DataOutputSerializer(8);
    packing.serializer().serialize(packed, state);
    packing.serializer().serialize(other, state);
    DataInputDeserializer restored = new DataInputDeserializer(state.getCopyOfBuffer());
    assertThat(packing.serializer().deserialize(restored)).isEqualTo(packed);
    assertThat(packing.serializer().deserialize(restored)).isEqualTo(other);
  }

  @Test
  void bytesOfAnotherLayoutAreRefused() {
    TypeSerializer<byte[]> pairs = new Packing<>(RecordCodec.of(Pair.class)).serializer();
    TypeSerializer<byte[]> renamed = new Packing<>(RecordCodec.of(Renamed.class)).serializer();

    assertThat(
            renamed
                .snapshotConfiguration()
                .resolveSchemaCompatibility(pairs.snapshotConfiguration())
                .isIncompatible())
        .isTrue();
    assertThat(
            pairs
                .snapshotConfiguration()
                .resolveSchemaCompatibility(pairs.snapshotConfiguration())
                .isCompatibleAsIs())
        .isTrue();
  }
}
