package dev.tributary.domain.credit;

import dev.tributary.domain.PersistentSortedMap;
import java.util.SortedMap;

/**
 * What a grade follows from.
 *
 * @param rung position on the ladder that the collection rate reaches, from 0; -1 without one
 * @param arrears whether something is overdue
 * @param findings kinds of adverse findings in force
 */
public record Rating(int rung, boolean arrears, SortedMap<AssessmentKind, Boolean> findings) {

  static final int NO_RUNG = -1;

  static final Rating NONE = new Rating(NO_RUNG, false, PersistentSortedMap.empty());

  public Rating {
    findings = PersistentSortedMap.copyOf(findings);
  }

  /** The grade: old arrears bar the best, findings lower it, and nothing is below the lowest. */
  String grade(CreditPolicy policy) {
    if (rung == NO_RUNG) {
      return CreditPolicy.UNRATED;
    }
    int lowest = policy.ladder().size() - 1;
    int reached = arrears ? Math.max(rung, 1) : rung;
    for (AssessmentKind kind : findings.keySet()) {
      reached += policy.notchesOf(kind);
    }
    return policy.ladder().get(Math.min(reached, lowest)).grade();
  }

  Rating reaching(int newRung) {
    return new Rating(newRung, arrears, findings);
  }

  Rating owing(boolean inArrears) {
    return new Rating(rung, inArrears, findings);
  }

  Rating finding(AssessmentKind kind, boolean adverse) {
    PersistentSortedMap<AssessmentKind, Boolean> found = PersistentSortedMap.copyOf(findings);
    return new Rating(rung, arrears, adverse ? found.with(kind, true) : found.without(kind));
  }
}
