package dev.tributary.domain.credit;

import static java.util.Objects.requireNonNull;

import dev.tributary.domain.Line;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A line of {@code ledger.credit}, without the debtor and what the runtime adds.
 *
 * @param entry what the line says
 * @param component EXPOSURE: a {@link Component}; LIMIT and limit alerts: the part of the exposure
 *     that is limited, null for all of it; GRADE: the reason of the step, COLLECTION_RATE, ARREARS
 *     or an {@link AssessmentKind}; NO_RATE alerts: the currency; REVIEW: the month, as in 2026-02;
 *     else null
 * @param itemId EXPOSURE, FELL_DUE, PAID_IN_TIME: the invoice, payment, credit note or shipment;
 *     COLLATERAL: the collateral; LEVERAGE: the shipment; else null
 * @param grade GRADE: the grade, or {@link CreditPolicy#UNRATED}; LIMIT: the grade whose limit it
 *     is, null for the debtor's own; else null
 * @param alert ALERT: its kind; else null
 * @param step ALERT: raised or cleared; REVIEW: due or done; else null
 * @param since ALERT: start of the episode, which with kind and component identifies it; else null
 * @param dueOn due day of what is open, fell due or was paid in time; last day of the month of a
 *     REVIEW; else null
 * @param amountMicros signed amount in millionths of the currency's main unit; ALERT: the exposure
 *     in the base currency at that moment
 * @param currency ISO 4217 code, null on lines that only count
 * @param count signed count: 1 for a limit in force, a step, an alert, a review, a shipment
 * @param effectiveOn day of the event that posts the line; the day that begins at a wake
 * @param ruleId rule of the catalogue
 * @param evidenceId the event that posts the line; for a wake {@code day:} and the day that passed
 */
public record CreditLine(
    CreditEntry entry,
    String component,
    String itemId,
    String grade,
    AlertKind alert,
    Step step,
    Instant since,
    LocalDate dueOn,
    long amountMicros,
    String currency,
    long count,
    LocalDate effectiveOn,
    String ruleId,
    String evidenceId)
    implements Line<CreditLine> {

  public CreditLine {
    requireNonNull(entry, "entry");
    requireNonNull(effectiveOn, "effectiveOn");
    requireNonNull(ruleId, "ruleId");
    requireNonNull(evidenceId, "evidenceId");
  }

  @Override
  public CreditLine negate() {
    return new CreditLine(
        entry,
        component,
        itemId,
        grade,
        alert,
        step,
        since,
        dueOn,
        Math.negateExact(amountMicros),
        currency,
        Math.negateExact(count),
        effectiveOn,
        ruleId,
        evidenceId);
  }

  /** The same line with other evidence. */
  CreditLine because(String otherEvidenceId) {
    return new CreditLine(
        entry,
        component,
        itemId,
        grade,
        alert,
        step,
        since,
        dueOn,
        amountMicros,
        currency,
        count,
        effectiveOn,
        ruleId,
        otherEvidenceId);
  }

  @Override
  public boolean isZero() {
    return amountMicros == 0 && count == 0;
  }
}
