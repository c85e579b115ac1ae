package dev.tributary.domain.attribution;

import static java.util.Objects.requireNonNull;

/**
 * A contact with a customer that can earn credit for a later conversion (ATR-3). When it happened
 * is its place in history.
 *
 * @param kind in what way
 * @param channel channel of the taxonomy (LED-1, 2, 4, 6, 7); null where what was recorded maps to
 *     none, which counts under the policy's default
 * @param campaign campaign within the channel, null without one
 * @param promotionId promotion it came through, null without one
 * @param staffId who had the contact, null when nobody did
 * @param region region it belongs to, null when it is not bound to one
 * @param call of a CALL; else null
 */
public record Touch(
    TouchKind kind,
    String channel,
    String campaign,
    String promotionId,
    String staffId,
    String region,
    Call call)
    implements Trace {

  public Touch {
    requireNonNull(kind, "kind");
    if ((call != null) != (kind == TouchKind.CALL)) {
      throw new IllegalArgumentException(
          "a touch of kind %s comes with the call %s: calls have one, others none"
              .formatted(kind, call));
    }
  }

  /** The same touch under a channel. */
  Touch through(String otherChannel) {
    return new Touch(kind, otherChannel, campaign, promotionId, staffId, region, call);
  }
}
