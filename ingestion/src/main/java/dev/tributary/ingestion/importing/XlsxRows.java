package dev.tributary.ingestion.importing;

import dev.tributary.ingestion.PhonePseudonym;
import dev.tributary.schemas.Decoded;
import dev.tributary.schemas.RejectReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellAddress;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;

/**
 * One sheet of a workbook (XLSX) with a header row, read through a mapping, row by row. Hidden rows
 * and columns are read like others, for a filter hides rows; of merged cells only the first has the
 * value, as in the file.
 */
final class XlsxRows implements Rows {

  private final Mapping mapping;
  private final PhonePseudonym phones;
  private final String phoneRegion;

  XlsxRows(Mapping mapping, PhonePseudonym phones, String phoneRegion) {
    this.mapping = mapping;
    this.phones = phones;
    this.phoneRegion = phoneRegion;
  }

  @Override
  public void read(Path file, Consumer<Row> rows) throws IOException {
    WorkbookParts parts;
    try {
      parts = WorkbookParts.of(file);
    } catch (IOException e) {
      rows.accept(unreadable(1, 0, e.getMessage()));
      return;
    }

    try (ReadableWorkbook workbook = open(file, parts)) {
      Sheet sheet = sheet(workbook);
      CellText text = new CellText(workbook.isDate1904(), mapping.formats().decimalSeparator());
      try (Stream<org.dhatim.fastexcel.reader.Row> cells = open(sheet)) {
        new SheetReading(text, row -> rows.accept(row.in(sheet.getName()))).read(cells.iterator());
      }
    } catch (UnreadableException e) {
      rows.accept(unreadable(1, 0, e.getMessage()));
    }
  }

  private static ReadableWorkbook open(Path file, WorkbookParts parts) throws UnreadableException {
    try {
      return new ReadableWorkbook(file.toFile(), new ReadingOptions(parts.formatted(), true));
    } catch (IOException | RuntimeException e) {
      throw new UnreadableException(
          "It is no workbook, or damaged (%s). Save it as .xlsx again.".formatted(e.getMessage()),
          e);
    }
  }

  private static Stream<org.dhatim.fastexcel.reader.Row> open(Sheet sheet)
      throws UnreadableException {
    try {
      return sheet.openStream();
    } catch (IOException | RuntimeException e) {
      throw new UnreadableException(
          "Its sheet '%s' is damaged (%s). Save it as .xlsx again."
              .formatted(sheet.getName(), e.getMessage()),
          e);
    }
  }

  /** The sheet that the mapping names, or the first that is visible and not empty. */
  private Sheet sheet(ReadableWorkbook workbook) throws UnreadableException {
    if (mapping.sheet() != null) {
      return workbook
          .findSheet(mapping.sheet())
          .orElseThrow(
              () ->
                  new UnreadableException(
                      "There is no sheet '%s', which the mapping names. It has: %s. Correct sheet in the mapping, or the workbook."
                          .formatted(mapping.sheet(), names(workbook)),
                      null));
    }

    for (Sheet sheet : workbook.getSheets().toList()) {
      if (sheet.getVisibility() == SheetVisibility.VISIBLE && hasCells(sheet)) {
        return sheet;
      }
    }

    throw new UnreadableException(
        "No visible sheet has cells. Name a sheet in the mapping, or fill one.", null);
  }

  private static String names(ReadableWorkbook workbook) {
    return workbook.getSheets().map(Sheet::getName).collect(Collectors.joining(", "));
  }

  private static boolean hasCells(Sheet sheet) throws UnreadableException {
    try (Stream<org.dhatim.fastexcel.reader.Row> rows = open(sheet)) {
      return rows.anyMatch(XlsxRows::isFilled);
    } catch (RuntimeException e) {
      // Whoever reads the sheet reports where it is damaged.
      return true;
    }
  }

  private static boolean isFilled(org.dhatim.fastexcel.reader.Row row) {
    return row.stream()
        .anyMatch(cell -> cell != null && (cell.getFormula() != null || !cell.getText().isBlank()));
  }

  private static Row unreadable(long line, long position, String problem) {
    return Row.unreadable(
        line, position, () -> "", new Decoded.Bad(RejectReason.UNREADABLE_FILE, null, problem));
  }

  /** The rows of one sheet, in order. */
  private final class SheetReading {

    private final CellText text;
    private final Consumer<Row> rows;
    private final List<Integer> headed = new ArrayList<>();
    private MappedTable table;
    private long line;
    private long position;

    SheetReading(CellText text, Consumer<Row> rows) {
      this.text = text;
      this.rows = rows;
    }

    void read(Iterator<org.dhatim.fastexcel.reader.Row> cells) {
      boolean readable = true;
      while (readable) {
        org.dhatim.fastexcel.reader.Row row;
        try {
          row = cells.hasNext() ? cells.next() : null;
        } catch (RuntimeException e) {
          rows.accept(
              unreadable(
                  line + 1,
                  position,
                  "The sheet cannot be read from about here on (%s). Save the workbook again and import it; what was taken is recognised."
                      .formatted(e.getMessage())));
          return;
        }

        if (row == null) {
          return;
        }

        // Rows need not state their number; then they follow one another.
        this.line = Math.max(line + 1, row.getRowNum());
        if (isFilled(row)) {
          readable = take(row);
        }
      }
    }

    /** Whether the rows after this one can be read. */
    private boolean take(org.dhatim.fastexcel.reader.Row row) {
      if (table != null) {
        rows.accept(dataRow(row));
        position++;
        return true;
      }

      this.table = new MappedTable(mapping, phones, phoneRegion, header(row));
      List<Decoded.Bad> problems = table.problems();
      for (Decoded.Bad problem : problems) {
        rows.accept(Row.unreadable(line, 0, table::headerText, problem));
      }

      return MappedTable.isReadable(problems);
    }

    private List<String> header(org.dhatim.fastexcel.reader.Row row) {
      List<String> header = new ArrayList<>();
      for (int i = 0; i < row.getCellCount(); i++) {
        String name = row.getCellText(i).strip();
        if (!name.isEmpty()) {
          header.add(name);
          headed.add(i);
        }
      }

      return header;
    }

    private Row dataRow(org.dhatim.fastexcel.reader.Row row) {
      List<String> cells = new ArrayList<>();
      BadRowException bad = null;
      for (int i = 0; i < headed.size(); i++) {
        Cell cell = row.getOptionalCell(headed.get(i)).orElse(null);
        try {
          cells.add(cell(cell, table.header().get(i)));
        } catch (BadRowException e) {
          cells.add(cell.getRawValue() == null ? "" : cell.getRawValue());
          bad = bad == null ? e : bad;
        }
      }

      if (bad == null) {
        bad = withoutHeader(row);
      }

      return bad == null
          ? table.row(line, position, cells)
          : Row.unreadable(line, position, () -> table.redacted(cells), bad.bad());
    }

    private String cell(Cell cell, String column) throws BadRowException {
      if (cell == null) {
        return "";
      }

      return table.reads(column) ? text.of(cell, column) : cell.getText();
    }

    private BadRowException withoutHeader(org.dhatim.fastexcel.reader.Row row) {
      for (Cell cell : row) {
        if (cell != null && !cell.getText().isBlank() && !headed.contains(cell.getColumnIndex())) {
          String column = CellAddress.convertNumToColString(cell.getColumnIndex());
          return new BadRowException(
              RejectReason.UNKNOWN_COLUMN,
              column,
              "'%s' stands in column %s, which has no header. Name the column, or clear the cell."
                  .formatted(cell.getText(), column));
        }
      }

      return null;
    }
  }

  /** The workbook cannot be read; the message says what to do. */
  private static final class UnreadableException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadableException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
