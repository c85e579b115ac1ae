package dev.tributary.domain;

/**
 * A mistake that somebody could make.
 *
 * @param mistake what it does
 * @param source file below the domain's package
 * @param original text that stands exactly once in it
 * @param replacement text in its place
 * @param checks checks that have to notice
 */
record Mutation(
    String mistake, String source, String original, String replacement, Class<?> checks) {

  @Override
  public String toString() {
    return mistake;
  }
}
