package dev.tributary.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlFileTest {

  @TempDir Path directory;

  @Test
  void aRowIsAboutACustomerOrAboutAll() throws IOException {
    Path file =
        file(
            """
            company,month,currency,customer_id,opening,movement,closing
            acme,2026-03,CNY,,1250.00,-50,1200.000
            "acme",2026-03,CNY, c-1 ,0,7.01,7.01
            """);

    assertThat(ControlFile.read(file))
        .containsExactly(
            new ControlTotal(
                2,
                "acme",
                YearMonth.of(2026, 3),
                "CNY",
                null,
                new BigDecimal("1250.00"),
                new BigDecimal("-50"),
                new BigDecimal("1200.000")),
            new ControlTotal(
                3,
                "acme",
                YearMonth.of(2026, 3),
                "CNY",
                "c-1",
                new BigDecimal("0"),
                new BigDecimal("7.01"),
                new BigDecimal("7.01")));
  }

  @Test
  void theCustomersColumnMayBeMissing() throws IOException {
    Path file =
        file(
            """
            \uFEFFcompany,month,currency,opening,movement,closing
            acme,2026-03,CNY,1,2,3
            """);

    assertThat(ControlFile.read(file)).extracting(ControlTotal::customerId).containsOnlyNulls();
  }

  @Test
  void everyMistakeIsNamedAtOnce() throws IOException {
    Path file =
        file(
            """
            company,month,currency,opening,movement,closing
            acme,March,CNY,1,2,3
            acme,2026-03,,1,2,3
            acme,2026-03,CNY,"1,000",2,3
            acme,2026-03,CNY,1,2
            acme,2026-03,CNY,1,2,4
            acme,2026-03,CNY,1,2,3
            """);

    assertThatThrownBy(() -> ControlFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .extracting(e -> List.of(e.getMessage().replace(file + ":", "").split("\\R")))
        .isEqualTo(
            List.of(
                "2: \"month\" is \"March\"; write it as 2026-03",
                "3: \"currency\" is empty",
                "4: \"opening\" is \"1,000\"; write amounts as -1234.56",
                "5: the row has 5 cells, the header 6",
                "6: opening 1 and movement 2 come to 3, not to the closing 4",
                "7: says the same month again as line 6; keep one of them"));
  }

  @Test
  void aFileWithOtherColumnsIsRefused() throws IOException {
    assertThatThrownBy(() -> ControlFile.read(file("company,period\n")))
        .hasMessageContaining(":1: there is no column \"month\"")
        .hasMessageContaining(":1: column \"period\" is unknown; take it out");
    assertThatThrownBy(() -> ControlFile.read(file("")))
        .hasMessageContaining(":1: the file is empty; it needs the header row company,month,");
    assertThatThrownBy(() -> ControlFile.read(directory.resolve("nowhere.csv")))
        .hasMessageContaining("nowhere.csv cannot be read: there is no such file");
    Path binary = directory.resolve("binary.csv");
    Files.write(binary, "company,month\n\u00FC".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> ControlFile.read(binary)).hasMessageContaining("UTF-8");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("control.csv"), text);
  }
}
