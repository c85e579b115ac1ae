package dev.tributary.domain.credit;

import static java.util.Objects.requireNonNull;

/**
 * A grade, and what it takes.
 *
 * @param grade the grade, as people write it
 * @param leastRate least collection rate that reaches it, in ten-thousandths
 */
public record GradeStep(String grade, int leastRate) {

  public GradeStep {
    requireNonNull(grade, "grade");
    if (leastRate < 0 || leastRate > 10_000) {
      throw new IllegalArgumentException(
          "grade %s asks for a collection rate of %s ten-thousandths: use 0 to 10000"
              .formatted(grade, leastRate));
    }
  }
}
