package dev.tributary.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The committed pages are in order. */
class AssetsTest {
  private final Assets assets = Assets.load(Project.root());

  @Test
  void validatorHasNothingToObject() {
    assertThat(Validator.check(assets)).isEmpty();
  }

  @Test
  void normaliserChangesNoCommittedFile() throws Exception {
    Normaliser normaliser = new Normaliser();
    for (Path file : Assets.normalFiles(Project.root())) {
      String text = Files.readString(file);
      assertThat(normaliser.normalise(text, file.toString())).as(file.toString()).isEqualTo(text);
    }
  }

  @Test
  void everyPageExistsInBothLanguagesWithTheSameRowsAndFilters() {
    Map<String, Map<String, Object>> english = Project.renderer(assets).render(0).files();
    Map<String, Map<String, Object>> chinese = Project.renderer(assets).render(1).files();
    for (String page : assets.dashboards().keySet()) {
      Map<String, Object> en = english.get("dashboards/" + page + "_en.yaml");
      Map<String, Object> zh = chinese.get("dashboards/" + page + "_zh.yaml");
      assertThat(zh.get("slug")).isEqualTo(en.get("slug") + "-zh");
      assertThat(zh.get("uuid")).isNotEqualTo(en.get("uuid"));
      assertThat(zh.get("dashboard_title")).isNotEqualTo(en.get("dashboard_title"));
      assertThat(Yaml.map(zh.get("position"), page).keySet())
          .isEqualTo(Yaml.map(en.get("position"), page).keySet());
    }
  }

  @Test
  void everyDatasetThatReadsLinesTakesItsCutFromTheControlAlone() {
    // lists of the controls' values and the newest cut's label are the same at every cut
    List<String> lists =
        List.of(
            "cut",
            "promotion_company",
            "attribution_company",
            "attribution_goal",
            "attribution_model",
            "channel_company",
            "receivable_company",
            "receivable_region",
            "receivable_customer");
    List<String> without = new ArrayList<>();
    assets
        .queries()
        .forEach(
            (name, sql) -> {
              String rendered = Project.renderer(assets).sql(name, 0);
              if (!lists.contains(name)
                  && !rendered.contains(Renderer.CUT)
                  && !rendered.contains("{{ cut_span(")) {
                without.add(name);
              }
            });
    assertThat(without).isEmpty();
  }

  @Test
  void noPlaceholderIsLeftInARenderedBundle() {
    for (int language = 0; language < Assets.LANGUAGES; language++) {
      Project.renderer(assets)
          .render(language)
          .files()
          .forEach((path, tree) -> assertThat(Yaml.write(tree)).as(path).doesNotContain("${"));
    }
  }

  @Test
  void theSameAssetsGiveTheSameBytes() {
    assertThat(Project.renderer(assets).render(1).zip())
        .isEqualTo(Project.renderer(Assets.load(Project.root())).render(1).zip());
  }

  @Test
  void theRedirectKnowsEveryPageAndNamesControlsThePagesHave() throws Exception {
    JsonNode pages =
        new ObjectMapper()
            .readTree(Files.readString(Project.root().resolve("dashboards/superset/pages.json")))
            .path("pages");
    List<String> known = new ArrayList<>();
    pages.fieldNames().forEachRemaining(known::add);
    assertThat(known).containsExactlyInAnyOrderElementsOf(assets.dashboards().keySet());
    for (String page : known) {
      List<String> controls =
          Yaml.list(assets.dashboards().get(page).get("filters"), page).stream()
              .map(f -> Yaml.text(Yaml.map(f, page), "column", page))
              .toList();
      pages
          .path(page)
          .path("defaults")
          .fieldNames()
          .forEachRemaining(c -> assertThat(controls).contains(c));
    }
  }

  @Test
  void theRedirectAndTheControlNameACutAlike() throws Exception {
    String control = assets.queries().get("cut");
    String redirect =
        Files.readString(Project.root().resolve("dashboards/superset/newest_cut.sql"));
    String label = control.substring(control.indexOf("format("), control.indexOf("as as_of"));
    assertThat(redirect).contains(label);
  }

  @Test
  void everyCheckOfTheReconciliationHasANameInBothLanguages() {
    String query = assets.queries().get("trust_check");
    List<String> ids = new ArrayList<>();
    assets
        .marts()
        .forEach(
            (mart, sql) -> {
              if (mart.startsWith("check_")) {
                Pattern.compile("\\n +\\('(\\w+_\\w+)', '|'(\\w+)' as check_id")
                    .matcher(sql)
                    .results()
                    .forEach(m -> ids.add(m.group(1) == null ? m.group(2) : m.group(1)));
              }
            });
    assertThat(ids).hasSizeGreaterThan(20);
    assertThat(ids).allSatisfy(id -> assertThat(query).contains("'" + id + "'"));
  }
}
