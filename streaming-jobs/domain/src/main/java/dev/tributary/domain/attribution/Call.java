package dev.tributary.domain.attribution;

import static java.util.Objects.requireNonNull;

/**
 * What a touch by telephone was like.
 *
 * @param direction who called
 * @param result what came of it
 * @param seconds how long was spoken, not negative; 0 when it was not answered
 */
public record Call(Direction direction, Result result, long seconds) {

  /** Who called. */
  public enum Direction {
    INBOUND,
    OUTBOUND,
    OTHER
  }

  /** What came of a call. */
  public enum Result {
    NOT_CONNECTED,
    ABANDONED,
    CONNECTED,
    INTERESTED,
    ORDERED,
    REFUSED,
    RESOLVED,
    OTHER
  }

  public Call {
    requireNonNull(direction, "direction");
    requireNonNull(result, "result");
    if (seconds < 0) {
      throw new IllegalArgumentException(
          "a call lasted %s seconds: use 0 or more".formatted(seconds));
    }
  }
}
