package dev.tributary.domain.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalvingTest {

  private static final long DAY = Duration.ofDays(1).toNanos();

  @ParameterizedTest
  @CsvSource({"0, 1099511627776", "1, 549755813888", "2, 274877906944", "40, 1", "41, 0", "700, 0"})
  void wholeHalfLivesAreExact(long halfLives, long weight) {
    assertThat(Halving.weight(halfLives * DAY, DAY)).isEqualTo(weight);
    assertThat(Halving.weight(halfLives, 1)).isEqualTo(weight);
  }

  @Test
  void anyAgeIsAsTheMathematicsSay() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      long halfLife = 1 + random.nextLong(731 * DAY);
      long age = random.nextLong(50 * DAY);
      assertThat((double) Halving.weight(age, halfLife))
          .as("age %d, half-life %d", age, halfLife)
          .isCloseTo(Math.pow(2, 40 - (double) age / halfLife), within(0.51));
    }
  }

  @Test
  void logarithmsAreAsTheMathematicsSay() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      long number = 1 + (random.nextLong(Long.MAX_VALUE) >> random.nextInt(63));
      assertThat(BinaryLogarithm.of(number) / (double) (1L << BinaryLogarithm.BITS))
          .as("%d", number)
          .isCloseTo(Math.log((double) number) / Math.log(2), within(1e-9));
    }
    assertThat(BinaryLogarithm.of(1)).isZero();
    assertThat(BinaryLogarithm.of(1L << 62)).isEqualTo(62L << 32);
  }
}
