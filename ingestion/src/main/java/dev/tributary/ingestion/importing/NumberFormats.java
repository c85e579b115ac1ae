package dev.tributary.ingestion.importing;

import java.util.Locale;
import java.util.regex.Pattern;

/** Tells the number formats of spreadsheets that show a date or a time from all others. */
final class NumberFormats {

  // Texts in quotes, single escaped or padded characters, and [Red], [$-804], [>100].
  private static final Pattern LITERALS =
      Pattern.compile("\"[^\"]*\"|\\\\.|_.|\\*.|\\[[^\\]]*\\]", Pattern.DOTALL);

  private NumberFormats() {}

  /**
   * Whether a cell of this format holds a point in time, which a workbook keeps as a count of days.
   * An elapsed time such as {@code [h]:mm} is a number.
   *
   * @param id number of the format; null without one
   * @param code the format as written; null for those that only have a number
   */
  static boolean showsTime(Integer id, String code) {
    if (id != null && isBuiltInDate(id)) {
      return true;
    }

    if (code == null) {
      return false;
    }

    String lower = code.toLowerCase(Locale.ROOT);
    if (lower.contains("[h") || lower.contains("[m") || lower.contains("[s")) {
      return false;
    }

    String shown = LITERALS.matcher(lower).replaceAll("");
    if (shown.startsWith("general")) {
      return false;
    }

    return shown.chars().anyMatch(c -> c == 'y' || c == 'm' || c == 'd' || c == 'h' || c == 's');
  }

  // 27 to 36 and 50 to 58 are the dates of Chinese, Japanese and Korean spreadsheets: their codes
  // depend on the program's language and are not in the file.
  private static boolean isBuiltInDate(int id) {
    return (id >= 14 && id <= 22)
        || (id >= 27 && id <= 36)
        || id == 45
        || id == 47
        || (id >= 50 && id <= 58);
  }
}
