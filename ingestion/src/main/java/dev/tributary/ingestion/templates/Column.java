package dev.tributary.ingestion.templates;

import dev.tributary.ingestion.importing.InputField;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column of a template.
 *
 * @param chineseHeader its name in Chinese; in English it has the field's
 * @param chineseMeaning what it means, in Chinese; in English the schema says it
 * @param example its value in the example row, in ISO 8601 and plain digits; empty for none
 */
record Column(InputField field, String chineseHeader, String chineseMeaning, String example) {

  private static final Pattern RULES = Pattern.compile(" ?\\((?:rules )?([A-Z]{3}-\\d[^)]*)\\)");
  private static final Pattern UNIT =
      Pattern.compile(", in millionths of (?:the currency's main unit|a unit)");
  private static final Pattern PSEUDONYM = Pattern.compile("Keyed hash of the (?:E\\.164 )?(\\w)");

  String header(Language language) {
    return switch (language) {
      case EN -> field.name();
      case ZH -> chineseHeader;
    };
  }

  String meaning(Language language) {
    return switch (language) {
      case EN -> englishMeaning();
      case ZH -> chineseMeaning;
    };
  }

  /** The ids of the business rules that the column serves; empty without any. */
  String rules() {
    Matcher rules = RULES.matcher(field.doc());
    return rules.find() ? rules.group(1) : "";
  }

  /** The schema says how an event keeps a value; whoever fills in a cell writes it otherwise. */
  private String englishMeaning() {
    String withoutRules = RULES.matcher(field.doc()).replaceAll("");
    String withoutUnit = UNIT.matcher(withoutRules).replaceAll("");
    return PSEUDONYM
        .matcher(withoutUnit)
        .replaceAll(first -> first.group(1).toUpperCase(Locale.ROOT))
        .replace("null", "blank")
        .replace("Null", "Blank");
  }
}
