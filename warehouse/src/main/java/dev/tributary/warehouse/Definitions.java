package dev.tributary.warehouse;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The folders of the lake, as they are packed beside these classes.
 *
 * @param tables every table, by namespace and name
 * @param views every view, lines first, because marts read them
 */
public record Definitions(List<TableDefinition> tables, List<ViewDefinition> views) {

  private static final ObjectMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static final class Loaded {
    static final Definitions ALL = read();
  }

  /**
   * All folders.
   *
   * @throws IllegalStateException naming the folder whose {@code metadata.yaml} cannot be read
   */
  public static Definitions load() {
    return Loaded.ALL;
  }

  /**
   * The view {@code name} of namespace {@code mart}, with or without the namespace before it.
   *
   * @throws IllegalArgumentException when there is none
   */
  public ViewDefinition view(String name) {
    String qualified = name.contains(".") ? name : "mart." + name;
    return views.stream()
        .filter(view -> view.qualifiedName().equals(qualified))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no view %s; add warehouse/views/%s/view.sql or correct the name"
                        .formatted(qualified, qualified.replace('.', '/'))));
  }

  private static Definitions read() {
    return with(
        "lake",
        root -> {
          List<TableDefinition> tables = new ArrayList<>();
          for (Path folder : folders(root.resolve("tables"))) {
            tables.add(
                new TableDefinition(
                    name(folder.getParent()),
                    name(folder),
                    text(folder.resolve("table.sql")),
                    metadata(folder, TableMetadata.class)));
          }
          List<ViewDefinition> views = new ArrayList<>();
          for (Path folder : folders(root.resolve("views"))) {
            views.add(
                new ViewDefinition(
                    name(folder.getParent()),
                    name(folder),
                    text(folder.resolve("view.sql")),
                    metadata(folder, ViewMetadata.class)));
          }
          views.sort(
              Comparator.comparing((ViewDefinition view) -> view.metadata().kind())
                  .thenComparing(ViewDefinition::qualifiedName));
          return new Definitions(List.copyOf(tables), List.copyOf(views));
        });
  }

  private static String name(Path path) {
    return path.getFileName().toString().replace("/", "");
  }

  private static <T> T metadata(Path folder, Class<T> type) {
    Path file = folder.resolve("metadata.yaml");
    try {
      return YAML.readValue(text(file), type);
    } catch (IOException e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    }
  }

  private static List<Path> folders(Path directory) {
    try (Stream<Path> files = Files.walk(directory, 3)) {
      return files
          .filter(file -> file.getFileName().toString().equals("metadata.yaml"))
          .map(Path::getParent)
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  private interface Reader<T> {
    T read(Path root) throws IOException;
  }

  /** Opens the directory {@code name} beside this class, be it in a folder or in a jar. */
  private static <T> T with(String name, Reader<T> reader) {
    URL url = Definitions.class.getResource(name);
    if (url == null) {
      throw new IllegalStateException(
          "The folders tables and views are not on the class path; build the module warehouse");
    }
    try {
      URI uri = url.toURI();
      if (!uri.getScheme().equals("jar")) {
        return reader.read(Path.of(uri));
      }
      String[] parts = uri.toString().split("!", 2);
      try (FileSystem jar = FileSystems.newFileSystem(URI.create(parts[0]), Map.of())) {
        return reader.read(jar.getPath(parts[1]));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
