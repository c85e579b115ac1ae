package dev.tributary.domain.attribution;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** A rational number, for second writings that round nothing. */
record Fraction(BigInteger over, BigInteger under) {

  static final Fraction ZERO = of(0, 1);
  static final Fraction ONE = of(1, 1);

  Fraction {
    BigInteger common = over.gcd(under).multiply(BigInteger.valueOf(under.signum()));
    over = over.divide(common);
    under = under.divide(common);
  }

  static Fraction of(long over, long under) {
    return new Fraction(BigInteger.valueOf(over), BigInteger.valueOf(under));
  }

  Fraction plus(Fraction other) {
    return new Fraction(
        over.multiply(other.under).add(other.over.multiply(under)), under.multiply(other.under));
  }

  Fraction minus(Fraction other) {
    return plus(new Fraction(other.over.negate(), other.under));
  }

  Fraction times(Fraction other) {
    return new Fraction(over.multiply(other.over), under.multiply(other.under));
  }

  Fraction dividedBy(Fraction other) {
    return new Fraction(over.multiply(other.under), under.multiply(other.over));
  }

  boolean isZero() {
    return over.signum() == 0;
  }

  /** In units of 10<sup>-15</sup>. */
  long rounded() {
    return new BigDecimal(over)
        .movePointRight(15)
        .divide(new BigDecimal(under), 0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }
}
