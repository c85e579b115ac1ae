package dev.tributary.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PersistentSortedMapTest {

  @Test
  void itAnswersLikeATreeMapAfterAnyChanges() {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      TreeMap<Integer, Integer> expected = new TreeMap<>();
      PersistentSortedMap<Integer, Integer> map = PersistentSortedMap.empty();
      for (int i = 0; i < 500; i++) {
        int key = random.nextInt(60);
        if (random.nextBoolean()) {
          expected.put(key, i);
          map = map.with(key, i);
        } else {
          expected.remove(key);
          map = map.without(key);
        }
        int probe = random.nextInt(60);
        assertThat(map).as("seed %d, change %d", seed, i).isEqualTo(expected);
        assertThat(map.keySet()).containsExactlyElementsOf(expected.keySet());
        assertThat(map.get(probe)).isEqualTo(expected.get(probe));
        assertThat(map.firstFrom(probe).map(Map.Entry::getKey))
            .isEqualTo(Optional.ofNullable(expected.ceilingKey(probe)));
        assertThat(map.iteratorFrom(probe))
            .toIterable()
            .containsExactlyElementsOf(expected.tailMap(probe).entrySet());
        if (!map.isEmpty()) {
          assertThat(map.firstKey()).isEqualTo(expected.firstKey());
          assertThat(map.lastKey()).isEqualTo(expected.lastKey());
        }
      }
    }
  }

  @Test
  void anOlderMapDoesNotSeeLaterChanges() {
    PersistentSortedMap<String, Integer> older =
        PersistentSortedMap.<String, Integer>empty().with("a", 1).with("b", 2);

    PersistentSortedMap<String, Integer> newer = older.with("a", 9).without("b").with("c", 3);

    assertThat(older).containsExactly(Map.entry("a", 1), Map.entry("b", 2));
    assertThat(newer).containsExactly(Map.entry("a", 9), Map.entry("c", 3));
  }

  @Test
  void keysThatComeInOrderDoNotMakeItDeep() {
    PersistentSortedMap<Integer, Integer> map = PersistentSortedMap.empty();
    for (int i = 0; i < 200_000; i++) {
      map = map.with(i, i);
    }
    for (int i = 0; i < 199_999; i++) {
      map = map.without(i);
    }

    assertThat(map).containsExactly(Map.entry(199_999, 199_999));
  }

  @Test
  void aCopyHoldsWhatTheMapHeldAndAPersistentMapIsItsOwn() {
    TreeMap<String, Integer> source = new TreeMap<>(Map.of("a", 1, "b", 2, "c", 3));
    PersistentSortedMap<String, Integer> copy = PersistentSortedMap.copyOf(source);
    source.remove("b");

    assertThat(copy).containsExactly(Map.entry("a", 1), Map.entry("b", 2), Map.entry("c", 3));
    assertThat(PersistentSortedMap.copyOf(copy)).isSameAs(copy);
  }

  @Test
  void aMapInAnotherOrderIsRefused() {
    assertThatThrownBy(
            () ->
                PersistentSortedMap.copyOf(new TreeMap<String, Integer>(Comparator.reverseOrder())))
        .hasMessageContaining("natural order");
  }

  @Test
  void aViewOfARangeIsACopyThatCannotBeChanged() {
    PersistentSortedMap<String, Integer> map =
        PersistentSortedMap.copyOf(new TreeMap<>(Map.of("a", 1, "b", 2, "c", 3)));

    assertThat(map.headMap("b")).containsOnlyKeys("a");
    assertThat(map.tailMap("b")).containsOnlyKeys("b", "c");
    assertThat(map.subMap("b", "c")).containsOnlyKeys("b");
    assertThatThrownBy(() -> map.put("d", 4)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> map.tailMap("b").clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
