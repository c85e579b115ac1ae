package dev.tributary.dashboards;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes an asset in the one form that is committed: keys sorted, nulls, environment ids, query
 * contexts and cache fields dropped, each uuid of another asset followed by its name, short
 * mappings and lists on one line.
 *
 * <p>Two exports of the same page are then the same text, and a change shows as the lines it
 * changed.
 */
public final class Normaliser {
  private static final Set<String> DROPPED =
      Set.of(
          "query_context",
          "cache_key",
          "changed_on",
          "created_on",
          "chartId",
          "datasource_id",
          "datasource",
          "slice_id",
          "timestamp",
          "last_saved_at",
          "extra_params",
          "viewers",
          "dashboardId");
  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n", "~");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][\\w ./-]*[\\w/]|[A-Za-z_]");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{\\w+}");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final int WIDTH = 140;

  private final Map<String, String> namesByUuid;

  /** A normaliser that knows no names. */
  public Normaliser() {
    this(Map.of());
  }

  /**
   * A normaliser that writes names beside uuids.
   *
   * @param namesByUuid names of assets by uuid
   */
  public Normaliser(Map<String, String> namesByUuid) {
    this.namesByUuid = Map.copyOf(namesByUuid);
  }

  /** The normal form of a YAML text; {@code name} is for errors. */
  public String normalise(String yaml, String name) {
    return write(Yaml.parse(yaml, name));
  }

  /** The normal form of a tree. */
  public String write(Map<String, Object> tree) {
    StringBuilder out = new StringBuilder();
    Map<String, Object> cleaned = Yaml.map(clean(tree), "asset");
    cleaned.forEach((key, value) -> entry(out, 0, scalar(key, true) + ":", value, true));
    return withNames(out.toString());
  }

  private static Object clean(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach(
          (key, item) -> {
            if (item != null && !DROPPED.contains(key.toString())) {
              sorted.put(key.toString(), clean(item));
            }
          });
      return sorted;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Normaliser::clean).toList();
    }
    return value;
  }

  private static void entry(StringBuilder out, int depth, String lead, Object value, boolean top) {
    String indent = "  ".repeat(depth);
    String flow = flow(value);
    if (flow != null
        && (isScalarOrEmpty(value) || !top || value instanceof List<?>)
        && (isScalarOrEmpty(value) || indent.length() + lead.length() + flow.length() < WIDTH)) {
      out.append(indent)
          .append(lead)
          .append(' ')
          .append(
              isScalarOrEmpty(value) && !(value instanceof List) && !(value instanceof Map)
                  ? scalar(value, true)
                  : flow)
          .append('\n');
    } else if (value instanceof Map<?, ?> map) {
      out.append(indent).append(lead).append('\n');
      map.forEach((k, v) -> entry(out, depth + 1, scalar(k.toString(), true) + ":", v, false));
    } else if (value instanceof List<?> list) {
      out.append(indent).append(lead).append('\n');
      list.forEach(item -> item(out, depth, item));
    } else {
      out.append(indent)
          .append(lead)
          .append(" |")
          .append(value.toString().endsWith("\n") ? "" : "-")
          .append('\n');
      value
          .toString()
          .stripTrailing()
          .lines()
          .forEach(
              line ->
                  out.append(line.isBlank() ? "" : indent + "  " + line.stripTrailing())
                      .append('\n'));
    }
  }

  private static void item(StringBuilder out, int depth, Object value) {
    String indent = "  ".repeat(depth);
    String flow = flow(value);
    if ((flow != null && indent.length() + flow.length() + 2 < WIDTH)
        || !(value instanceof Map<?, ?>)) {
      out.append(indent)
          .append("- ")
          .append(flow == null ? scalar(value, false) : flow)
          .append('\n');
      return;
    }
    StringBuilder block = new StringBuilder();
    ((Map<?, ?>) value)
        .forEach((k, v) -> entry(block, depth + 1, scalar(k.toString(), true) + ":", v, false));
    out.append(indent).append("- ").append(block.substring(indent.length() + 2));
  }

  private static boolean isScalarOrEmpty(Object value) {
    return switch (value) {
      case Map<?, ?> map -> map.isEmpty();
      case List<?> list -> list.isEmpty();
      default -> true;
    };
  }

  /** The value on one line; null when it holds a text of several lines. */
  private static String flow(Object value) {
    if (value instanceof Map<?, ?> map) {
      List<String> parts = new ArrayList<>();
      for (Map.Entry<?, ?> e : map.entrySet()) {
        String part = flow(e.getValue());
        if (part == null) {
          return null;
        }
        parts.add(scalar(e.getKey().toString(), false) + ": " + part);
      }
      return "{" + String.join(", ", parts) + "}";
    }
    if (value instanceof List<?> list) {
      List<String> parts = new ArrayList<>();
      for (Object item : list) {
        String part = flow(item);
        if (part == null) {
          return null;
        }
        parts.add(part);
      }
      return "[" + String.join(", ", parts) + "]";
    }
    return value.toString().contains("\n") ? null : scalar(value, false);
  }

  private static String scalar(Object value, boolean block) {
    if (!(value instanceof String text)) {
      return String.valueOf(value);
    }
    boolean word = PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT));
    boolean placeholder = block && PLACEHOLDER.matcher(text).matches();
    return word || placeholder ? text : "'" + text.replace("'", "''") + "'";
  }

  private String withNames(String text) {
    UnaryOperator<String> named =
        line -> {
          if (line.startsWith("uuid:")) {
            return line;
          }
          List<String> names = new ArrayList<>();
          Matcher matcher = UUID.matcher(line);
          while (matcher.find()) {
            String name = namesByUuid.get(matcher.group());
            if (name != null) {
              names.add(name);
            }
          }
          return names.isEmpty() ? line : line + "  # " + String.join(", ", names);
        };
    StringBuilder out = new StringBuilder();
    text.lines().map(named).forEach(line -> out.append(line).append('\n'));
    return out.toString();
  }
}
