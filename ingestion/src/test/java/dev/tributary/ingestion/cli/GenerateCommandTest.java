package dev.tributary.ingestion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GenerateCommandTest {

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aSampleYearIsWrittenByMonthWithItsTruth() {
    Path year = folder.resolve("year");

    assertThat(run("--scale=0.001", "--days=40", "--out=" + year)).isZero();

    assertThat(year.resolve("2025-01.ndjson")).isNotEmptyFile();
    assertThat(year.resolve("2025-02.ndjson")).isNotEmptyFile();
    assertThat(year.resolve("2025-03.ndjson")).doesNotExist();
    assertThat(year.resolve("truth.json")).isNotEmptyFile();
    assertThat(out.toString())
        .contains("SaleRecorded")
        .containsPattern("late +[\\d,]+ +40 +[345]\\d\\.\\d +of [\\d,]+")
        .containsPattern("out of order +[\\d,]+ +50 +[456]\\d\\.\\d +of [\\d,]+")
        .containsPattern("duplicate +[\\d,]+ +20 +[12]\\d\\.\\d +of [\\d,]+");
  }

  @Test
  void theTruthStandsInTheFolderUnlessTheYearIsSent() {
    assertThat(run("--truth=t.json", "--out=" + folder)).isEqualTo(2);
    assertThat(err.toString()).contains("--truth goes with --send");
  }

  @Test
  void aYearThatHasNotPassedIsRefused() {
    assertThat(run("--scale=0.001", "--from=2999-01-01", "--out=" + folder)).isEqualTo(2);
    assertThat(err.toString()).contains("has not passed yet");
  }

  private int run(String... args) {
    return new CommandLine(new GenerateCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
