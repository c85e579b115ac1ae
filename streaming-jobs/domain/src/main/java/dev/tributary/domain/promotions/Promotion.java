package dev.tributary.domain.promotions;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;
import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What results are added up for: the subject of the promotions fold.
 *
 * @param company company whose books it belongs to
 * @param promotionId the promotion, null for what was sold without one
 */
public record Promotion(String company, String promotionId) implements Comparable<Promotion> {

  private static final Comparator<Promotion> ORDER =
      comparing(Promotion::company)
          .thenComparing(Promotion::promotionId, nullsFirst(naturalOrder()));

  public Promotion {
    requireNonNull(company, "company");
  }

  static SortedSet<Promotion> only(String company, String promotionId) {
    return new TreeSet<>(Set.of(new Promotion(company, promotionId)));
  }

  @Override
  public int compareTo(Promotion other) {
    return ORDER.compare(this, other);
  }
}
