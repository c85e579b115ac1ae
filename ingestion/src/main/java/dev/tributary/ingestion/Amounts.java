package dev.tributary.ingestion;

import java.math.BigDecimal;

/** Amounts and quantities as people write them, and as events carry them: exact millionths. */
public final class Amounts {

  private static final int SCALE = 6;

  private Amounts() {}

  /**
   * Millionths of a decimal number in main units.
   *
   * @throws ArithmeticException when it has more than six decimal places or is beyond a long
   */
  public static long micros(BigDecimal mainUnits) {
    // A number such as 1e999999999 must not be written out to be found too large.
    BigDecimal value = mainUnits.signum() == 0 ? BigDecimal.ZERO : mainUnits.stripTrailingZeros();
    if (value.scale() > SCALE) {
      throw new ArithmeticException("It has more than six decimal places");
    }

    if ((long) value.precision() - value.scale() > 13) {
      throw new ArithmeticException("It has more than thirteen digits before the decimal point");
    }

    return value.movePointRight(SCALE).longValueExact();
  }

  /** As {@link #micros(BigDecimal)}; also throws NumberFormatException when it is no number. */
  public static long micros(String mainUnits) {
    return micros(new BigDecimal(mainUnits));
  }

  /** Main units of millionths, without trailing zeros: {@code 19.9}. */
  public static String mainUnits(long micros) {
    return BigDecimal.valueOf(micros, SCALE).stripTrailingZeros().toPlainString();
  }
}
