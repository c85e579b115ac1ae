package dev.tributary.ingestion.templates;

import dev.tributary.ingestion.importing.InputField;
import dev.tributary.ingestion.importing.InputField.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column of a template.
 *
 * @param chineseHeader its name in Chinese; in English it has the field's
 * @param chineseMeaning what it means, in Chinese; in English the schema says it
 * @param chineseValues its Chinese values to ours; empty when any value may be entered
 * @param example its value in the example row, in ISO 8601, plain digits and as our choice; empty
 *     for none
 */
record Column(
    InputField field,
    String chineseHeader,
    String chineseMeaning,
    Map<String, String> chineseValues,
    String example) {

  private static final Pattern RULES = Pattern.compile(" ?\\((?:rules )?([A-Z]{3}-\\d[^)]*)\\)");
  private static final Pattern UNIT =
      Pattern.compile(", in millionths of (?:the currency's main unit|a unit)");
  private static final Pattern UNITS_BY_KIND = Pattern.compile(" in millionths: of ");
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

  /**
   * What may be entered to what it means to us, in the order of the choices; empty for anything.
   */
  Map<String, String> values(Language language) {
    return switch (language) {
      case EN -> englishValues();
      case ZH -> chineseValues;
    };
  }

  /** The example as it is entered in a language. */
  String example(Language language) {
    return values(language).entrySet().stream()
        .filter(value -> value.getValue().equals(example))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(example);
  }

  /** The choices as the notes name them: with ours, where that is another word. */
  List<String> choices(Language language) {
    List<String> choices = new ArrayList<>();
    values(language)
        .forEach(
            (entered, ours) ->
                choices.add(
                    entered.equalsIgnoreCase(ours) ? entered : "%s = %s".formatted(entered, ours)));
    return choices;
  }

  private Map<String, String> englishValues() {
    Map<String, String> values = new LinkedHashMap<>();
    if (field.kind() == Kind.TRUTH) {
      values.put("TRUE", "true");
      values.put("FALSE", "false");
    }

    field.choices().forEach(choice -> values.put(choice, choice));
    return values;
  }

  /** The ids of the business rules that the column serves; empty without any. */
  String rules() {
    Matcher rules = RULES.matcher(field.doc());
    return rules.find() ? rules.group(1) : "";
  }

  /** The schema says how an event keeps a value; whoever fills in a cell writes it otherwise. */
  private String englishMeaning() {
    String withoutRules = RULES.matcher(field.doc()).replaceAll("");
    String withoutUnit =
        UNITS_BY_KIND
            .matcher(UNIT.matcher(withoutRules).replaceAll(""))
            .replaceAll(": in units of ");
    return PSEUDONYM
        .matcher(withoutUnit)
        .replaceAll(first -> first.group(1).toUpperCase(Locale.ROOT))
        .replace("null", "blank")
        .replace("Null", "Blank");
  }
}
