package dev.tributary.dashboards;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Everything under {@code dashboards/} that the pages are made of, and the marts of {@code
 * warehouse/} they read.
 *
 * <p>An asset is named by its file: {@code charts/trust_tiles.yaml} is the chart {@code
 * trust_tiles}, and the dataset {@code trust_tile} takes its SQL from {@code
 * queries/trust_tile.sql}.
 *
 * @param texts every text a reader sees, by key, one value a language
 * @param css the style sheet all pages share
 * @param database the one database
 * @param datasets datasets by name
 * @param charts charts by name
 * @param dashboards dashboards by name
 * @param queries SQL by dataset
 * @param marts the SQL of each mart view, by view
 * @param martColumns columns by mart view; empty for a view without {@code metadata.yaml}
 */
public record Assets(
    SortedMap<String, List<String>> texts,
    String css,
    Map<String, Object> database,
    SortedMap<String, Map<String, Object>> datasets,
    SortedMap<String, Map<String, Object>> charts,
    SortedMap<String, Map<String, Object>> dashboards,
    SortedMap<String, String> queries,
    SortedMap<String, String> marts,
    SortedMap<String, List<String>> martColumns) {

  /** Number of languages a text has: English and Chinese. */
  public static final int LANGUAGES = 2;

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([\\w.]+)}");

  /**
   * Reads the assets.
   *
   * @param root the folder that holds {@code dashboards/} and {@code warehouse/}
   * @throws AssetException when a file is not what it should be
   */
  public static Assets load(Path root) {
    Path home = root.resolve("dashboards");
    Path assets = home.resolve("assets");
    if (!Files.isDirectory(assets)) {
      throw new AssetException(assets + " is missing; name the folder of the project with --root");
    }
    SortedMap<String, String> marts = new TreeMap<>();
    SortedMap<String, List<String>> columns = new TreeMap<>();
    Path views = root.resolve("warehouse/views/mart");
    for (Path view : files(views, "view.sql")) {
      String name = String.valueOf(view.getParent().getFileName());
      marts.put(name, text(view));
      Path metadata = view.resolveSibling("metadata.yaml");
      columns.put(name, Files.exists(metadata) ? columnsOf(metadata) : List.of());
    }
    SortedMap<String, String> queries = new TreeMap<>();
    files(home.resolve("queries"), ".sql").forEach(f -> queries.put(base(f), text(f)));
    return new Assets(
        texts(assets.resolve("text.yaml")),
        text(assets.resolve("style.css")),
        Yaml.read(assets.resolve("databases/lakehouse.yaml")),
        folder(assets.resolve("datasets/lakehouse")),
        folder(assets.resolve("charts")),
        folder(assets.resolve("dashboards")),
        queries,
        marts,
        columns);
  }

  /** Every file that is kept in the normal form. */
  public static List<Path> normalFiles(Path root) {
    Path assets = root.resolve("dashboards/assets");
    return files(assets, ".yaml").stream().filter(f -> !f.endsWith("text.yaml")).toList();
  }

  /** The keys of all placeholders in a text. */
  static List<String> placeholders(String text) {
    List<String> keys = new ArrayList<>();
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      keys.add(matcher.group(1));
    }
    return keys;
  }

  private static List<String> columnsOf(Path metadata) {
    Object columns = Yaml.read(metadata).get("columns");
    if (columns instanceof Map<?, ?> map) {
      return map.keySet().stream().map(String::valueOf).toList();
    }
    return Yaml.list(columns, metadata + ": columns").stream()
        .map(
            c ->
                c instanceof Map<?, ?>
                    ? Yaml.text(Yaml.map(c, metadata + ": columns"), "name", metadata.toString())
                    : c.toString())
        .toList();
  }

  private static SortedMap<String, List<String>> texts(Path file) {
    SortedMap<String, List<String>> texts = new TreeMap<>();
    Yaml.read(file)
        .forEach(
            (key, value) -> {
              List<String> values = Yaml.texts(value, file + ": " + key);
              if (values.size() != LANGUAGES) {
                throw new AssetException(
                    "%s: %s has %s texts; write one a language: [English, Chinese]"
                        .formatted(file, key, values.size()));
              }
              texts.put(key, values);
            });
    return texts;
  }

  private static SortedMap<String, Map<String, Object>> folder(Path folder) {
    SortedMap<String, Map<String, Object>> assets = new TreeMap<>();
    files(folder, ".yaml").forEach(f -> assets.put(base(f), Yaml.read(f)));
    return assets;
  }

  private static List<Path> files(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(f -> f.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String base(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.lastIndexOf('.'));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssetException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
