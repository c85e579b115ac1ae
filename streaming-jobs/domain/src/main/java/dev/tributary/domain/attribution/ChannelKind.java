package dev.tributary.domain.attribution;

/** What some models ask of a channel. */
public enum ChannelKind {
  /** Costs money per contact. */
  PAID,
  /** Brings customers without being paid for it. */
  FREE,
  /** The customer came without being brought. */
  DIRECT,
  /** Takes no part: its touches are as if they had not been. */
  EXCLUDED
}
