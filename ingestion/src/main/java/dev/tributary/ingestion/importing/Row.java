package dev.tributary.ingestion.importing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.schemas.Decoded;

/**
 * A row of a file: either its content under our field names, or why it has none.
 *
 * @param sheet sheet of the workbook; null in files without sheets
 * @param line line in the file, or row of the sheet as spreadsheets number it, from 1
 * @param position place among the file's rows, from 0
 * @param text the row as read, without any phone number
 * @param content null when the row cannot be read
 * @param key event id that the key columns make, without company; null without a key
 * @param revision what the mapping's revision column says; null without one
 * @param bad why it is no event; null when it may be one
 */
record Row(
    String sheet,
    long line,
    long position,
    RowText text,
    ObjectNode content,
    String key,
    Integer revision,
    Decoded.Bad bad) {

  /** A row's text; made only when the row is rejected. */
  interface RowText {
    String redacted();
  }

  static Row read(
      long line, long position, RowText text, ObjectNode content, String key, Integer revision) {
    return new Row(null, line, position, text, content, key, revision, null);
  }

  static Row unreadable(long line, long position, RowText text, Decoded.Bad bad) {
    return new Row(null, line, position, text, null, null, null, bad);
  }

  /** The same row, which is no event in spite of its content. */
  Row refused(Decoded.Bad problem) {
    return new Row(sheet, line, position, text, content, key, revision, problem);
  }

  /** The same row, known to stand in a sheet. */
  Row in(String sheetName) {
    return new Row(sheetName, line, position, text, content, key, revision, bad);
  }
}
