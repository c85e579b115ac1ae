package dev.tributary.runtime.lake;

import java.util.Locale;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** The job must not go on: a restart would only be refused again, so Flink does not attempt one. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class CutRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What helps against a refusal. */
  public enum Kind {
    /** A person has to decide: bring something back, restore, or rebuild. */
    NEEDS_DECISION,
    /** The job submitted again, under a new epoch, goes on from its newest state. */
    NEEDS_NEW_EPOCH,
    /** Nothing: another epoch has taken this one's place, and this job is to end. */
    TAKEN_OVER
  }

  private final Kind kind;

  /** The message says what to do. */
  @SuppressWarnings("AnnotateFormatMethod") // The annotation is not among the dependencies.
  public CutRefusedException(String message, Object... values) {
    this(Kind.NEEDS_DECISION, message, values);
  }

  /** The message says what to do. */
  @SuppressWarnings("AnnotateFormatMethod") // The annotation is not among the dependencies.
  CutRefusedException(Kind kind, String message, Object... values) {
    super(String.format(Locale.ROOT, message, values));
    this.kind = kind;
  }

  /** What helps against it. */
  public Kind kind() {
    return kind;
  }
}
