package dev.tributary.ingestion.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tributary.ingestion.PhonePseudonym;
import dev.tributary.schemas.Decoded;
import dev.tributary.schemas.RejectReason;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** NDJSON: one JSON object a line. Blank lines are passed over. */
final class NdjsonRows implements Rows {

  /** Longer lines are refused without being held in memory. */
  static final int MAX_LINE_BYTES = 4_000_000;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final PhonePseudonym phones;
  private final String phoneRegion;

  NdjsonRows(PhonePseudonym phones, String phoneRegion) {
    this.phones = phones;
    this.phoneRegion = phoneRegion;
  }

  @Override
  public void read(Path file, Consumer<Row> rows) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      read(in, rows);
    }
  }

  void read(InputStream in, Consumer<Row> rows) throws IOException {
    Lines lines = new Lines(in);
    long position = 0;
    while (lines.next()) {
      if (!lines.blank()) {
        rows.accept(row(lines, position));
        position++;
      }
    }
  }

  private Row row(Lines lines, long position) {
    long line = lines.number();
    if (lines.tooLong()) {
      return Row.unreadable(
          line,
          position,
          () -> "",
          new Decoded.Bad(
              RejectReason.RECORD_TOO_LARGE,
              null,
              String.format(
                  Locale.ROOT, "The line is longer than %,d bytes. Split it.", MAX_LINE_BYTES)));
    }

    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(lines.bytes()).toString();
    } catch (CharacterCodingException e) {
      return Row.unreadable(
          line,
          position,
          () -> "",
          new Decoded.Bad(
              RejectReason.UNREADABLE_FILE, null, "The line is not UTF-8. Convert the file."));
    }

    try {
      if (JSON.readTree(text) instanceof ObjectNode content) {
        return Row.read(line, position, () -> redacted(content), content, null, null);
      }

      return unreadable(line, position, text, "it is no JSON object");
    } catch (JsonProcessingException e) {
      return unreadable(
          line,
          position,
          text,
          "%s (column %s)"
              .formatted(
                  phones.redact(e.getOriginalMessage().replaceAll("(?s)\\n.*", ""), phoneRegion),
                  e.getLocation() == null ? "?" : e.getLocation().getColumnNr()));
    }
  }

  private Row unreadable(long line, long position, String text, String problem) {
    return Row.unreadable(
        line,
        position,
        () -> phones.redact(text, phoneRegion),
        new Decoded.Bad(
            RejectReason.UNREADABLE_FILE,
            null,
            "The line cannot be read: %s. Write one JSON object a line.".formatted(problem)));
  }

  /** The row with every phone field, and whatever else looks like a phone number, replaced. */
  private String redacted(ObjectNode content) {
    return phones.redact(redact(content, "").toString(), phoneRegion);
  }

  private JsonNode redact(JsonNode node, String name) {
    if (node instanceof ObjectNode object) {
      ObjectNode copy = JSON.createObjectNode();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        copy.set(field.getKey(), redact(field.getValue(), field.getKey()));
      }

      return copy;
    }

    if (node instanceof ArrayNode array) {
      ArrayNode copy = JSON.createArrayNode();
      array.forEach(item -> copy.add(redact(item, name)));
      return copy;
    }

    boolean phone = isPhoneName(name) && !node.isNull() && !node.asText().isBlank();
    return phone ? TextNode.valueOf(phones.replacement(node.asText(), phoneRegion)) : node;
  }

  /** Whether a field or column of this name holds phone numbers. */
  static boolean isPhoneName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !lower.endsWith(EventBuilder.PSEUDONYM_SUFFIX)
        && (lower.contains("phone")
            || lower.contains("mobile")
            || lower.equals("tel")
            || lower.contains("\u7535\u8bdd") // 电话
            || lower.contains("\u624b\u673a")); // 手机
  }

  /** Lines of bytes, bounded. */
  private static final class Lines {

    private final InputStream in;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(1024);
    private long number;
    private boolean tooLong;

    private Lines(InputStream in) {
      this.in = in;
    }

    private boolean next() throws IOException {
      buffer.reset();
      this.tooLong = false;
      int b = in.read();
      if (b < 0) {
        return false;
      }

      this.number++;
      while (b >= 0 && b != '\n') {
        if (buffer.size() < MAX_LINE_BYTES) {
          buffer.write(b);
        } else {
          this.tooLong = true;
        }

        b = in.read();
      }

      return true;
    }

    private long number() {
      return number;
    }

    private boolean tooLong() {
      return tooLong;
    }

    private boolean blank() {
      return !tooLong && buffer.toString(StandardCharsets.UTF_8).isBlank();
    }

    private ByteBuffer bytes() {
      byte[] line = buffer.toByteArray();
      boolean mark =
          number == 1
              && line.length >= 3
              && line[0] == (byte) 0xEF
              && line[1] == (byte) 0xBB
              && line[2] == (byte) 0xBF;
      int start = mark ? 3 : 0;
      return ByteBuffer.wrap(line, start, line.length - start);
    }
  }
}
