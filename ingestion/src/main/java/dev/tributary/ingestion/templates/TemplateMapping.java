package dev.tributary.ingestion.templates;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The mapping that imports a filled-in template. */
final class TemplateMapping {

  private final Template template;
  private final TemplateCatalog catalog;
  private final Language language;

  TemplateMapping(Template template, TemplateCatalog catalog, Language language) {
    this.template = template;
    this.catalog = catalog;
    this.language = language;
  }

  String yaml() {
    StringBuilder yaml = new StringBuilder();
    yaml.append("# %s%n".formatted(template.name(language)));
    yaml.append("event: %s%n".formatted(template.type().name()));
    yaml.append("sheet: %s%n".formatted(quoted(catalog.word(language, "data"))));
    if (!template.key().isEmpty()) {
      yaml.append(
          "key: [%s]%n"
              .formatted(
                  template.keyColumns(language).stream()
                      .map(TemplateMapping::quoted)
                      .collect(Collectors.joining(", "))));
    }

    yaml.append("columns:%n".formatted());
    for (Column column : template.columns()) {
      yaml.append("  %s: %s%n".formatted(quoted(column.header(language)), column.field().name()));
    }

    yaml.append("# Left out of the import as long as it is unchanged.%nexample:%n".formatted());
    for (Column column : template.columns()) {
      if (!column.example().isEmpty()) {
        yaml.append(
            "  %s: %s%n".formatted(quoted(column.header(language)), quoted(column.example())));
      }
    }

    values(yaml);
    return yaml.toString();
  }

  private void values(StringBuilder yaml) {
    List<Column> translated =
        template.columns().stream()
            .filter(column -> isTranslated(column.values(language)))
            .toList();
    if (translated.isEmpty()) {
      return;
    }

    yaml.append("values:%n".formatted());
    for (Column column : translated) {
      yaml.append("  %s:%n".formatted(quoted(column.header(language))));
      column
          .values(language)
          .forEach((entered, ours) -> yaml.append("    %s: %s%n".formatted(quoted(entered), ours)));
    }
  }

  private static boolean isTranslated(Map<String, String> values) {
    return values.entrySet().stream().anyMatch(value -> !value.getKey().equals(value.getValue()));
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }
}
