package dev.tributary.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class RecordCodecTest {

  enum Colour {
    RED,
    BLUE
  }

  sealed interface Shape {}

  record Circle(long radius) implements Shape {}

  record Square(int side, String name) implements Shape {}

  sealed interface Vehicle {}

  sealed interface Wheeled extends Vehicle {}

  sealed interface Floating extends Vehicle {}

  record Bicycle(int gears) implements Wheeled {}

  record Raft(long logs) implements Floating {}

  record Amphibian(String name) implements Wheeled, Floating {}

  record Balloon(Shape shape) implements Vehicle {}

  record Everything(
      long number,
      int small,
      boolean flag,
      String text,
      Colour colour,
      LocalDate day,
      Instant instant,
      Circle nested,
      Shape shape,
      List<Shape> shapes,
      SortedSet<String> names,
      SortedMap<String, Circle> byName) {}

  record Unsupported(Object anything) {}

  private static Everything everything() {
    return new Everything(
        Long.MIN_VALUE,
        -7,
        true,
        "käse \u0000 奶酪",
        Colour.BLUE,
        LocalDate.of(1969, 7, 20),
        Instant.parse("1969-07-20T20:17:40.123456789Z"),
        new Circle(3),
        new Square(2, null),
        List.of(new Circle(1), new Square(2, "b")),
        new TreeSet<>(List.of("b", "a")),
        new TreeMap<>(java.util.Map.of("x", new Circle(9))));
  }

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    RecordCodec<Everything> codec = RecordCodec.of(Everything.class);

    assertThat(read(codec, written(codec, everything()))).isEqualTo(everything());
  }

  @Test
  void everyReferenceMayBeMissing() throws Exception {
    RecordCodec<Everything> codec = RecordCodec.of(Everything.class);
    Everything empty =
        new Everything(0, 0, false, null, null, null, null, null, null, null, null, null);

    assertThat(read(codec, written(codec, empty))).isEqualTo(empty);
    assertThat(read(codec, written(codec, null))).isNull();
  }

  @Test
  void equalValuesGiveEqualBytes() throws Exception {
    RecordCodec<Everything> codec = RecordCodec.of(Everything.class);

    assertThat(written(codec, everything())).isEqualTo(written(codec, everything()));
  }

  @Test
  void aCodecThatTravelledWorks() throws Exception {
    RecordCodec<Shape> codec = RecordCodec.of(Shape.class);
    RecordCodec<Shape> travelled = InstantiationUtil.clone(codec);

    assertThat(read(travelled, written(codec, new Square(4, "d")))).isEqualTo(new Square(4, "d"));
  }

  @Test
  void recordsBelowNestedSealedTypesAreWrittenAndReadAgain() throws Exception {
    RecordCodec<Vehicle> codec = RecordCodec.of(Vehicle.class);
    List<Vehicle> vehicles =
        List.of(new Bicycle(21), new Raft(9), new Amphibian("frog"), new Balloon(new Circle(7)));

    for (Vehicle vehicle : vehicles) {
      assertThat(read(codec, written(codec, vehicle))).isEqualTo(vehicle);
    }
    assertThat(read(codec, written(codec, null))).isNull();
    assertThat(codec.layout())
        .as("each record once, in the order of the names")
        .matches("\\[Amphibian\\(.*\\), Balloon\\(.*\\), Bicycle\\(.*\\), Raft\\(.*\\)]");
  }

  @Test
  void aTypeWithoutACodecIsNamed() {
    assertThatThrownBy(() -> RecordCodec.of(Unsupported.class))
        .hasMessageContaining("Unsupported.anything")
        .hasMessageContaining("class java.lang.Object");
  }

  @Test
  void stateOfAnotherLayoutIsRefused() {
    var one = new CodecSerializer<>(RecordCodec.of(Circle.class)).snapshotConfiguration();
    var same = new CodecSerializer<>(RecordCodec.of(Circle.class)).snapshotConfiguration();
    @SuppressWarnings({"unchecked", "rawtypes"})
    org.apache.flink.api.common.typeutils.TypeSerializerSnapshot<Circle> other =
        (org.apache.flink.api.common.typeutils.TypeSerializerSnapshot)
            new CodecSerializer<>(RecordCodec.of(Square.class)).snapshotConfiguration();

    assertThat(one.resolveSchemaCompatibility(same).isCompatibleAsIs()).isTrue();
    assertThat(one.resolveSchemaCompatibility(other).isIncompatible()).isTrue();
  }

  private static <T> byte[] written(Codec<T> codec, T value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    codec.write(value, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static <T> T read(Codec<T> codec, byte[] bytes) throws IOException {
    return codec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
