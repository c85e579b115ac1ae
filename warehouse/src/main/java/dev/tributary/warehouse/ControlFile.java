package dev.tributary.warehouse;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Control totals in a CSV file with a header row. */
public final class ControlFile {

  private static final List<String> NEEDED =
      List.of("company", "month", "currency", "opening", "movement", "closing");
  private static final String CUSTOMER = "customer_id";

  private final Path file;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Integer> columns = new HashMap<>();
  private final Map<List<Object>, Long> lines = new HashMap<>();

  private ControlFile(Path file) {
    this.file = file;
  }

  /**
   * Reads all of a file.
   *
   * @throws IllegalArgumentException naming every wrong cell by file, line and column
   */
  public static List<ControlTotal> read(Path file) {
    ControlFile reader = new ControlFile(file);
    List<ControlTotal> totals = reader.totals();
    if (!reader.problems.isEmpty()) {
      throw new IllegalArgumentException(String.join(System.lineSeparator(), reader.problems));
    }
    return totals;
  }

  private List<ControlTotal> totals() {
    List<ControlTotal> totals = new ArrayList<>();
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(Files.newBufferedReader(file))) {
      Iterator<CsvRecord> records = csv.iterator();
      if (!records.hasNext() || !header(records.next())) {
        if (problems.isEmpty()) {
          problem(1, "the file is empty; it needs the header row " + String.join(",", NEEDED));
        }
        return totals;
      }

      while (records.hasNext()) {
        ControlTotal total = total(records.next());
        if (total != null) {
          totals.add(total);
        }
      }
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "%s cannot be read: there is no such file".formatted(file), e);
    } catch (IOException | UncheckedIOException | CsvParseException e) {
      throw new IllegalArgumentException(
          "%s cannot be read as CSV in UTF-8: %s".formatted(file, e.getMessage()), e);
    }
    return totals;
  }

  private boolean header(CsvRecord record) {
    for (int i = 0; i < record.getFieldCount(); i++) {
      columns.put(record.getField(i).replace("\uFEFF", "").strip(), i);
    }
    for (String name : NEEDED) {
      if (!columns.containsKey(name)) {
        problem(1, "there is no column \"%s\"".formatted(name));
      }
    }
    for (String name : columns.keySet()) {
      if (!NEEDED.contains(name) && !name.equals(CUSTOMER)) {
        problem(1, "column \"%s\" is unknown; take it out".formatted(name));
      }
    }
    return problems.isEmpty();
  }

  private ControlTotal total(CsvRecord record) {
    long line = record.getStartingLineNumber();
    int before = problems.size();
    if (record.getFieldCount() != columns.size()) {
      problem(
          line,
          "the row has %s cells, the header %s".formatted(record.getFieldCount(), columns.size()));
      return null;
    }

    String company = text(record, "company");
    String currency = text(record, "currency");
    YearMonth month = month(record);
    BigDecimal opening = amount(record, "opening");
    BigDecimal movement = amount(record, "movement");
    BigDecimal closing = amount(record, "closing");
    if (problems.size() > before) {
      return null;
    }

    String cell = columns.containsKey(CUSTOMER) ? cell(record, CUSTOMER) : "";
    String customer = cell.isEmpty() ? null : cell;
    if (opening.add(movement).compareTo(closing) != 0) {
      problem(
          line,
          "opening %s and movement %s come to %s, not to the closing %s"
              .formatted(
                  opening.toPlainString(),
                  movement.toPlainString(),
                  opening.add(movement).toPlainString(),
                  closing.toPlainString()));
    }
    List<Object> key = new ArrayList<>(List.of(company, month, currency));
    key.add(customer);
    Long other = lines.putIfAbsent(key, line);
    if (other != null) {
      problem(line, "says the same month again as line %s; keep one of them".formatted(other));
    }
    return new ControlTotal(line, company, month, currency, customer, opening, movement, closing);
  }

  private String cell(CsvRecord record, String column) {
    return record.getField(columns.get(column)).strip();
  }

  private String text(CsvRecord record, String column) {
    String cell = cell(record, column);
    if (cell.isEmpty()) {
      problem(record.getStartingLineNumber(), "\"%s\" is empty".formatted(column));
    }
    return cell;
  }

  private YearMonth month(CsvRecord record) {
    String cell = text(record, "month");
    try {
      return cell.isEmpty() ? null : YearMonth.parse(cell);
    } catch (DateTimeParseException e) {
      problem(
          record.getStartingLineNumber(),
          "\"month\" is \"%s\"; write it as 2026-03".formatted(cell));
      return null;
    }
  }

  private BigDecimal amount(CsvRecord record, String column) {
    String cell = text(record, column);
    try {
      return cell.isEmpty() ? null : new BigDecimal(cell);
    } catch (NumberFormatException e) {
      problem(
          record.getStartingLineNumber(),
          "\"%s\" is \"%s\"; write amounts as -1234.56".formatted(column, cell));
      return null;
    }
  }

  private void problem(long line, String what) {
    problems.add("%s:%s: %s".formatted(file, line, what));
  }
}
