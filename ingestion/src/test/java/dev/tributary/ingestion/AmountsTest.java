package dev.tributary.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "19.9, 19900000",
    "0.000001, 1",
    "1e3, 1000000000",
    "-1.5, -1500000",
    "0.6318, 631800",
    "5.0000000000, 5000000",
    "0e999999999, 0"
  })
  void amountsAreExactMillionths(String mainUnits, long micros) {
    assertThat(Amounts.micros(mainUnits)).isEqualTo(micros);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0000001", "1e999999999", "1e-999999999", "99999999999999"})
  void whatCannotBeExactIsRefusedAtOnce(String mainUnits) {
    assertThatThrownBy(() -> Amounts.micros(mainUnits)).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void mainUnitsHaveNoTrailingZeros() {
    assertThat(Amounts.mainUnits(19_900_000L)).isEqualTo("19.9");
    assertThat(Amounts.mainUnits(100_000_000L)).isEqualTo("100");
  }
}
