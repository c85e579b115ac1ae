package dev.tributary.domain.credit;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;

/**
 * A dispute ended (CRD-2).
 *
 * @param disputeId the dispute
 * @param resolvedOn day
 */
public record DisputeResolved(String disputeId, LocalDate resolvedOn) implements CreditEvent {

  public DisputeResolved {
    requireNonNull(disputeId, "disputeId");
    requireNonNull(resolvedOn, "resolvedOn");
  }
}
