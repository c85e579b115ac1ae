package dev.tributary.domain.credit;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;

/**
 * The customer's file was reviewed (CUS-6).
 *
 * @param reviewedOn day of the review
 */
public record CustomerReviewed(LocalDate reviewedOn) implements CreditEvent {

  public CustomerReviewed {
    requireNonNull(reviewedOn, "reviewedOn");
  }
}
