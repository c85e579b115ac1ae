package dev.tributary.ingestion.templates;

/** A language that templates are written in. */
public enum Language {
  /** English. */
  EN("en"),
  /** Chinese. */
  ZH("zh");

  private final String code;

  Language(String code) {
    this.code = code;
  }

  /** The code of ISO 639, as it stands in file names. */
  public String code() {
    return code;
  }
}
