package dev.tributary.domain.attribution;

import dev.tributary.domain.LargestRemainder;
import dev.tributary.domain.Money;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A number for each model.
 *
 * @param byModel in the order of {@link Model}
 */
public record Shares(List<Long> byModel) {

  static final Shares NONE = new Shares(Collections.nCopies(Model.values().length, 0L));

  public Shares {
    byModel = List.copyOf(byModel);
  }

  /** The model's number. */
  // The order of the columns is that of the constants.
  @SuppressWarnings("EnumOrdinal")
  public long of(Model model) {
    return byModel.get(model.ordinal());
  }

  Shares minus(Shares other) {
    List<Long> differences = new ArrayList<>(byModel.size());
    for (int i = 0; i < byModel.size(); i++) {
      differences.add(Math.subtractExact(byModel.get(i), other.byModel.get(i)));
    }
    return new Shares(differences);
  }

  Shares negate() {
    return new Shares(byModel.stream().map(Math::negateExact).toList());
  }

  boolean isZero() {
    return byModel.stream().allMatch(share -> share == 0);
  }

  /**
   * Shares a conversion out by every model.
   *
   * @param credit in millionths
   * @param weights of each model
   * @return a row for each touch, then one for what is unattributed
   */
  static List<Shares> ofCredit(long credit, List<long[]> weights) {
    return split(credit, weights, ofModel -> LargestRemainder.split(credit, ofModel));
  }

  /** Shares money out in the same way, in millionths of its currency's main unit. */
  static List<Shares> ofMoney(Money value, List<long[]> weights) {
    return split(
        value.micros(),
        weights,
        ofModel ->
            value.split(Arrays.stream(ofModel).boxed().toList()).stream()
                .mapToLong(Money::micros)
                .toArray());
  }

  private static List<Shares> split(
      long whole, List<long[]> weights, UnaryOperator<long[]> splitting) {
    int touches = weights.getFirst().length;
    List<List<Long>> rows = new ArrayList<>(touches + 1);
    for (int i = 0; i <= touches; i++) {
      rows.add(new ArrayList<>(weights.size()));
    }
    for (long[] ofModel : weights) {
      boolean qualifies = Arrays.stream(ofModel).anyMatch(weight -> weight > 0);
      long[] parts = qualifies ? splitting.apply(ofModel) : ofModel;
      for (int i = 0; i < touches; i++) {
        rows.get(i).add(parts[i]);
      }
      rows.get(touches).add(qualifies ? 0 : whole);
    }
    return rows.stream().map(Shares::new).toList();
  }
}
