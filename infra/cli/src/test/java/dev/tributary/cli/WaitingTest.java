package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WaitingTest {

  @Test
  void onlyRecordsBehindThePublishedOffsetsAreMissing() {
    Map<String, Long> wanted = Map.of("sales-0", 10L, "sales-1", 5L, "rejected-0", 0L);
    assertThat(Waiting.missing(wanted, Map.of())).isEqualTo(15);
    assertThat(Waiting.missing(wanted, Map.of("sales-0", 9L, "sales-1", 5L))).isEqualTo(1);
  }

  @Test
  void aPartitionThatIsAheadDoesNotMakeUpForOneThatIsBehind() {
    assertThat(
            Waiting.missing(
                Map.of("sales-0", 10L, "sales-1", 5L), Map.of("sales-0", 12L, "sales-1", 3L)))
        .isEqualTo(2);
  }
}
