package dev.tributary.warehouse;

import java.math.BigDecimal;

/**
 * What one check found at one cut.
 *
 * @param cut the cut
 * @param area part of the product it is about
 * @param id its stable name
 * @param name what it compares, in words
 * @param ruleId rule of the catalogue
 * @param compared addresses compared
 * @param offCount addresses that differ
 * @param offBy sum of the absolute differences, in what the check counts: rows or money
 */
public record Check(
    long cut,
    String area,
    String id,
    String name,
    String ruleId,
    long compared,
    long offCount,
    BigDecimal offBy) {

  /** True when nothing is off. */
  public boolean balanced() {
    return offCount == 0 && offBy.signum() == 0;
  }
}
