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
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The templates there are and the words in them, from {@code templates.yaml}. A column without its
 * words, or words without a column, fail at once.
 */
final class TemplateCatalog {

  private static final String FILE = "templates.yaml";

  private final JsonNode words;
  private final List<Template> templates = new ArrayList<>();

  private TemplateCatalog(JsonNode root) {
    this.words = root.path("words");
    for (Map.Entry<String, JsonNode> event : root.path("events").properties()) {
      templates.add(template(EventCatalog.load().type(event.getKey()), event.getValue()));
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

  private static Template template(EventType type, JsonNode event) {
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

    if (!worded.isEmpty()) {
      throw new IllegalStateException(
          "%s: %s has no fields %s. Take them out.".formatted(FILE, type.name(), worded));
    }

    return new Template(type, event.path("zh").asText(), key, list, columns);
  }

  private static Column column(EventType type, InputField field, JsonNode words) {
    boolean named = words.size() == 3 && !words.get(0).asText().isBlank();
    if (!named || words.get(1).asText().isBlank()) {
      throw new IllegalStateException(
          "%s: %s.%s needs [Chinese name, Chinese meaning, example]. Add them."
              .formatted(FILE, type.name(), field.name()));
    }

    return new Column(field, words.get(0).asText(), words.get(1).asText(), words.get(2).asText());
  }
}
