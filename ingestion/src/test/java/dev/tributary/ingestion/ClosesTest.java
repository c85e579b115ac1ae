package dev.tributary.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.events.BusinessDayClosed;
import dev.tributary.schemas.WireFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClosesTest {

  @Test
  void everyPartitionOfEveryTopicGetsACopyThatNamesThemAll() {
    Map<String, Integer> partitions = new LinkedHashMap<>();
    partitions.put("sales", 2);
    partitions.put("rejected", 1);

    List<BusinessDayClosed> copies =
        Closes.of(
            "meridian",
            ZoneId.of("Asia/Shanghai"),
            LocalDate.of(2026, 3, 1),
            Instant.EPOCH,
            partitions);

    assertThat(copies)
        .extracting(copy -> copy.getEnvelope().getEventId())
        .containsExactly(
            "close:meridian:2026-03-01:sales-0",
            "close:meridian:2026-03-01:sales-1",
            "close:meridian:2026-03-01:rejected-0");
    assertThat(copies)
        .allSatisfy(
            copy -> {
              assertThat(copy.getPartitions()).containsExactly("sales-0", "sales-1", "rejected-0");
              assertThat(copy.getEnvelope().getOccurredAt())
                  .isEqualTo(Instant.parse("2026-03-01T16:00:00Z"));
              assertThat(new WireFormat().violation(copy)).isEmpty();
            });
  }
}
