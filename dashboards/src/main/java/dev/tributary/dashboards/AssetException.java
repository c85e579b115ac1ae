package dev.tributary.dashboards;

import java.util.List;

/** An asset cannot be used as it stands; the message names file, field, value and what to do. */
public final class AssetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** One problem. */
  public AssetException(String message) {
    super(message);
  }

  /** One problem with its cause. */
  public AssetException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Several problems, one a line. */
  public static AssetException of(List<String> problems) {
    return new AssetException(String.join(System.lineSeparator(), problems));
  }
}
