package dev.tributary.ingestion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ImportCommandTest {

  private static final String GOOD =
      """
      {"type":"PaymentReceived","company":"m","received_on":"2025-03-01","payment_id":"p1","customer_id":"c1","amount":10,"currency":"CNY"}
      """;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aDryRunCountsAndSendsNothing() throws Exception {
    Path file = Files.writeString(folder.resolve("a.ndjson"), GOOD + GOOD.replace("10", "-10"));

    assertThat(run("import", "--dry-run", file.toString())).isEqualTo(1);
    assertThat(out.toString())
        .contains("accepted 1, rejected 1", "negative_amount 1", "nothing was sent");
    assertThat(err.toString())
        .contains("a.ndjson:2: amount: -10 is below zero.", "[negative_amount]");
  }

  @Test
  void aDryRunOfGoodRowsSucceeds() throws Exception {
    Path file = Files.writeString(folder.resolve("a.ndjson"), GOOD);

    assertThat(run("import", "--dry-run", file.toString())).isZero();
  }

  @Test
  void allOrNothingSendsNothingWhenARowIsBad() throws Exception {
    Path file = Files.writeString(folder.resolve("a.ndjson"), GOOD + "no json\n");

    assertThat(run("import", "--all-or-nothing", file.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("accepted 1, rejected 1", "Nothing was sent.");
  }

  @Test
  void whatCannotBeReadOrUnderstoodIsExitCodeTwo() throws Exception {
    Path file = Files.writeString(folder.resolve("a.ndjson"), GOOD);

    assertThat(run("import", folder.resolve("missing.csv").toString())).isEqualTo(2);
    assertThat(run("import", "--zone", "Mars", file.toString())).isEqualTo(2);
    assertThat(run("import")).isEqualTo(2);
    assertThat(run("generate", "--send", "--out", "x")).isEqualTo(2);
    assertThat(run("generate", "--scale", "0", "--out", "x")).isEqualTo(2);
    assertThat(run("generate", "--from", "9000-01-01", "--out", "x")).isEqualTo(2);
  }

  @Test
  void aTemplateIsWrittenAndItsExampleLeftOutWithAWord() {
    Path templates = folder.resolve("templates");

    assertThat(run("templates", "--out", templates.toString(), "--lang", "zh")).isZero();
    assertThat(out.toString()).contains("PaymentReceived.zh.xlsx").doesNotContain(".en.");
    assertThat(
            run(
                "import",
                "--dry-run",
                templates.resolve("PaymentReceived.zh.xlsx").toString(),
                "--mapping",
                templates.resolve("PaymentReceived.zh.yaml").toString(),
                "--company",
                "meridian"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains("accepted 0, rejected 0", "left out 1", "PaymentReceived.zh.xlsx#数据:2");
    assertThat(run("templates", "--out", templates.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("is there already");
  }

  private int run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    if (all.getFirst().equals("import") && all.size() > 1) {
      all.addAll(List.of("--phone-key", folder.resolve("phone.key").toString()));
    }

    return new CommandLine(new Verbs())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  @CommandLine.Command(
      subcommands = {ImportCommand.class, GenerateCommand.class, TemplatesCommand.class})
  private static final class Verbs {}
}
