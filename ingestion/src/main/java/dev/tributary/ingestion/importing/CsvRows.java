package dev.tributary.ingestion.importing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.tributary.ingestion.PhonePseudonym;
import dev.tributary.schemas.Decoded;
import dev.tributary.schemas.RejectReason;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** CSV with a header row, read through a mapping. */
final class CsvRows implements Rows {

  private static final int MAX_BUFFER_CHARS = 32 * 1024 * 1024;

  /** Revisions that are times count seconds from here, so that they fit an int until 2068. */
  private static final Instant REVISIONS_SINCE = Instant.parse("2000-01-01T00:00:00Z");

  private final Mapping mapping;
  private final PhonePseudonym phones;
  private final String phoneRegion;

  CsvRows(Mapping mapping, PhonePseudonym phones, String phoneRegion) {
    this.mapping = mapping;
    this.phones = phones;
    this.phoneRegion = phoneRegion;
  }

  @Override
  public void read(Path file, Consumer<Row> rows) throws IOException {
    Reader text =
        new InputStreamReader(
            Files.newInputStream(file),
            Charset.forName(mapping.charset())
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .fieldSeparator(mapping.separator())
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .maxBufferSize(MAX_BUFFER_CHARS)
            .ofCsvRecord(text)) {
      read(csv.iterator(), rows);
    }
  }

  private void read(Iterator<CsvRecord> records, Consumer<Row> rows) {
    List<String> header = null;
    long line = 0;
    long position = 0;
    try {
      while (records.hasNext()) {
        CsvRecord record = records.next();
        line = record.getStartingLineNumber();
        if (header == null) {
          header = header(record);
          List<Decoded.Bad> problems = problems(header);
          for (Decoded.Bad problem : problems) {
            rows.accept(Row.unreadable(line, 0, () -> text(record), problem));
          }

          if (problems.stream().anyMatch(p -> p.reason() != RejectReason.UNKNOWN_COLUMN)) {
            return;
          }
        } else {
          rows.accept(row(header, record, position));
          position++;
        }
      }

      if (header == null) {
        rows.accept(
            Row.unreadable(
                1,
                0,
                () -> "",
                new Decoded.Bad(
                    RejectReason.UNREADABLE_FILE,
                    null,
                    "The file is empty. It needs a header row.")));
      }
    } catch (CsvParseException | UncheckedIOException e) {
      boolean encoding = e.getCause() instanceof CharacterCodingException;
      rows.accept(
          Row.unreadable(
              line + 1,
              position,
              () -> "",
              new Decoded.Bad(
                  RejectReason.UNREADABLE_FILE,
                  null,
                  "The file cannot be read from about here on: %s. Repair it and import it again; what was taken is recognised."
                      .formatted(
                          encoding
                              ? "it is not %s (see encoding in the mapping)"
                                  .formatted(mapping.charset())
                              : "a quoted cell does not end, or is too long"))));
    }
  }

  private static List<String> header(CsvRecord record) {
    List<String> header = new ArrayList<>();
    for (String name : record.getFields()) {
      header.add(name.replace("\uFEFF", "").strip());
    }

    return header;
  }

  private List<Decoded.Bad> problems(List<String> header) {
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

  private Row row(List<String> header, CsvRecord record, long position) {
    long line = record.getStartingLineNumber();
    Row.RowText text = () -> redacted(header, record);
    if (record.getFieldCount() != header.size()) {
      return Row.unreadable(
          line,
          position,
          text,
          new Decoded.Bad(
              RejectReason.UNREADABLE_FILE,
              null,
              "The row has %s cells, the header %s. Quote cells that hold the separator."
                  .formatted(record.getFieldCount(), header.size())));
    }

    try {
      Map<String, String> cells = cells(header, record);
      return new Row(line, position, text, content(cells), key(cells), revision(cells), null);
    } catch (BadRowException e) {
      return Row.unreadable(line, position, text, e.bad());
    }
  }

  /** The row's cells; phone numbers are pseudonyms from here on. */
  private Map<String, String> cells(List<String> header, CsvRecord record) throws BadRowException {
    Map<String, String> cells = new HashMap<>();
    for (int i = 0; i < header.size(); i++) {
      String column = header.get(i);
      String value = record.getField(i).strip();
      if (!value.isEmpty() && mapping.phones().contains(column)) {
        value = phones.of(value, phoneRegion).orElseThrow(() -> EventBuilder.invalidPhone(column));
      }

      cells.put(column, value);
    }

    return cells;
  }

  private ObjectNode content(Map<String, String> cells) {
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
                  cells.get(column));
            });
    return content;
  }

  private static void set(ObjectNode content, String target, String value) {
    if (value.isEmpty()) {
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

  private String key(Map<String, String> cells) throws BadRowException {
    if (mapping.key().isEmpty()) {
      return null;
    }

    StringBuilder key = new StringBuilder(mapping.type().name());
    for (String column : mapping.key()) {
      String value = cells.get(column);
      if (value.isEmpty()) {
        throw new BadRowException(
            RejectReason.MISSING_FIELD,
            column,
            "The key column '%s' is blank. Give it a value.".formatted(column));
      }

      key.append(':').append(value.replace("\\", "\\\\").replace(":", "\\:"));
    }

    return key.toString();
  }

  private Integer revision(Map<String, String> cells) throws BadRowException {
    if (mapping.revision() == null) {
      return null;
    }

    String value = cells.get(mapping.revision());
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

  private String redacted(List<String> header, CsvRecord record) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < record.getFieldCount(); i++) {
      String value = record.getField(i);
      String column = i < header.size() ? header.get(i) : "";
      boolean phone = mapping.phones().contains(column) || NdjsonRows.isPhoneName(column);
      cells.add(
          phone && !value.isBlank()
              ? phones.replacement(value, phoneRegion)
              : phones.redact(value, phoneRegion));
    }

    return join(cells);
  }

  private String text(CsvRecord record) {
    return phones.redact(join(record.getFields()), phoneRegion);
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
