package dev.tributary.domain.attribution;

/** The last touch takes all, of those that brought the customer. */
final class LastNonDirectTouch implements ModelRule {

  @Override
  public long[] weights(Journey journey) {
    return journey.all(journey.last(channel -> channel != ChannelKind.DIRECT));
  }
}
