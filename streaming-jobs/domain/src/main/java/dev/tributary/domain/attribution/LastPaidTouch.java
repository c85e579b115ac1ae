package dev.tributary.domain.attribution;

/** The last touch takes all, of those that were paid for. */
final class LastPaidTouch implements ModelRule {

  @Override
  public long[] weights(Journey journey) {
    return journey.all(journey.last(channel -> channel == ChannelKind.PAID));
  }
}
