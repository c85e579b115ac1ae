package dev.tributary.domain.attribution;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * What counts as a conversion, and what its touches are weighed by (ATR-3).
 *
 * @param name name of the goal, as pages show it
 * @param kind kind of conversion
 * @param firstOnly whether only a customer's first of that kind counts
 * @param valued whether conversions bring revenue; else they are only counted
 * @param windowDays a touch counts that is at most so many times 24 hours older than the
 *     conversion, both ends included
 * @param positionPermille position model: thousandths for the first touch, those between, the last
 * @param halfLifeDays time decay: a touch weighs half as much as one that is so many days younger
 * @param wShapePermille W-shape: thousandths for the first touch, the one that led to the {@link
 *     Milestone#LEAD}, the one that led to the {@link Milestone#OPPORTUNITY}, all others
 */
public record Goal(
    String name,
    ConversionKind kind,
    boolean firstOnly,
    boolean valued,
    int windowDays,
    List<Integer> positionPermille,
    int halfLifeDays,
    List<Integer> wShapePermille) {

  /** Two years: what is kept of a customer grows with the longest window. */
  public static final int MAX_WINDOW_DAYS = 731;

  private static final int WHOLE = 1_000;

  public Goal {
    requireNonNull(name, "name");
    requireNonNull(kind, "kind");
    positionPermille = List.copyOf(positionPermille);
    wShapePermille = List.copyOf(wShapePermille);
    require(!name.isBlank(), "name", "'" + name + "'", "use a name");
    require(
        kind.carriesValue() || !valued,
        name + ".valued",
        "true",
        "use false, since " + kind + " carries no value");
    requireDays(name + ".windowDays", windowDays);
    requireDays(name + ".halfLifeDays", halfLifeDays);
    requireWhole(name + ".positionPermille", positionPermille, 3);
    requireWhole(name + ".wShapePermille", wShapePermille, 4);
    require(
        wShapePermille.getFirst() > 0,
        name + ".wShapePermille",
        wShapePermille.toString(),
        "use more than 0 for the first touch, all that a journey without milestones may have");
  }

  /** A goal of the usual weights: 40/20/40, a half-life of 7 days, 30/30/30/10. */
  public static Goal standard(String name, ConversionKind kind, int windowDays) {
    return new Goal(
        name,
        kind,
        false,
        kind.carriesValue(),
        windowDays,
        List.of(400, 200, 400),
        7,
        List.of(300, 300, 300, 100));
  }

  Duration window() {
    return Duration.ofDays(windowDays);
  }

  Duration halfLife() {
    return Duration.ofDays(halfLifeDays);
  }

  /** Whether a conversion of the goal's kind is one of the goal. */
  boolean counts(Cycle cycle) {
    return !firstOnly || cycle == Cycle.FIRST;
  }

  private static void requireDays(String key, int days) {
    require(days >= 1 && days <= MAX_WINDOW_DAYS, key, String.valueOf(days), "use 1 to 731");
  }

  private static void requireWhole(String key, List<Integer> weights, int count) {
    require(
        weights.size() == count
            && weights.stream().allMatch(weight -> weight >= 0)
            && weights.stream().mapToLong(Integer::longValue).sum() == WHOLE,
        key,
        weights.toString(),
        "use %s thousandths, none negative, that add up to %s".formatted(count, WHOLE));
  }

  private static void require(boolean holds, String key, String value, String instead) {
    if (!holds) {
      throw new IllegalArgumentException("goals.%s is %s: %s".formatted(key, value, instead));
    }
  }
}
