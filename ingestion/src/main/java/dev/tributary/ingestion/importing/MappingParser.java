package dev.tributary.ingestion.importing;

import dev.tributary.schemas.EventCatalog;
import dev.tributary.schemas.EventType;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads mapping files, strictly: an unknown key, field, format or zone stops the import with file
 * and line. {@code ingestion/README.md} documents the keys.
 */
final class MappingParser {

  private static final Set<String> KEYS =
      Set.of(
          "event",
          "company",
          "zone",
          "currency",
          "phone_region",
          "encoding",
          "separator",
          "sheet",
          "decimal_separator",
          "group_separator",
          "dates",
          "key",
          "revision",
          "columns",
          "constants",
          "phones",
          "ignore",
          "values",
          "example");

  private final Path file;
  private final Map<String, Node> entries = new LinkedHashMap<>();

  private MappingParser(Path file) {
    this.file = file;
  }

  /**
   * Reads a mapping.
   *
   * @param zone zone when the file names none
   * @throws IOException when the file cannot be read
   */
  static Mapping parse(Path file, ZoneId zone) throws IOException, MappingException {
    Node root;
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      root = new Yaml(new LoaderOptions()).compose(reader);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new MappingException(
          "%s:%s: this is no YAML: %s".formatted(file, line, e.getProblem()));
    } catch (YAMLException e) {
      throw new MappingException("%s:1: this is no YAML: %s".formatted(file, e.getMessage()));
    }

    return new MappingParser(file).mapping(root, zone);
  }

  private Mapping mapping(Node root, ZoneId defaultZone) throws MappingException {
    if (!(root instanceof MappingNode top)) {
      throw new MappingException("%s:1: expected keys such as event: and columns:".formatted(file));
    }

    for (NodeTuple tuple : top.getValue()) {
      String key = scalar(tuple.getKeyNode(), "a key");
      if (!KEYS.contains(key)) {
        throw wrong(
            tuple.getKeyNode(),
            "unknown key '%s'. Known: %s"
                .formatted(key, String.join(", ", KEYS.stream().sorted().toList())));
      }

      if (entries.put(key, tuple.getValueNode()) != null) {
        throw wrong(tuple.getKeyNode(), "'%s' stands twice. Keep one".formatted(key));
      }
    }

    EventType type = type(top);
    Map<String, String> columns = pairs("columns");
    Map<String, String> constants = pairs("constants");
    Set<String> targets = EventBuilder.inputNames(type);
    Set<String> taken = new HashSet<>();
    for (Map.Entry<String, String> column : columns.entrySet()) {
      expectTarget(valueOf("columns", column.getKey()), column.getValue(), type, targets, taken);
    }

    for (String target : constants.keySet()) {
      expectTarget(keyOf("constants", target), target, type, targets, taken);
    }

    Set<String> phones = new HashSet<>(list("phones"));
    columns.forEach(
        (column, target) -> {
          if (target.endsWith("phone")) {
            phones.add(column);
          }
        });
    return new Mapping(
        type,
        text("company").orElse(null),
        text("currency").orElse(null),
        text("phone_region").orElse(null),
        charset(),
        character("separator").orElse(','),
        text("sheet").orElse(null),
        new Formats(
            zone(defaultZone),
            dates(),
            character("decimal_separator").orElse('.'),
            character("group_separator").orElse(null)),
        list("key"),
        text("revision").orElse(null),
        columns,
        constants,
        phones,
        new HashSet<>(list("ignore")),
        values(type, columns),
        example(columns));
  }

  private Map<String, Map<String, String>> values(EventType type, Map<String, String> columns)
      throws MappingException {
    Map<String, Map<String, String>> values = new LinkedHashMap<>();
    for (NodeTuple tuple : tuples("values")) {
      String column = scalar(tuple.getKeyNode(), "values");
      String target = columns.get(column);
      if (target == null) {
        throw wrong(
            tuple.getKeyNode(),
            "'%s' is no column. Name one that stands under columns".formatted(column));
      }

      Map<String, String> ours = pairs(column, tuple.getValueNode());
      List<String> choices = choices(type, target);
      for (Map.Entry<String, String> value : ours.entrySet()) {
        if (!choices.isEmpty() && !choices.contains(value.getValue())) {
          throw wrong(
              tuple.getValueNode(),
              "'%s' is none of %s. Use one of these"
                  .formatted(value.getValue(), String.join(", ", choices)));
        }
      }

      values.put(column, ours);
    }

    return values;
  }

  private static List<String> choices(EventType type, String target) {
    return InputField.of(type).stream()
        .filter(field -> field.name().equals(target))
        .findFirst()
        .map(
            field ->
                field.kind() == InputField.Kind.TRUTH ? List.of("true", "false") : field.choices())
        .orElse(List.of());
  }

  private Mapping.Example example(Map<String, String> columns) throws MappingException {
    Map<String, String> example = pairs("example");
    for (String column : example.keySet()) {
      if (!columns.containsKey(column)) {
        throw wrong(
            keyOf("example", column),
            "'%s' is no column. Name one that stands under columns".formatted(column));
      }
    }

    return example.isEmpty()
        ? null
        : new Mapping.Example(entries.get("example").getStartMark().getLine() + 1, example);
  }

  private EventType type(MappingNode top) throws MappingException {
    Node node = entries.get("event");
    if (node == null || !entries.containsKey("columns")) {
      throw wrong(top, "'event' and 'columns' are required. Add them");
    }

    String name = scalar(node, "an event");
    EventCatalog catalog = EventCatalog.load();
    List<String> importable =
        catalog.types().stream()
            .map(EventType::name)
            .filter(n -> !n.equals("RowRejected") && !n.equals("BusinessDayClosed"))
            .toList();
    if (!importable.contains(name)) {
      throw wrong(
          node, "there is no event '%s'. Known: %s".formatted(name, String.join(", ", importable)));
    }

    return catalog.type(name);
  }

  private void expectTarget(
      Node node, String target, EventType type, Set<String> targets, Set<String> taken)
      throws MappingException {
    if (!targets.contains(target)) {
      throw wrong(
          node,
          "%s has no field '%s'. Known: %s"
              .formatted(type.name(), target, String.join(", ", targets)));
    }

    if (!taken.add(target)) {
      throw wrong(node, "the field '%s' is filled twice. Keep one".formatted(target));
    }
  }

  private ZoneId zone(ZoneId otherwise) throws MappingException {
    Optional<String> name = text("zone");
    try {
      return name.isPresent() ? ZoneId.of(name.get()) : otherwise;
    } catch (DateTimeException e) {
      throw wrong(
          entries.get("zone"),
          "'%s' is no time zone. Use an IANA name, such as Asia/Shanghai".formatted(name.get()));
    }
  }

  private String charset() throws MappingException {
    String name = text("encoding").orElse("UTF-8");
    try {
      return Charset.forName(name).name();
    } catch (IllegalArgumentException e) {
      throw wrong(
          entries.get("encoding"),
          "'%s' is no encoding. Use UTF-8, GB18030, ISO-8859-1 …".formatted(name));
    }
  }

  private List<DateTimeFormatter> dates() throws MappingException {
    List<DateTimeFormatter> formatters = new ArrayList<>();
    for (String pattern : list("dates")) {
      try {
        formatters.add(Formats.pattern(pattern));
      } catch (IllegalArgumentException e) {
        throw wrong(
            entries.get("dates"),
            "'%s' is no date format (%s). Write it as in yyyy/M/d H:mm"
                .formatted(pattern, e.getMessage()));
      }
    }

    return formatters;
  }

  private Optional<String> text(String key) throws MappingException {
    Node node = entries.get(key);
    return node == null ? Optional.empty() : Optional.of(scalar(node, key));
  }

  private Optional<Character> character(String key) throws MappingException {
    Optional<String> text = text(key);
    if (text.isPresent() && text.get().length() != 1) {
      throw wrong(entries.get(key), "'%s' must be one character, in quotes".formatted(key));
    }

    return text.map(one -> one.charAt(0));
  }

  private List<String> list(String key) throws MappingException {
    Node node = entries.get(key);
    if (node == null) {
      return List.of();
    }

    if (node instanceof ScalarNode one) {
      return List.of(scalar(one, key));
    }

    if (!(node instanceof SequenceNode sequence)) {
      throw wrong(node, "'%s' must be a list: [a, b]".formatted(key));
    }

    List<String> values = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      values.add(scalar(item, key));
    }

    return values;
  }

  private Map<String, String> pairs(String key) throws MappingException {
    Node node = entries.get(key);
    return node == null ? new LinkedHashMap<>() : pairs(key, node);
  }

  private Map<String, String> pairs(String key, Node node) throws MappingException {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (NodeTuple tuple : tuples(key, node)) {
      String name = scalar(tuple.getKeyNode(), key);
      if (pairs.put(name, scalar(tuple.getValueNode(), name)) != null) {
        throw wrong(tuple.getKeyNode(), "'%s' stands twice. Keep one".formatted(name));
      }
    }

    return pairs;
  }

  private List<NodeTuple> tuples(String key) throws MappingException {
    Node node = entries.get(key);
    return node == null ? List.of() : tuples(key, node);
  }

  private List<NodeTuple> tuples(String key, Node node) throws MappingException {
    if (node instanceof MappingNode mapping) {
      return mapping.getValue();
    }

    throw wrong(node, "'%s' must hold pairs, one a line: theirs: ours".formatted(key));
  }

  private Node keyOf(String section, String name) {
    return tuple(section, name).getKeyNode();
  }

  private Node valueOf(String section, String name) {
    return tuple(section, name).getValueNode();
  }

  private NodeTuple tuple(String section, String name) {
    return ((MappingNode) entries.get(section))
        .getValue().stream()
            .filter(tuple -> ((ScalarNode) tuple.getKeyNode()).getValue().equals(name))
            .findFirst()
            .orElseThrow();
  }

  private String scalar(Node node, String what) throws MappingException {
    if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue();
    }

    throw wrong(node, "'%s' must be one value that is not blank".formatted(what));
  }

  private MappingException wrong(Node node, String problem) {
    return new MappingException(
        "%s:%s: %s.".formatted(file, node.getStartMark().getLine() + 1, problem));
  }
}
