package dev.tributary.domain.attribution;

/** The last touch takes all. */
final class LastTouch implements ModelRule {

  @Override
  public long[] weights(Journey journey) {
    return journey.all(journey.last(channel -> true));
  }
}
