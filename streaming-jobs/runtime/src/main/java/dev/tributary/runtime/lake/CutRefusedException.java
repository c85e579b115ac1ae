package dev.tributary.runtime.lake;

import java.util.Locale;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** The job must not go on: a restart would only be refused again, so Flink does not attempt one. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class CutRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The message says what to do. */
  @SuppressWarnings("AnnotateFormatMethod") // The annotation is not among the dependencies.
  CutRefusedException(String message, Object... values) {
    super(String.format(Locale.ROOT, message, values));
  }
}
