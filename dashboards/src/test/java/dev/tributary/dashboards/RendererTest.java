package dev.tributary.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RendererTest {
  @Test
  void aMartIsPlacedIntoTheQueryWithTheControlsCut() {
    String sql = renderer("select x.a from (${mart.outer}) x", "lang", "en", "zh").sql("q", 0);
    assertThat(sql)
        .isEqualTo(
            "select x.a from (select o.a from (select 1 as a where 1 = " + Renderer.CUT + ") o) x");
  }

  @Test
  void theSpanOfAMartIsWhatTheServerKnowsOfTheControlsCut() {
    assertThat(renderer("select s.cut from ${span.raw} s", "t", "a", "b").sql("q", 0))
        .isEqualTo(
            "select s.cut from {{ cut_span('raw', filter_values('as_of', remove_filter=True)) }} s");
  }

  @Test
  void aTextWithAnApostropheStaysOneSqlString() {
    Renderer renderer = renderer("select '${t}'", "t", "month's end", "月末");
    assertThat(renderer.sql("q", 0)).isEqualTo("select 'month''s end'");
    assertThat(renderer.sql("q", 1)).isEqualTo("select '月末'");
  }

  @Test
  void aDecimalLiteralKeepsItsScaleThroughSupersetsParser() {
    assertThat(
            renderer(
                    "select decimal '0.000010', decimal '-12', decimal(18,2) from t", "t", "a", "b")
                .sql("q", 0))
        .isEqualTo(
            "select cast('0.000010' as decimal(7, 6)), cast('-12' as decimal(2, 0)), decimal(18,2) from t");
  }

  @Test
  void aMissingTextNamesFileKeyAndWhatToDo() {
    assertThatThrownBy(() -> renderer("select '${nobody}'", "t", "a", "b").sql("q", 0))
        .isInstanceOf(AssetException.class)
        .hasMessageContainingAll("queries/q.sql", "${nobody}", "text.yaml");
  }

  @Test
  void martsThatReadEachOtherInACircleAreRefused() {
    assertThatThrownBy(() -> renderer("select 1 from (${mart.loop}) l", "t", "a", "b").sql("q", 0))
        .hasMessageContaining("in a circle");
  }

  private static Renderer renderer(String query, String key, String english, String chinese) {
    SortedMap<String, String> marts =
        new TreeMap<>(
            Map.of(
                "outer", "select o.a from (${mart.inner}) o",
                "inner", "select 1 as a where 1 = ${cut}",
                "loop", "select 1 from (${mart.loop}) l"));
    return new Renderer(
        new Assets(
            new TreeMap<>(Map.of(key, List.of(english, chinese))),
            "",
            Map.of(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(Map.of("q", query)),
            marts,
            new TreeMap<>()),
        Map.of());
  }
}
