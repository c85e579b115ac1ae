package dev.tributary.domain.identity;

import static java.util.Objects.requireNonNull;

/**
 * Two ids of a company's customers were found to be one customer.
 *
 * @param eventId the event that says so, in its first version; a split names it
 * @param customerId one of the two ids
 * @param duplicateId the other one
 */
public record Merge(String eventId, String customerId, String duplicateId) {

  public Merge {
    requireNonNull(eventId, "eventId");
    requireNonNull(customerId, "customerId");
    requireNonNull(duplicateId, "duplicateId");
  }
}
