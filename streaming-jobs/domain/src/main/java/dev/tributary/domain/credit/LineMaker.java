package dev.tributary.domain.credit;

import dev.tributary.domain.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;

/**
 * Makes the lines of a moment.
 *
 * @param today day of the moment
 * @param evidenceId what justifies them
 * @param baseCurrency currency of an alert's exposure
 */
record LineMaker(LocalDate today, String evidenceId, String baseCurrency) {

  CreditLine exposure(
      Component component,
      String itemId,
      LocalDate dueOn,
      Money amount,
      LocalDate on,
      String rule) {
    return new CreditLine(
        CreditEntry.EXPOSURE,
        component.name(),
        itemId,
        null,
        null,
        null,
        null,
        dueOn,
        amount.micros(),
        amount.currency(),
        0,
        on,
        rule,
        evidenceId);
  }

  /** Of what fell due or was paid in time. */
  CreditLine collection(CreditEntry entry, Item item, long micros, LocalDate on) {
    return new CreditLine(
        entry,
        null,
        item.itemId(),
        null,
        null,
        null,
        null,
        item.dueOn(),
        micros,
        item.currency(),
        0,
        on,
        "CRD-2",
        evidenceId);
  }

  CreditLine collateral(String collateralId, Money value) {
    return new CreditLine(
        CreditEntry.COLLATERAL,
        null,
        collateralId,
        null,
        null,
        null,
        null,
        null,
        value.micros(),
        value.currency(),
        1,
        today,
        "CRD-8",
        evidenceId);
  }

  CreditLine leverage(GoodsShipped shipped) {
    return new CreditLine(
        CreditEntry.LEVERAGE,
        null,
        shipped.shipmentId(),
        null,
        null,
        null,
        null,
        null,
        shipped.amount().micros(),
        shipped.amount().currency(),
        1,
        shipped.shippedOn(),
        "ARX-4",
        evidenceId);
  }

  /**
   * A limit in force.
   *
   * @param part part of the exposure, empty for all of it
   */
  CreditLine limit(String part, Limit limit) {
    return new CreditLine(
        CreditEntry.LIMIT,
        part.isEmpty() ? null : part,
        null,
        limit.grade(),
        null,
        null,
        null,
        null,
        limit.amount().micros(),
        limit.amount().currency(),
        1,
        today,
        "CRD-6",
        evidenceId);
  }

  CreditLine grade(String grade, String reason, String ruleId) {
    return new CreditLine(
        CreditEntry.GRADE,
        reason,
        null,
        grade,
        null,
        null,
        null,
        null,
        0,
        null,
        1,
        today,
        ruleId,
        evidenceId);
  }

  CreditLine alert(Alert alert, Step step, Instant since, long exposure) {
    return new CreditLine(
        CreditEntry.ALERT,
        alert.component(),
        null,
        null,
        alert.kind(),
        step,
        since,
        null,
        exposure,
        baseCurrency,
        1,
        today,
        alert.kind().ruleId(),
        evidenceId);
  }

  CreditLine review(LocalDate firstDay, Step step, LocalDate on) {
    YearMonth month = YearMonth.from(firstDay);
    return new CreditLine(
        CreditEntry.REVIEW,
        month.toString(),
        null,
        null,
        null,
        step,
        null,
        month.atEndOfMonth(),
        0,
        null,
        1,
        on,
        "CUS-6",
        evidenceId);
  }
}
