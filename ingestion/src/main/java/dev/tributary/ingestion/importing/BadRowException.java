package dev.tributary.ingestion.importing;

import dev.tributary.schemas.Decoded;
import dev.tributary.schemas.RejectReason;

/** A row cannot become an event; says why. */
final class BadRowException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Decoded.Bad bad;

  /**
   * @param field column or field at fault; null when it is the whole row
   * @param message what is wrong, and what to do
   */
  BadRowException(RejectReason reason, String field, String message) {
    this(new Decoded.Bad(reason, field, message));
  }

  BadRowException(Decoded.Bad bad) {
    super(bad.message(), null, false, false);
    this.bad = bad;
  }

  Decoded.Bad bad() {
    return bad;
  }
}
