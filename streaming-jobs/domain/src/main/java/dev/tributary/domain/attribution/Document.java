package dev.tributary.domain.attribution;

import java.time.LocalDate;

/**
 * What is known of a conversion.
 *
 * @param made its first event; null while only refunds of it are known
 * @param on day of that; null likewise
 * @param cycle whether it was the customer's first; null likewise
 * @param valueMicros what it is worth, in millionths of its currency's main unit
 * @param reducedMicros what was taken back of that, which can be more
 * @param cancelled whether it is void
 */
public record Document(
    Moment made,
    LocalDate on,
    Cycle cycle,
    long valueMicros,
    long reducedMicros,
    boolean cancelled) {

  static final Document UNSEEN = new Document(null, null, null, 0, 0, false);

  boolean isMade() {
    return made != null;
  }

  /** Whether nothing is left of it: a conversion for nothing is one until it is cancelled. */
  boolean isGone() {
    return cancelled || (reducedMicros > 0 && reducedMicros >= valueMicros);
  }

  /** What is left, in millionths of its currency's main unit. */
  long netMicros() {
    return isGone() ? 0 : valueMicros - reducedMicros;
  }

  Document madeAt(Moment moment, LocalDate day, Cycle first) {
    return new Document(moment, day, first, valueMicros, reducedMicros, cancelled);
  }

  Document worth(long micros) {
    return new Document(made, on, cycle, micros, reducedMicros, cancelled);
  }

  Document reducedBy(long micros) {
    return new Document(
        made, on, cycle, valueMicros, Math.addExact(reducedMicros, micros), cancelled);
  }

  Document cancel() {
    return new Document(made, on, cycle, valueMicros, reducedMicros, true);
  }
}
