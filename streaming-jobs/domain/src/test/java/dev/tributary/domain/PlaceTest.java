package dev.tributary.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "the earlier event comes first,     2026-03-01T00:00:00Z, 70, 9, z, 2026-03-01T00:00:00.000001Z, 40, 1, a",
    "then the lower type rank,          2026-03-01T00:00:00Z, 40, 9, z, 2026-03-01T00:00:00Z, 60, 1, a",
    "then the earlier source position,  2026-03-01T00:00:00Z, 40, 9, z, 2026-03-01T00:00:00Z, 40, 10, a",
    "then the smaller id,               2026-03-01T00:00:00Z, 40, 9, a, 2026-03-01T00:00:00Z, 40, 9, b",
  })
  void historyOrderIsThatOfTheEventsAlone(
      String rule,
      Instant firstAt,
      int firstRank,
      long firstSequence,
      String firstId,
      Instant secondAt,
      int secondRank,
      long secondSequence,
      String secondId) {
    Place first = new Place(firstAt, firstRank, firstSequence, firstId);
    Place second = new Place(secondAt, secondRank, secondSequence, secondId);

    assertThat(first).as(rule).isLessThan(second);
    assertThat(second).as(rule).isGreaterThan(first);
  }
}
