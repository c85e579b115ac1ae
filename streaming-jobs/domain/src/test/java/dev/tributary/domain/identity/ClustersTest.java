package dev.tributary.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClustersTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "the smaller id survives,                b-a,         ,       a=a b=a",
    "whichever is named first,               a-b,         ,       a=a b=a",
    "merges connect,                         c-b b-a,     ,       a=a b=a c=a",
    "two clusters stay apart,                a-b d-c,     ,       a=a b=a c=c d=c",
    "a ring is one cluster,                  a-b b-c c-a, ,       a=a b=a c=a",
    "a split undoes its merge,               a-b,         m0,     a=a b=b",
    "and cuts the cluster in two,            a-b b-c,     m1,     a=a b=a c=c",
    "a ring survives one split,              a-b b-c c-a, m1,     a=a b=a c=a",
    "but not two,                            a-b b-c c-a, m0 m1,  a=a b=b c=a",
    "the same merge twice needs two splits,  a-b a-b,     m0,     a=a b=a",
    "ids are compared as text,               9-10,        ,       10=10 9=10",
    "an unknown split undoes nothing,        a-b,         other,  a=a b=a",
  })
  void theSmallestConnectedIdSurvives(String rule, String merges, String undone, String survivors) {
    assertThat(
            Clusters.survivors(
                mergesOf(merges), undone == null ? Set.of() : Set.of(undone.split(" ", -1))))
        .as(rule)
        .hasToString("{" + survivors.replace(" ", ", ") + "}");
  }

  @Test
  void thoseWhoseSurvivorChangedAreToldTheNewOne() {
    assertThat(
            Clusters.moved(
                Map.of("b", "b", "c", "b", "d", "d", "e", "d"),
                Map.of("a", "a", "b", "a", "c", "a", "d", "d")))
        .isEqualTo(Map.of("b", "a", "c", "a", "e", "e"));
  }

  @Test
  void clustersOfAnyMergesAreThoseThatWalkingFinds() {
    ClusterChecks.run();
  }

  private static List<Merge> mergesOf(String text) {
    List<String> pairs = List.of(text.split(" ", -1));
    return Stream.iterate(0, i -> i < pairs.size(), i -> i + 1)
        .map(
            i -> {
              String[] ids = pairs.get(i).split("-", -1);
              return new Merge("m" + i, ids[0], ids[1]);
            })
        .toList();
  }
}
