package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  private static final Table TABLE =
      new Table(
          List.of("name", "amount"),
          List.of(Arrays.asList("华东", "1.50"), Arrays.asList("a \"b\", c", null)));

  @Test
  void columnsAreAlignedAlsoForChinese() {
    assertThat(TABLE.lines(Table.Format.table))
        .containsExactly("name      amount", "--------  ------", "华东      1.50", "a \"b\", c");
  }

  @Test
  void csvQuotesWhatNeedsItAndTellsNothingFromEmpty() {
    assertThat(TABLE.lines(Table.Format.csv))
        .containsExactly("name,amount", "华东,1.50", "\"a \"\"b\"\", c\",");
    assertThat(new Table(List.of("x"), List.of(List.of(""))).lines(Table.Format.csv))
        .containsExactly("x", "\"\"");
  }

  @Test
  void jsonIsOneObjectALine() {
    assertThat(TABLE.lines(Table.Format.json))
        .containsExactly(
            "{\"name\":\"华东\",\"amount\":\"1.50\"}",
            "{\"name\":\"a \\\"b\\\", c\",\"amount\":null}");
  }
}
