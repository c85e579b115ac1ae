package dev.tributary.domain.attribution;

/** How a model shares a conversion out over its touches. A rule has no state. */
interface ModelRule {

  /**
   * The weight of each touch, not negative. Where none is positive nothing qualifies, and the
   * conversion is unattributed.
   */
  long[] weights(Journey journey);
}
