package dev.tributary.domain.attribution;

/**
 * What a touch has of a conversion.
 *
 * @param touch the touch, null for what is unattributed
 * @param credit as on the line
 * @param revenue as on the line
 * @param touches as on the line
 */
record Part(Touch touch, Shares credit, Shares revenue, long touches) {

  static final Part NOTHING = new Part(null, Shares.NONE, Shares.NONE, 0);

  /** What has to be added to another part to come to this one. */
  Part since(Part before) {
    return new Part(
        touch,
        credit.minus(before.credit),
        revenue.minus(before.revenue),
        touches - before.touches);
  }
}
