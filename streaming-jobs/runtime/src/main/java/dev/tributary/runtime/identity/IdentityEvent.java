package dev.tributary.runtime.identity;

/** What says which customer ids are one. */
public sealed interface IdentityEvent {

  /** The books the ids belong to; ids of different companies never meet. */
  String company();

  /** +1 adds the event, −1 takes it back. */
  int sign();

  /**
   * Two ids are one.
   *
   * @param eventId origin id of the merge, which a split names
   */
  record Merged(String company, String eventId, String customerId, String duplicateId, int sign)
      implements IdentityEvent {}

  /** A merge was wrong. */
  record Split(String company, String mergeEventId, int sign) implements IdentityEvent {}
}
