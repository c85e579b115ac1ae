package dev.tributary.ingestion.templates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tributary.ingestion.importing.InputField;
import dev.tributary.schemas.EventCatalog;
import dev.tributary.schemas.EventType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The templates there are and the words in them, from {@code templates.yaml}. A column without its
 * words, or words without a column, fail at once.
 */
final class TemplateCatalog {

  private static final String FILE = "templates.yaml";
  private static final String TIME = "occurred_at";

  private final JsonNode words;
  private final JsonNode labels;
  private final JsonNode fields;
  private final Set<String> unused = new HashSet<>();
  private final List<Template> templates = new ArrayList<>();

  private TemplateCatalog(JsonNode root) {
    this.words = root.path("words");
    this.labels = root.path("choices");
    this.fields = root.path("fields");
    fields.fieldNames().forEachRemaining(unused::add);
    labels.fieldNames().forEachRemaining(unused::add);
    for (Map.Entry<String, JsonNode> event : root.path("events").properties()) {
      templates.add(template(EventCatalog.load().type(event.getKey()), event.getValue()));
    }

    if (!unused.isEmpty()) {
      throw new IllegalStateException(
          "%s: no template has %s. Take them out.".formatted(FILE, unused));
    }
  }

  static TemplateCatalog load() {
    try (InputStream in = TemplateCatalog.class.getResourceAsStream(FILE)) {
      return new TemplateCatalog(new YAMLMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read templates.yaml from the classpath", e);
    }
  }

  List<Template> templates() {
    return List.copyOf(templates);
  }

  /** A word or sentence that all templates share. */
  String word(Language language, String name) {
    JsonNode word = words.path(language.code()).path(name);
    if (!word.isTextual()) {
      throw new IllegalStateException(
          "%s: there is no %s for the word '%s'. Add it under words."
              .formatted(FILE, language, name));
    }

    return word.asText();
  }

  private Template template(EventType type, JsonNode event) {
    List<String> key = new ArrayList<>();
    event.path("key").forEach(field -> key.add(field.asText()));
    List<String> lists = InputField.requiredLists(type);
    if (lists.size() > 1) {
      throw new IllegalStateException("A row cannot hold lines of several lists: " + lists);
    }

    String list = lists.isEmpty() ? null : lists.getFirst();
    List<Column> columns = new ArrayList<>();
    Set<String> worded = new HashSet<>();
    event.path("columns").fieldNames().forEachRemaining(worded::add);
    for (InputField field : InputField.of(type)) {
      boolean asked = field.list() == null || field.list().equals(list);
      boolean numbered = field.name().endsWith(".line_no") && !key.contains(field.name());
      if (asked && !numbered) {
        worded.remove(field.name());
        columns.add(column(type, field, event.path("columns").path(field.name())));
      }
    }

    if (worded.remove(TIME)) {
      columns.add(column(type, InputField.timeBesideTheDay(), event.path("columns").path(TIME)));
    }

    if (!worded.isEmpty()) {
      throw new IllegalStateException(
          "%s: %s has no fields %s. Take them out.".formatted(FILE, type.name(), worded));
    }

    return new Template(type, event.path("zh").asText(), key, list, columns);
  }

  private Column column(EventType type, InputField field, JsonNode own) {
    List<String> said = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      JsonNode word = own.path(i);
      if (!word.isTextual()) {
        word = fields.path(field.name()).path(i);
        unused.remove(field.name());
      }

      if (!word.isTextual() || (i < 2 && word.asText().isBlank())) {
        throw new IllegalStateException(
            "%s: %s.%s needs [Chinese name, Chinese meaning, example]. Add them under fields, or with the event."
                .formatted(FILE, type.name(), field.name()));
      }

      said.add(word.asText());
    }

    return new Column(field, said.get(0), said.get(1), chineseValues(field), said.get(2));
  }

  private Map<String, String> chineseValues(InputField field) {
    Map<String, String> values = new LinkedHashMap<>();
    if (field.kind() == InputField.Kind.TRUTH) {
      values.put(word(Language.ZH, "true"), "true");
      values.put(word(Language.ZH, "false"), "false");
    }

    unused.remove(field.choiceOf());
    for (String choice : field.choices()) {
      String label = labels.path(field.choiceOf()).path(choice).asText();
      if (label.isBlank() || values.put(label, choice) != null) {
        throw new IllegalStateException(
            "%s: %s.%s needs a Chinese label of its own. Add it under choices."
                .formatted(FILE, field.choiceOf(), choice));
      }
    }

    return values;
  }
}
