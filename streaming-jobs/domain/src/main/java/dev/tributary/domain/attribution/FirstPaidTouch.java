package dev.tributary.domain.attribution;

/** The first touch takes all, of those that were paid for. */
final class FirstPaidTouch implements ModelRule {

  @Override
  public long[] weights(Journey journey) {
    return journey.all(journey.first(channel -> channel == ChannelKind.PAID));
  }
}
