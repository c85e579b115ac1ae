package dev.tributary.ingestion.sampleyear;

import java.util.Map;

/**
 * A deal that was signed, and how it is truly shared.
 *
 * @param credit performance credit by staff id or "company", in thousandths
 * @param commission commission by staff id or "company", in thousandths
 * @param terminated whether the contract was ended again, which takes both back
 */
record Deal(
    String contractId,
    DealRule rule,
    Map<String, Integer> credit,
    Map<String, Integer> commission,
    long netCents,
    long commissionCents,
    boolean terminated) {

  static final String COMPANY = "company";

  /** Shares that follow from a rule (docs/sample-year.md). */
  static Map<String, Integer> creditOf(DealRule rule, Person owner, Person other) {
    return switch (rule) {
      case SPL_1, SPL_4, SPL_5, SPL_6, SPL_7, SPL_10 -> Map.of(owner.id(), 1000);
      case SPL_2, SPL_2B, SPL_3 -> Map.of(other.id(), 1000);
      case SPL_8 -> Map.of(owner.id(), 500, other.id(), 500);
      case SPL_9 -> Map.of(COMPANY, 1000);
    };
  }

  /** Shares that follow from a rule (docs/sample-year.md). */
  static Map<String, Integer> commissionOf(DealRule rule, Person owner, Person other) {
    return switch (rule) {
      case SPL_1, SPL_5, SPL_7 -> Map.of(owner.id(), 1000);
      case SPL_2, SPL_2B, SPL_3, SPL_6, SPL_8 -> Map.of(owner.id(), 500, other.id(), 500);
      case SPL_4 -> Map.of(owner.id(), 700, other.id(), 300);
      case SPL_9 -> Map.of(COMPANY, 1000);
      case SPL_10 -> Map.of(owner.id(), 500, COMPANY, 500);
    };
  }
}
