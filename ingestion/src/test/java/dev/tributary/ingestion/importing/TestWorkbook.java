package dev.tributary.ingestion.importing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A workbook written part by part, as spreadsheets write it: it can hold what a library for writing
 * workbooks would not let through.
 */
final class TestWorkbook {

  /** The formats that cells can have. */
  enum Format {
    GENERAL("0"),
    DATE("14"),
    TIME("20"),
    DATE_AND_TIME("22"),
    CHINESE_DATE_WITHOUT_CODE("31"),
    CHINESE_DATE("164"),
    TEXT("49"),
    SCIENTIFIC("11"),
    DAYS_AS_UNIT("165"),
    ELAPSED("46");

    private final String id;

    Format(String id) {
      this.id = id;
    }
  }

  private final List<String> names = new ArrayList<>();
  private final List<String> states = new ArrayList<>();
  private final List<String> contents = new ArrayList<>();
  private final Map<String, String> more = new LinkedHashMap<>();
  private final StringBuilder sharedTexts = new StringBuilder();
  private String prologue = "";
  private boolean since1904;

  TestWorkbook since1904() {
    this.since1904 = true;
    return this;
  }

  TestWorkbook sheet(String name, String... rows) {
    return sheet(name, "visible", String.join("", rows), "");
  }

  TestWorkbook hiddenSheet(String name, String... rows) {
    return sheet(name, "hidden", String.join("", rows), "");
  }

  TestWorkbook sheetWithMergedCells(String name, String merged, String... rows) {
    return sheet(
        name,
        "visible",
        String.join("", rows),
        "<mergeCells count=\"1\"><mergeCell ref=\"%s\"/></mergeCells>".formatted(merged));
  }

  /** What stands before the root of the sheets that follow. */
  TestWorkbook prologue(String xml) {
    this.prologue = xml;
    return this;
  }

  /** Texts that cells refer to by their place, from 0. */
  TestWorkbook sharedText(String xml) {
    sharedTexts.append("<si>").append(xml).append("</si>");
    return this;
  }

  /** One more part of the file. */
  TestWorkbook part(String name, String content) {
    more.put(name, content);
    return this;
  }

  private TestWorkbook sheet(String name, String state, String rows, String after) {
    names.add(name);
    states.add(state);
    contents.add(
        prologue
            + "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
            + rows
            + "</sheetData>"
            + after
            + "</worksheet>");
    return this;
  }

  static String row(int number, String... cells) {
    return "<row r=\"%s\">%s</row>".formatted(number, String.join("", cells));
  }

  static String hiddenRow(int number, String... cells) {
    return "<row r=\"%s\" hidden=\"1\">%s</row>".formatted(number, String.join("", cells));
  }

  /** A row of texts. */
  static String texts(int number, String... texts) {
    String[] cells = new String[texts.length];
    for (int i = 0; i < texts.length; i++) {
      cells[i] = texts[i].isEmpty() ? blank() : text(texts[i]);
    }

    return row(number, cells);
  }

  static String text(String text) {
    return "<c t=\"inlineStr\"><is><t>%s</t></is></c>".formatted(text);
  }

  static String shared(int place) {
    return "<c t=\"s\"><v>%s</v></c>".formatted(place);
  }

  static String number(String kept) {
    return number(kept, Format.GENERAL);
  }

  static String number(String kept, Format format) {
    return "<c s=\"%s\"><v>%s</v></c>".formatted(List.of(Format.values()).indexOf(format), kept);
  }

  static String truth(boolean value) {
    return "<c t=\"b\"><v>%s</v></c>".formatted(value ? 1 : 0);
  }

  static String error(String shown) {
    return "<c t=\"e\"><f>VLOOKUP(A1,B:B,1)</f><v>%s</v></c>".formatted(shown);
  }

  static String formula(String result) {
    return "<c><f>A1*2</f><v>%s</v></c>".formatted(result);
  }

  static String formulaOfText(String result) {
    return "<c t=\"str\"><f>A1&amp;B1</f><v>%s</v></c>".formatted(result);
  }

  static String formulaWithoutResult() {
    return "<c><f>A1*2</f></c>";
  }

  static String blank() {
    return "<c/>";
  }

  Path write(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      put(
          zip,
          "[Content_Types].xml",
          """
          <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
          <Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>\
          <Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>\
          <Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>\
          </Types>""");
      put(
          zip,
          "xl/sharedStrings.xml",
          "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">%s</sst>"
              .formatted(sharedTexts));
      put(zip, "xl/styles.xml", styles());
      put(zip, "xl/workbook.xml", workbook());
      put(zip, "xl/_rels/workbook.xml.rels", relations());
      for (int i = 0; i < contents.size(); i++) {
        put(zip, "xl/worksheets/sheet%s.xml".formatted(i + 1), contents.get(i));
      }

      for (Map.Entry<String, String> part : more.entrySet()) {
        put(zip, part.getKey(), part.getValue());
      }
    }

    return file;
  }

  private static String styles() {
    StringBuilder formats = new StringBuilder();
    for (Format format : Format.values()) {
      formats.append("<xf numFmtId=\"%s\"/>".formatted(format.id));
    }

    return """
    <styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts>\
    <numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/>\
    <numFmt numFmtId="165" formatCode="[Red]0.00 &quot;days&quot;"/>\
    </numFmts><cellXfs>%s</cellXfs></styleSheet>"""
        .formatted(formats);
  }

  private String workbook() {
    StringBuilder sheets = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      sheets.append(
          "<sheet name=\"%s\" sheetId=\"%s\" state=\"%s\" r:id=\"rId%s\"/>"
              .formatted(names.get(i), i + 1, states.get(i), i + 1));
    }

    return """
    <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" \
    xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">\
    <workbookPr date1904="%s"/><sheets>%s</sheets></workbook>"""
        .formatted(since1904, sheets);
  }

  private String relations() {
    StringBuilder relations = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      relations.append(
          "<Relationship Id=\"rId%s\" Target=\"worksheets/sheet%s.xml\"/>".formatted(i + 1, i + 1));
    }

    return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">%s</Relationships>"
        .formatted(relations);
  }

  private static void put(ZipOutputStream zip, String name, String content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }
}
