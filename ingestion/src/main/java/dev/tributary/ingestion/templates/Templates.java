package dev.tributary.ingestion.templates;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Writes workbooks to fill in, each with the mapping that imports it. */
public final class Templates {

  private Templates() {}

  /** The events that have a template. */
  public static List<String> events() {
    return TemplateCatalog.load().templates().stream().map(t -> t.type().name()).toList();
  }

  /**
   * Writes every template in {@code languages}, such as {@code PaymentReceived.en.xlsx} and {@code
   * PaymentReceived.en.yaml}.
   *
   * @return the workbooks
   * @throws IOException when one cannot be written, or is there already: someone may have filled it
   *     in; nothing was written then
   */
  public static List<Path> write(Path folder, List<Language> languages) throws IOException {
    return write(folder, languages, events());
  }

  /**
   * Writes the templates of {@code events} only.
   *
   * @throws IOException as above
   * @throws IllegalArgumentException when an event has no template; nothing was written then
   */
  public static List<Path> write(Path folder, List<Language> languages, List<String> events)
      throws IOException {
    TemplateCatalog catalog = TemplateCatalog.load();
    List<Template> templates =
        catalog.templates().stream()
            .filter(template -> events.contains(template.type().name()))
            .toList();
    List<String> unknown = new ArrayList<>(events);
    templates.forEach(template -> unknown.remove(template.type().name()));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "There is no template for %s. There are: %s. Nothing was written."
              .formatted(String.join(", ", unknown), String.join(", ", events())));
    }

    for (Template template : templates) {
      for (Language language : languages) {
        expectNew(workbook(folder, template, language));
        expectNew(mapping(folder, template, language));
      }
    }

    Files.createDirectories(folder);
    List<Path> workbooks = new ArrayList<>();
    for (Template template : templates) {
      for (Language language : languages) {
        Path workbook = workbook(folder, template, language);
        Path mapping = mapping(folder, template, language);
        String command =
            "./tributary import %s --mapping %s --company NAME --zone Asia/Shanghai"
                .formatted(workbook.getFileName(), mapping.getFileName());
        try (OutputStream out = Files.newOutputStream(workbook, StandardOpenOption.CREATE_NEW)) {
          new TemplateWorkbook(template, catalog, language).write(out, command);
        }

        Files.writeString(
            mapping,
            new TemplateMapping(template, catalog, language).yaml(),
            StandardOpenOption.CREATE_NEW);
        workbooks.add(workbook);
      }
    }

    return workbooks;
  }

  private static void expectNew(Path file) throws IOException {
    if (Files.exists(file)) {
      throw new IOException(
          "%s is there already, perhaps filled in. Move it away, or name another folder with --out; nothing was written."
              .formatted(file));
    }
  }

  private static Path workbook(Path folder, Template template, Language language) {
    return folder.resolve("%s.%s.xlsx".formatted(template.type().name(), language.code()));
  }

  private static Path mapping(Path folder, Template template, Language language) {
    return folder.resolve("%s.%s.yaml".formatted(template.type().name(), language.code()));
  }
}
