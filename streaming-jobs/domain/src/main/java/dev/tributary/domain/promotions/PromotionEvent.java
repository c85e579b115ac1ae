package dev.tributary.domain.promotions;

import java.util.SortedSet;

/** What adds to the results of promotions: what they cost, what was sold, what was collected. */
public sealed interface PromotionEvent permits Planned, CostIncurred, SaleRecorded, Receipt {

  /**
   * The promotions whose results the event adds to. Every address the fold names for the event is
   * one of theirs.
   */
  SortedSet<Promotion> promotions();
}
