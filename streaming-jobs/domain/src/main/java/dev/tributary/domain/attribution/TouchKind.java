package dev.tributary.domain.attribution;

/** In what way a customer was touched. */
public enum TouchKind {
  /** A reception, field visit or attendance. */
  VISIT,
  /** A telephone call, made or taken. */
  CALL,
  /** A promotion reached the customer. */
  PROMOTION_CONTACT,
  /** The customer took part in a promotion. */
  PROMOTION_PARTICIPATION,
  /** The customer attended a conference. */
  CONFERENCE,
  /** Another customer announced this one. */
  REFERRAL,
  /** A session at an online place. */
  ONLINE_SESSION
}
