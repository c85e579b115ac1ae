package dev.tributary.ingestion.importing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.ingestion.PhonePseudonym;
import dev.tributary.schemas.Decoded;
import dev.tributary.schemas.RejectReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Rows of text cells under a header, read through a mapping: what CSV and workbooks share. */
final class MappedTable {

  /** Revisions that are times count seconds from here, so that they fit an int until 2068. */
  private static final Instant REVISIONS_SINCE = Instant.parse("2000-01-01T00:00:00Z");

  private final Mapping mapping;
  private final PhonePseudonym phones;
  private final String phoneRegion;
  private final List<String> header;
  private final Set<String> listsOfTexts;
  private final Set<String> optional;

  MappedTable(Mapping mapping, PhonePseudonym phones, String phoneRegion, List<String> header) {
    this.mapping = mapping;
    this.phones = phones;
    this.phoneRegion = phoneRegion;
    this.header = List.copyOf(header);
    this.listsOfTexts =
        InputField.of(mapping.type()).stream()
            .filter(field -> field.kind() == InputField.Kind.TEXTS)
            .map(InputField::name)
            .collect(Collectors.toSet());
    // A blank number of a line is counted, so it tells no line apart.
    this.optional =
        InputField.of(mapping.type()).stream()
            .filter(field -> !field.required() && field.list() == null)
            .map(InputField::name)
            .collect(Collectors.toSet());
  }

  /** What the row says that the mapping gives as an example; null without one. */
  static ObjectNode example(Mapping mapping, PhonePseudonym phones, String phoneRegion)
      throws BadRowException {
    if (mapping.example() == null) {
      return null;
    }

    List<String> columns = List.copyOf(mapping.columns().keySet());
    MappedTable table = new MappedTable(mapping, phones, phoneRegion, columns);
    return table.content(
        table.values(
            columns.stream()
                .map(column -> mapping.example().cells().getOrDefault(column, ""))
                .toList()));
  }

  List<String> header() {
    return header;
  }

  /** Whether the values of a column are used. */
  boolean reads(String column) {
    return mapping.reads(column);
  }

  /** What is wrong with the header. */
  List<Decoded.Bad> problems() {
    List<Decoded.Bad> problems = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (String column : header) {
      if (seen.merge(column, 1, Integer::sum) > 1) {
        problems.add(
            new Decoded.Bad(
                RejectReason.UNREADABLE_FILE,
                column,
                "The column '%s' stands twice, so no row was taken. Rename one."
                    .formatted(column)));
      } else if (!mapping.names(column)) {
        problems.add(
            new Decoded.Bad(
                RejectReason.UNKNOWN_COLUMN,
                column,
                "The mapping does not know the column '%s'. Add it under columns, or under ignore; the rows were read without it."
                    .formatted(column)));
      }
    }

    List<String> needed = new ArrayList<>(mapping.columns().keySet());
    needed.addAll(mapping.key());
    if (mapping.revision() != null) {
      needed.add(mapping.revision());
    }

    for (String column : needed.stream().distinct().toList()) {
      if (!seen.containsKey(column)) {
        problems.add(
            new Decoded.Bad(
                RejectReason.MISSING_FIELD,
                column,
                "The file has no column '%s', which the mapping reads, so no row was taken. Correct the header or the mapping."
                    .formatted(column)));
      }
    }

    return problems;
  }

  /** Whether rows can be read in spite of {@code problems}. */
  static boolean isReadable(List<Decoded.Bad> problems) {
    return problems.stream().allMatch(problem -> problem.reason() == RejectReason.UNKNOWN_COLUMN);
  }

  /** The row of {@code cells}, one for each column of the header. */
  Row row(long line, long position, List<String> cells) {
    Row.RowText text = () -> redacted(cells);
    try {
      Map<String, String> values = values(cells);
      return Row.read(line, position, text, content(values), key(values), revision(values));
    } catch (BadRowException e) {
      return Row.unreadable(line, position, text, e.bad());
    }
  }

  /** The cells as one line, without any phone number. */
  String redacted(List<String> cells) {
    List<String> redacted = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      String value = cells.get(i);
      String column = i < header.size() ? header.get(i) : "";
      boolean phone = mapping.phones().contains(column) || NdjsonRows.isPhoneName(column);
      redacted.add(
          phone && !value.isBlank()
              ? phones.replacement(value, phoneRegion)
              : phones.redact(value, phoneRegion));
    }

    return join(redacted);
  }

  /** The header as one line. */
  String headerText() {
    return phones.redact(join(header), phoneRegion);
  }

  /** The row's cells by column; phone numbers are pseudonyms from here on. */
  private Map<String, String> values(List<String> cells) throws BadRowException {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < header.size(); i++) {
      String column = header.get(i);
      String value = cells.get(i).strip();
      if (!value.isEmpty() && mapping.phones().contains(column)) {
        value = phones.of(value, phoneRegion).orElseThrow(() -> EventBuilder.invalidPhone(column));
      }

      values.put(column, mapping.ours(column, value));
    }

    return values;
  }

  private ObjectNode content(Map<String, String> values) {
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    content.put("type", mapping.type().name());
    mapping.constants().forEach((target, value) -> set(content, target, value));
    mapping
        .columns()
        .forEach(
            (column, target) -> {
              boolean phone = mapping.phones().contains(column) && target.endsWith("phone");
              set(
                  content,
                  phone ? target + EventBuilder.PSEUDONYM_SUFFIX : target,
                  values.get(column));
            });
    return content;
  }

  private void set(ObjectNode content, String target, String value) {
    if (value.isEmpty()) {
      if (listsOfTexts.contains(target)) {
        content.putArray(target);
      }

      return;
    }

    int dot = target.indexOf('.');
    if (dot < 0) {
      content.put(target, value);
      return;
    }

    // A row holds one line of the list.
    String list = target.substring(0, dot);
    ObjectNode item =
        content.get(list) == null
            ? content.putArray(list).addObject()
            : (ObjectNode) content.get(list).get(0);
    item.put(target.substring(dot + 1), value);
  }

  private String key(Map<String, String> values) throws BadRowException {
    if (mapping.key().isEmpty()) {
      return null;
    }

    StringBuilder key = new StringBuilder(mapping.type().name());
    for (String column : mapping.key()) {
      String value = values.get(column);
      if (value.isEmpty() && !optional.contains(mapping.columns().getOrDefault(column, ""))) {
        throw new BadRowException(
            RejectReason.MISSING_FIELD,
            column,
            "The key column '%s' is blank. Give it a value.".formatted(column));
      }

      key.append(':').append(value.replace("\\", "\\\\").replace(":", "\\:"));
    }

    return key.toString();
  }

  private Integer revision(Map<String, String> values) throws BadRowException {
    if (mapping.revision() == null) {
      return null;
    }

    String value = values.get(mapping.revision());
    if (value.isEmpty()) {
      return 0;
    }

    if (value.length() <= 10 && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      long number = Long.parseLong(value);
      if (number <= Integer.MAX_VALUE) {
        return (int) number;
      }
    } else {
      long seconds =
          mapping
              .formats()
              .instant(value)
              .map(instant -> instant.getEpochSecond() - REVISIONS_SINCE.getEpochSecond())
              .orElse(-1L);
      if (seconds >= 0 && seconds <= Integer.MAX_VALUE) {
        return (int) seconds;
      }
    }

    throw new BadRowException(
        RejectReason.WRONG_TYPE,
        mapping.revision(),
        "'%s' is no revision. Use a whole number, or a time from 2000 on.".formatted(value));
  }

  private String join(List<String> cells) {
    char separator = mapping.separator();
    return String.join(
        String.valueOf(separator),
        cells.stream()
            .map(
                cell ->
                    cell.indexOf(separator) >= 0
                            || cell.indexOf('"') >= 0
                            || cell.indexOf('\n') >= 0
                        ? '"' + cell.replace("\"", "\"\"") + '"'
                        : cell)
            .toList());
  }
}
