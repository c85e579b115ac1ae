package dev.tributary.domain.promotions;

/** How a sale is paid. */
public enum Settlement {
  /** Paid at once; no invoice follows, so it counts as collected at the sale. */
  AT_SALE,
  /** An invoice follows; what is collected comes from the receivables. */
  ON_ACCOUNT
}
