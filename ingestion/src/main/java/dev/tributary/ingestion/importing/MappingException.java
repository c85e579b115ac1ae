package dev.tributary.ingestion.importing;

/** A mapping file is wrong. The message names file, line and what to do. */
public final class MappingException extends Exception {

  private static final long serialVersionUID = 1L;

  MappingException(String message) {
    super(message);
  }
}
