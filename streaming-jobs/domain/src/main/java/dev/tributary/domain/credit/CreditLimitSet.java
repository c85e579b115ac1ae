package dev.tributary.domain.credit;

import static java.util.Objects.requireNonNull;

import dev.tributary.domain.Money;
import java.time.LocalDate;

/**
 * The debtor got a credit limit of its own (CRD-6, CRD-7).
 *
 * @param component part of the exposure that it limits, null for all of it
 * @param effectiveOn first day
 * @param endsOn last day, null without an end
 * @param limit the limit, not negative; zero means cash only
 * @param approvedBy staff id of the approver
 * @param authorityLevel level of the approver's authority, from 1 for the lowest
 */
public record CreditLimitSet(
    String component,
    LocalDate effectiveOn,
    LocalDate endsOn,
    Money limit,
    String approvedBy,
    int authorityLevel)
    implements CreditEvent {

  public CreditLimitSet {
    requireNonNull(effectiveOn, "effectiveOn");
    requireNonNull(approvedBy, "approvedBy");
    limit.requireNotNegative("credit limit");
  }
}
