package dev.tributary.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.events.SaleRecorded;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ContentHashTest {

  @Test
  void theHashIsThirtyTwoHexadecimalCharacters() {
    assertThat(ContentHash.of(Samples.sale())).matches("[0-9a-f]{32}");
  }

  @Test
  void whenAnEventWasRecordedIsNotPartOfItsContent() {
    SaleRecorded later = Samples.sale();
    later.getEnvelope().setRecordedAt(Instant.parse("2030-01-01T00:00:00Z"));

    assertThat(ContentHash.of(later)).isEqualTo(ContentHash.of(Samples.sale()));
  }

  @Test
  void everythingElseIsPartOfItsContent() {
    SaleRecorded other = Samples.sale();
    other.getLines().get(0).setUnitsMicros(1L);
    SaleRecorded revised = Samples.sale();
    revised.getEnvelope().setRevision(1);

    assertThat(ContentHash.of(Samples.sale()))
        .isNotEqualTo(ContentHash.of(other))
        .isNotEqualTo(ContentHash.of(revised));
  }

  @Test
  void hashingLeavesTheEventAsItWas() {
    SaleRecorded sale = Samples.sale();

    ContentHash.of(sale);

    assertThat(sale).isEqualTo(Samples.sale());
  }

  @Test
  void theHashOfAnEventNeverChangesBetweenBuilds() {
    assertThat(ContentHash.of(Samples.merge())).isEqualTo("707698417c3bc1a75c4a24049fafe0c3");
  }
}
