package dev.tributary.runtime.source;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.runtime.lake.CutRefusedException;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LostOffsetsTest {

  private static final TopicPartition SALES = new TopicPartition("sales", 0);
  private static final TopicPartition PAYMENTS = new TopicPartition("payments", 3);

  @ParameterizedTest
  @ValueSource(longs = {7, 8, 11, 12})
  void fromTheFirstRecordToTheOneThatIsYetToComeEverythingIsHeld(long next) {
    assertThatCode(() -> refuse(next)).doesNotThrowAnyException();
  }

  @Test
  void oneRecordThatWasDeletedUnreadIsRefused() {
    assertThatThrownBy(() -> refuse(6))
        .isInstanceOf(CutRefusedException.class)
        .hasMessageContainingAll(
            "sales-0 from offset 6, but it begins at 7", "rebuild", "restore a backup");
  }

  @Test
  void aLogThatIsShorterThanWhatWasReadOfItIsAnotherOne() {
    assertThatThrownBy(() -> refuse(13))
        .isInstanceOf(CutRefusedException.class)
        .hasMessageContaining("sales-0 from offset 13, but it ends at 12");
  }

  @Test
  void everyPartitionThatLacksSomethingIsNamed() {
    assertThatThrownBy(
            () ->
                LostOffsets.refuse(
                    Map.of(SALES, 6L, PAYMENTS, 1L),
                    Map.of(SALES, 7L, PAYMENTS, 2L),
                    Map.of(SALES, 12L, PAYMENTS, 2L)))
        .hasMessageContaining(
            "payments-3 from offset 1, but it begins at 2; sales-0 from offset 6, but it begins at 7");
  }

  private static void refuse(long next) {
    LostOffsets.refuse(Map.of(SALES, next), Map.of(SALES, 7L), Map.of(SALES, 12L));
  }
}
