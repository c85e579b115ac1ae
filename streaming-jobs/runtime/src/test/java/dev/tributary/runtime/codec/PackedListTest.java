package dev.tributary.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.runtime.codec.PackedList.Mark;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
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
  void aListGrowsBehindItsEnd() {
    packer.begin(PackedList.EMPTY, Mark.BEGIN);
    packer.add(pair(1));
    PackedList one = packer.list();
    packer.begin(one.end());
    assertThat(packer.list()).as("nothing yet").extracting(PackedList::size).isEqualTo(0);
    packer.add(pair(2));
    packer.add(pair(3));
    PackedList more = packer.list();

    PackedList all = PackedList.concat(List.of(one, more));
    assertThat(all.end()).isEqualTo(packer.mark());
    assertThat(packer.behind(all, Mark.BEGIN)).containsExactly(pair(1), pair(2), pair(3));
    assertThat(packer.behind(all, one.end())).containsExactly(pair(2), pair(3));
  }

  @Test
  void aListComesBackFromState() throws Exception {
    TypeSerializer<PackedList> serializer = PackedList.serializer(RecordCodec.of(Pair.class));
    packer.begin(PackedList.EMPTY, Mark.BEGIN);
    packer.add(pair(1));
    packer.add(pair(2));
    DataOutputSerializer state = new DataOutputSerializer(8);
    serializer.serialize(packer.list(), state);
    serializer.serialize(PackedList.EMPTY, state);

    DataInputDeserializer restored = new DataInputDeserializer(state.getCopyOfBuffer());
    assertThat(packer.behind(serializer.deserialize(restored), Mark.BEGIN))
        .containsExactly(pair(1), pair(2));
    assertThat(serializer.deserialize(restored).size()).isZero();
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
