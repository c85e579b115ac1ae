package dev.tributary.domain.attribution;

/** The first touch takes all: the house model (ATR-1). */
final class FirstTouch implements ModelRule {

  @Override
  public long[] weights(Journey journey) {
    return journey.all(journey.first(channel -> true));
  }
}
