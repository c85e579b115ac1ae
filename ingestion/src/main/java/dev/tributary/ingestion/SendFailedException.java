package dev.tributary.ingestion;

/** Events could not be sent. The message says why, and what to do. */
public final class SendFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SendFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
