package dev.tributary.ingestion.templates;

import dev.tributary.ingestion.importing.InputField.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dhatim.fastexcel.DataValidationErrorStyle;
import org.dhatim.fastexcel.ListFormulaDataValidation;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Writes a template: a sheet to fill in, with a note at every column's name, choices to select from
 * and an example row, and a sheet that says the same at length.
 */
final class TemplateWorkbook {

  /** Rows that offer their choices; further ones are checked by the import alone. */
  private static final int ROWS_WITH_CHOICES = 5_000;

  private static final String REQUIRED_COLOUR = "FFE699";
  private static final String OPTIONAL_COLOUR = "EDEDED";
  private static final String CURRENCIES = "CNY,USD,EUR,HKD,JPY,GBP,SGD,KRW";

  private final Template template;
  private final TemplateCatalog catalog;
  private final Language language;

  TemplateWorkbook(Template template, TemplateCatalog catalog, Language language) {
    this.template = template;
    this.catalog = catalog;
    this.language = language;
  }

  /**
   * Writes the workbook.
   *
   * @param command the command that imports it
   */
  void write(OutputStream out, String command) throws IOException {
    try (Workbook workbook = new Workbook(out, "Tributary", null)) {
      data(workbook.newWorksheet(word("data")));
      notes(workbook.newWorksheet(word("notes")), command);
    }
  }

  private void data(Worksheet sheet) {
    for (int i = 0; i < template.columns().size(); i++) {
      Column column = template.columns().get(i);
      String format = format(column.field().kind());
      sheet.value(0, i, column.header(language));
      sheet
          .style(0, i)
          .bold()
          .wrapText(true)
          .fillColor(column.field().required() ? REQUIRED_COLOUR : OPTIONAL_COLOUR)
          .set();
      sheet.comment(0, i, String.join("\n", note(column)));
      sheet.width(i, 20);
      sheet.style(i).format(format).set();
      example(sheet, i, column);
      sheet.style(1, i).format(format).italic().set();
      choices(sheet, i, column);
    }

    sheet.freezePane(0, 1);
  }

  private void example(Worksheet sheet, int column, Column asked) {
    String example = asked.example(language);
    if (example.isEmpty()) {
      return;
    }

    switch (asked.field().kind()) {
      case DAY -> sheet.value(1, column, LocalDate.parse(example));
      case TIME -> sheet.value(1, column, LocalDateTime.parse(example));
      case DECIMAL, WHOLE -> sheet.value(1, column, new BigDecimal(example));
      case TRUTH -> truth(sheet, column, asked);
      case TEXT, TEXTS, CHOICE, CURRENCY, PHONE -> sheet.value(1, column, example);
    }
  }

  /** A spreadsheet makes TRUE of "TRUE", and text of any other word. */
  private void truth(Worksheet sheet, int column, Column asked) {
    switch (language) {
      case EN -> sheet.value(1, column, Boolean.valueOf(asked.example()));
      case ZH -> sheet.value(1, column, asked.example(language));
    }
  }

  /** Ids and phone numbers are kept as typed only where the cell is text. */
  private static String format(Kind kind) {
    return switch (kind) {
      case DAY -> "yyyy-mm-dd";
      case TIME -> "yyyy-mm-dd hh:mm";
      case DECIMAL -> "0.00####";
      case WHOLE -> "0";
      case TRUTH -> "General";
      case TEXT, TEXTS, CHOICE, CURRENCY, PHONE -> "@";
    };
  }

  private void choices(Worksheet sheet, int column, Column asked) {
    switch (asked.field().kind()) {
      case CHOICE, TRUTH ->
          select(
                  sheet,
                  column,
                  asked,
                  String.join(",", asked.values(language).keySet()),
                  "wrong-choice")
              .errorStyle(DataValidationErrorStyle.STOP);
      case CURRENCY ->
          select(sheet, column, asked, CURRENCIES, "other-currency")
              .errorStyle(DataValidationErrorStyle.WARNING);
      case TEXT, TEXTS, DAY, TIME, DECIMAL, WHOLE, PHONE -> {}
    }
  }

  private ListFormulaDataValidation select(
      Worksheet sheet, int column, Column asked, String choices, String otherwise) {
    return sheet
        .range(1, column, ROWS_WITH_CHOICES, column)
        .validateWithListByFormula("\"" + choices + "\"")
        .allowBlank(!asked.field().required())
        .showErrorMessage(true)
        .errorTitle(asked.header(language))
        .error(word(otherwise));
  }

  private List<String> note(Column column) {
    List<String> note = new ArrayList<>();
    note.add(column.meaning(language));
    note.add(fillIn(column));
    note.add(needed(column));
    if (!column.rules().isEmpty()) {
      note.add(word("rules") + ": " + column.rules());
    }

    return note;
  }

  private void notes(Worksheet sheet, String command) {
    List<String> lines = new ArrayList<>();
    lines.add(template.name(language));
    lines.add(word("example"));
    lines.add(command);
    lines.add(
        template.key().isEmpty()
            ? word("no-key")
            : word("correction").formatted(String.join(" + ", template.keyColumns(language))));
    if (template.hasLinePerRow()) {
      lines.add(word("line-per-row"));
    }

    template.listOfOneLine().ifPresent(list -> lines.add(word("one-line").formatted(list)));
    int row = 0;
    for (String line : lines) {
      sheet.value(row, 0, line);
      row++;
    }

    sheet.style(0, 0).bold().set();
    row++;
    List<String> heads = List.of("column", "meaning", "fill-in", "needed", "choices", "rules");
    for (int i = 0; i < heads.size(); i++) {
      sheet.value(row, i, word(heads.get(i)));
      sheet.style(row, i).bold().fillColor(OPTIONAL_COLOUR).set();
    }

    for (Column column : template.columns()) {
      row++;
      sheet.value(row, 0, column.header(language));
      sheet.value(row, 1, column.meaning(language));
      sheet.value(row, 2, fillIn(column));
      sheet.value(row, 3, needed(column));
      sheet.value(row, 4, String.join(", ", column.choices(language)));
      sheet.value(row, 5, column.rules());
    }

    sheet.width(0, 24);
    sheet.width(1, 70);
    sheet.width(2, 50);
    sheet.width(3, 12);
    sheet.width(4, 50);
    sheet.width(5, 20);
  }

  private String fillIn(Column column) {
    return word(column.field().kind().name().toLowerCase(Locale.ROOT));
  }

  private String needed(Column column) {
    return word(column.field().required() ? "required" : "optional");
  }

  private String word(String name) {
    return catalog.word(language, name);
  }
}
