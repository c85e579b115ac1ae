package dev.tributary.domain.attribution;

/**
 * The models that share a conversion out by a rule: a column each, in this order. A new one is its
 * rule and a constant here.
 */
public enum Model {
  FIRST(new FirstTouch()),
  LAST(new LastTouch()),
  LAST_NON_DIRECT(new LastNonDirectTouch()),
  FIRST_PAID(new FirstPaidTouch()),
  LAST_PAID(new LastPaidTouch()),
  LINEAR(new LinearModel()),
  POSITION(new PositionModel()),
  TIME_DECAY(new TimeDecayModel()),
  W_SHAPE(new WShapeModel());

  // Rules have no state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final ModelRule rule;

  Model(ModelRule rule) {
    this.rule = rule;
  }

  long[] weights(Journey journey) {
    return rule.weights(journey);
  }
}
