package dev.tributary.domain.attribution;

import dev.tributary.domain.Measures;

/**
 * Journeys of one path.
 *
 * @param conversions those that converted
 * @param lost those that did not, or not yet, or whose conversion was taken back
 * @param valueMicros net value of those that did, in millionths of the currency's main unit
 */
public record PathMeasures(long conversions, long lost, long valueMicros)
    implements Measures<PathMeasures> {

  @Override
  public PathMeasures plus(PathMeasures other) {
    return new PathMeasures(
        Math.addExact(conversions, other.conversions),
        Math.addExact(lost, other.lost),
        Math.addExact(valueMicros, other.valueMicros));
  }

  @Override
  public PathMeasures negate() {
    return new PathMeasures(
        Math.negateExact(conversions), Math.negateExact(lost), Math.negateExact(valueMicros));
  }

  @Override
  public boolean isZero() {
    return conversions == 0 && lost == 0 && valueMicros == 0;
  }
}
