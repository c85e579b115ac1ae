package dev.tributary.ingestion.importing;

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
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** CSV with a header row, read through a mapping. */
final class CsvRows implements Rows {

  private static final int MAX_BUFFER_CHARS = 32 * 1024 * 1024;

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
    MappedTable table = null;
    long line = 0;
    long position = 0;
    try {
      while (records.hasNext()) {
        CsvRecord record = records.next();
        line = record.getStartingLineNumber();
        if (table == null) {
          table = new MappedTable(mapping, phones, phoneRegion, header(record));
          List<Decoded.Bad> problems = table.problems();
          for (Decoded.Bad problem : problems) {
            rows.accept(Row.unreadable(line, 0, table::headerText, problem));
          }

          if (!MappedTable.isReadable(problems)) {
            return;
          }
        } else {
          rows.accept(row(table, record, position));
          position++;
        }
      }

      if (table == null) {
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
    return record.getFields().stream().map(name -> name.replace("\uFEFF", "").strip()).toList();
  }

  private static Row row(MappedTable table, CsvRecord record, long position) {
    long line = record.getStartingLineNumber();
    int columns = table.header().size();
    if (record.getFieldCount() != columns) {
      return Row.unreadable(
          line,
          position,
          () -> table.redacted(record.getFields()),
          new Decoded.Bad(
              RejectReason.UNREADABLE_FILE,
              null,
              "The row has %s cells, the header %s. Quote cells that hold the separator."
                  .formatted(record.getFieldCount(), columns)));
    }

    return table.row(line, position, record.getFields());
  }
}
