package dev.tributary.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterSettingsTest {

  @Test
  void whatIsNotSaidIsAsInTheLocalStack() {
    assertThat(parse())
        .isEqualTo(
            new ClusterSettings(
                "kafka:9092",
                "http://catalog",
                Map.of(),
                Mode.LIVE,
                null,
                1,
                Duration.ofSeconds(2),
                "rocksdb",
                null,
                0));
  }

  @Test
  void everythingThatIsSaidArrives() {
    ClusterSettings said =
        new ClusterSettings(
            "a:9092,b:9092",
            "https://catalog/api",
            Map.of("credential", "id:key=and more", "warehouse", ""),
            Mode.WHAT_IF,
            Policy.shippedText()
                .replace(
                    "sale_without_invoice_is_collected: true",
                    "sale_without_invoice_is_collected: false"),
            3,
            Duration.ofMillis(1500),
            "heap",
            "s3://bucket/state",
            7);

    assertThat(ClusterSettings.parse(said.arguments())).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({
    "--parallelism, 0, parallelism 0 is below 1",
    "--parallelism, many, --parallelism 'many' is not a whole number",
    "--cut-every, 10s, --cut-every '10s' is not a duration: write it like PT10S",
    "--cut-every, PT0S, is no time between checkpoints",
    "--state-backend, disk, state backend 'disk' is not known: use heap or rocksdb",
    "--mode, dead, 'mode ''dead'' is not known: use live, rebuild, what-if'",
    "--kafka, again, --kafka is given twice",
  })
  void aWrongValueIsNamedWithWhatWasExpected(String option, String value, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(option, value))
        .withMessageContaining(message);
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClusterSettings.parse(List.of("--catalog", "http://catalog")))
        .withMessageContaining("--kafka is missing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClusterSettings.parse(List.of("--kafka", "kafka:9092")))
        .withMessageContaining("--catalog is missing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("--mode"))
        .withMessageContaining("--mode needs a value");
  }

  @Test
  void valuesOfPropertiesAreShownNowhere() {
    String secret = "open-sesame";
    assertThat(parse("--catalog-property", "credential=" + secret))
        .hasToString("live job, kafka kafka:9092, catalog http://catalog with [credential]");
    for (List<String> wrong :
        List.of(
            List.of("--catalog-property", secret),
            List.of("--catalog-property", "=" + secret),
            List.of("--catalog-property", "credential=x", secret),
            List.of("--catalog-property", "a=" + secret, "--catalog-property", "a=" + secret))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> parse(wrong.toArray(String[]::new)))
          .withMessageNotContaining(secret);
    }
  }

  private static ClusterSettings parse(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--kafka", "kafka:9092", "--catalog", "http://catalog"));
    arguments.addAll(List.of(more));
    return ClusterSettings.parse(arguments);
  }
}
