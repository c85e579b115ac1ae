package dev.tributary.domain.attribution;

/** Whether a customer converts for the first time. */
public enum Cycle {
  /** The customer's first conversion of its kind, whatever becomes of it. */
  FIRST,
  /** One after it. */
  REPEAT
}
