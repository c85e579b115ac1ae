package dev.tributary.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.runtime.codec.PackedList.Mark;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class PackedListTest {

  record Pair(String name, long amount) {}

  private final PackedList.Packer<Pair> packer =
      new PackedList.Packer<>(RecordCodec.of(Pair.class));

  @Test
  void aListGoesOnFromAnyPlaceOfAnother() {
    List<Pair> pairs = List.of(pair(1), pair(2), new Pair(null, -7), pair(4));
    List<Mark> marks = new ArrayList<>(List.of(Mark.BEGIN));
    packer.begin(PackedList.EMPTY, Mark.BEGIN);
    for (Pair pair : pairs) {
      packer.add(pair);
      marks.add(packer.mark());
    }
    PackedList list = packer.list();
    assertThat(list.end()).isEqualTo(marks.getLast());

    for (int kept = 0; kept <= pairs.size(); kept++) {
      assertThat(packer.behind(list, marks.get(kept))).isEqualTo(pairs.subList(kept, pairs.size()));

      packer.begin(list, marks.get(kept));
      packer.add(pair(100));
      List<Pair> expected = new ArrayList<>(pairs.subList(0, kept));
      expected.add(pair(100));
      assertThat(packer.behind(packer.list(), Mark.BEGIN)).isEqualTo(expected);
    }
    assertThat(packer.behind(list, Mark.BEGIN)).as("the list itself").isEqualTo(pairs);
  }

  @Test
  void aListComesBackFromState() throws Exception {
    packer.begin(PackedList.EMPTY, Mark.BEGIN);
    packer.add(pair(1));
    packer.add(pair(2));
    DataOutputSerializer state = new DataOutputSerializer(8);
    packer.list().write(state);
    PackedList.EMPTY.write(state);

    DataInputDeserializer restored = new DataInputDeserializer(state.getCopyOfBuffer());
    assertThat(packer.behind(PackedList.read(restored), Mark.BEGIN))
        .containsExactly(pair(1), pair(2));
    assertThat(PackedList.read(restored).size()).isZero();
  }

  @Test
  void bytesThatEndTooEarlyAreNotTakenForValues() {
    packer.begin(PackedList.EMPTY, Mark.BEGIN);
    packer.add(pair(1));
    PackedList broken = new PackedList(2, packer.list().bytes());

    assertThatThrownBy(() -> packer.behind(broken, Mark.BEGIN))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("Pair(name STRING, amount LONG)");
  }

  private static Pair pair(int number) {
    return new Pair("pair " + number, number);
  }
}
