package dev.tributary.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NormaliserTest {
  private static final String UUID = "7b1ab0de-0000-3000-8000-000000000001";

  @Test
  void anExportLosesWhatBelongsToItsInstallation() {
    String normal =
        new Normaliser(Map.of(UUID, "sales_en"))
            .normalise(
                """
                uuid: 7b1ab0de-0000-3000-8000-000000000002
                slice_name: Sales
                dataset_uuid: %s
                query_context: '{"a": 1}'
                cache_timeout: null
                params: {zeta: 1, alpha: [a, b], slice_id: 7, datasource: 3__table}
                """
                    .formatted(UUID),
                "chart");
    assertThat(normal)
        .isEqualTo(
            """
            dataset_uuid: '7b1ab0de-0000-3000-8000-000000000001'  # sales_en
            params:
              alpha: [a, b]
              zeta: 1
            slice_name: Sales
            uuid: '7b1ab0de-0000-3000-8000-000000000002'
            """);
  }

  @Test
  void theNormalFormStaysAsItIs() {
    Normaliser normaliser = new Normaliser();
    String once =
        normaliser.normalise(
            "t: \"a\\n\\n  b: 'c'\\n\"\nyes: ['no', '1.0', 1.0, true, 'a: b', \"it's\"]\nm: {}\nl: [{k: \"x\\ny\\n\"}]\n",
            "t");
    assertThat(normaliser.normalise(once, "t")).isEqualTo(once);
    assertThat(Yaml.parse(once, "t"))
        .isEqualTo(
            Yaml.parse(
                "t: \"a\\n\\n  b: 'c'\\n\"\n'yes': ['no', '1.0', 1.0, true, 'a: b', \"it's\"]\nm: {}\nl: [{k: \"x\\ny\\n\"}]\n",
                "t"));
  }
}
