package dev.tributary.domain.attribution;

import static java.util.Objects.requireNonNull;

import dev.tributary.domain.Line;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A line of {@code ledger.attribution}, without the customer and what the runtime adds: what a
 * touch earned of a conversion, all models side by side; or what nothing earned of it; or a touch
 * that no conversion of the goal has reached.
 *
 * @param goal the goal
 * @param conversionId the document that converts; null on touches that no conversion has reached
 * @param cycle whether it was the customer's first conversion of its kind; null likewise
 * @param convertedAt when it converted; null likewise
 * @param convertedOn day of that, the original period of what refunds take back; null likewise
 * @param journeyId first touch of the journey that has not converted; null on conversions
 * @param touchId event of the touch; null on what is unattributed
 * @param touchedAt when it was; null likewise
 * @param touch the touch, under the channel it counts for; null likewise
 * @param credit share of the conversion, in millionths
 * @param revenue share of its net value, in millionths of the currency's main unit
 * @param currency ISO 4217 code of the conversion; null where it has no value, and without one
 * @param touches 1 where the touch comes into the journey, refunds or not, so that what was
 *     cancelled remains a journey that did not convert; −1 where it leaves
 * @param effectiveOn day it counts: of the conversion, of the refund, of a touch without
 *     conversion; where one reaches that touch after all, what takes it back counts on the day of
 *     that
 * @param ruleId rule of the catalogue
 * @param evidenceId the event that justifies it
 */
public record AttributionLine(
    String goal,
    String conversionId,
    Cycle cycle,
    Instant convertedAt,
    LocalDate convertedOn,
    String journeyId,
    String touchId,
    Instant touchedAt,
    Touch touch,
    Shares credit,
    Shares revenue,
    String currency,
    long touches,
    LocalDate effectiveOn,
    String ruleId,
    String evidenceId)
    implements Line<AttributionLine> {

  /** What the touches of a conversion earn of it together. */
  public static final long WHOLE_CREDIT = 1_000_000;

  public AttributionLine {
    requireNonNull(goal, "goal");
    requireNonNull(credit, "credit");
    requireNonNull(revenue, "revenue");
    requireNonNull(effectiveOn, "effectiveOn");
    requireNonNull(ruleId, "ruleId");
    requireNonNull(evidenceId, "evidenceId");
  }

  @Override
  public AttributionLine negate() {
    return new AttributionLine(
        goal,
        conversionId,
        cycle,
        convertedAt,
        convertedOn,
        journeyId,
        touchId,
        touchedAt,
        touch,
        credit.negate(),
        revenue.negate(),
        currency,
        Math.negateExact(touches),
        effectiveOn,
        ruleId,
        evidenceId);
  }

  @Override
  public boolean isZero() {
    return credit.isZero() && revenue.isZero() && touches == 0;
  }
}
