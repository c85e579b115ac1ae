package dev.tributary.ingestion.importing;

import dev.tributary.schemas.RejectReason;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;

/**
 * What a cell of a workbook says, as the text that a CSV of the same data would hold: numbers in
 * plain digits, dates in ISO 8601 without a zone, text as typed, formulas by their saved result.
 */
final class CellText {

  /** Digits that a spreadsheet keeps of a number. */
  private static final int KEPT_DIGITS = 15;

  /** The day after 9999-12-31. */
  private static final int DAYS_END_1900 = 2_958_466;

  /** Days that the 1904 system counts later than the 1900 system. */
  private static final int SYSTEMS_APART = 1_462;

  /** 1900-02-29, which the 1900 system knows beside the 0th of January, and calendars do not. */
  private static final int NO_SUCH_DAY = 60;

  private static final Set<String> ERRORS =
      Set.of(
          "#N/A",
          "#VALUE!",
          "#REF!",
          "#DIV/0!",
          "#NUM!",
          "#NAME?",
          "#NULL!",
          "#SPILL!",
          "#CALC!",
          "#FIELD!",
          "#GETTING_DATA");

  private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

  private final boolean since1904;
  private final char decimalSeparator;

  /**
   * Reads the cells of one workbook.
   *
   * @param since1904 whether it counts days from 1904 instead of 1900
   * @param decimalSeparator that numbers are to be written with
   */
  CellText(boolean since1904, char decimalSeparator) {
    this.since1904 = since1904;
    this.decimalSeparator = decimalSeparator;
  }

  /**
   * The text of {@code cell}; empty when it is blank.
   *
   * @param column name to report
   * @throws BadRowException when the cell says nothing that can be relied on
   */
  String of(Cell cell, String column) throws BadRowException {
    boolean formula = cell.getFormula() != null;
    if (cell.getType() == CellType.ERROR
        || (cell.getType() == CellType.FORMULA && ERRORS.contains(cell.getText()))) {
      throw new BadRowException(
          RejectReason.INVALID_VALUE,
          column,
          "The cell shows the error '%s'. Correct its formula, or clear the cell."
              .formatted(shownError(cell)));
    }

    return switch (cell.getValue()) {
      case null -> blank(formula, column);
      case Boolean truth -> truth.toString();
      case BigDecimal number ->
          NumberFormats.showsTime(cell.getDataFormatId(), cell.getDataFormatString())
              ? time(cell, number, column)
              : number(number, formula, column);
      default -> text(cell.getText());
    };
  }

  private static String shownError(Cell cell) {
    return cell.getValue() == null ? cell.getRawValue() : cell.getText();
  }

  private static String blank(boolean formula, String column) throws BadRowException {
    if (formula) {
      throw new BadRowException(
          RejectReason.INVALID_VALUE,
          column,
          "The formula has no saved result. Open the workbook in a spreadsheet, let it calculate, and save it.");
    }

    return "";
  }

  /** Characters that XML cannot hold, and carriage returns, are kept as _x000D_. */
  private static String text(String kept) {
    return kept.contains("_x")
        ? ESCAPED.matcher(kept).replaceAll(CellText::unescaped).replace("\r\n", "\n")
        : kept;
  }

  private static String unescaped(MatchResult escaped) {
    String character = String.valueOf((char) Integer.parseInt(escaped.group(1), 16));
    return Matcher.quoteReplacement(character);
  }

  /**
   * A file holds 1234.56 as 1234.5599999999999: the shortest decimal that means the same double is
   * what was typed, as long as it has no more digits than a spreadsheet keeps.
   */
  private String number(BigDecimal kept, boolean formula, String column) throws BadRowException {
    double number = kept.doubleValue();
    if (Double.isInfinite(number)) {
      throw tooManyDigits(kept.toString(), formula, column);
    }

    BigDecimal typed = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int digits = Math.max(typed.precision(), typed.precision() - typed.scale());
    String plain = typed.toPlainString();
    if (digits > KEPT_DIGITS) {
      throw tooManyDigits(plain, formula, column);
    }

    return decimalSeparator == '.' ? plain : plain.replace('.', decimalSeparator);
  }

  private static BadRowException tooManyDigits(String number, boolean formula, String column) {
    return new BadRowException(
        RejectReason.INVALID_VALUE,
        column,
        formula
            ? "The formula gives %s, more than the fifteen digits that a spreadsheet computes exactly. Round it there: ROUND(…, 2)."
                .formatted(number)
            : "%s has more than the fifteen digits that a spreadsheet keeps of a number. Format the column as text and enter the value again."
                .formatted(number));
  }

  private String time(Cell cell, BigDecimal days, String column) throws BadRowException {
    int end = since1904 ? DAYS_END_1900 - SYSTEMS_APART : DAYS_END_1900;
    boolean counted = days.signum() >= 0 && days.compareTo(BigDecimal.valueOf(end)) < 0;
    boolean noDay = !since1904 && (days.signum() == 0 || days.intValue() == NO_SUCH_DAY);
    if (!counted || noDay) {
      throw new BadRowException(
          RejectReason.WRONG_TYPE,
          column,
          "The cell is formatted as a date and holds %s, which is none. Enter the date again, or give the column another format."
              .formatted(days));
    }

    LocalDateTime time = cell.asDate();
    if (days.compareTo(BigDecimal.ONE) < 0 && days.signum() > 0) {
      return time.toLocalTime().toString();
    }

    return time.toLocalTime().equals(LocalTime.MIDNIGHT)
        ? time.toLocalDate().toString()
        : time.toString();
  }
}
