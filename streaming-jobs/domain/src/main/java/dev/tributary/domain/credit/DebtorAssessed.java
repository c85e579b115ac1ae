package dev.tributary.domain.credit;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;

/**
 * Something was learnt about the debtor that moves the grade (CRD-3..5).
 *
 * @param kind what was assessed
 * @param adverse whether the finding counts against the debtor
 * @param assessedOn first day that it holds
 */
public record DebtorAssessed(AssessmentKind kind, boolean adverse, LocalDate assessedOn)
    implements CreditEvent {

  public DebtorAssessed {
    requireNonNull(kind, "kind");
    requireNonNull(assessedOn, "assessedOn");
  }
}
