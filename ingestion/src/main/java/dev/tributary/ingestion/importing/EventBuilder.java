package dev.tributary.ingestion.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.events.Envelope;
import dev.tributary.ingestion.Amounts;
import dev.tributary.ingestion.PhonePseudonym;
import dev.tributary.schemas.EventType;
import dev.tributary.schemas.RejectReason;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Makes an event of a row whose fields have our names. Works from the schema alone, so a new event
 * needs nothing here.
 *
 * <ul>
 *   <li>A field {@code x_micros} is given as {@code x}, a decimal number in main units.
 *   <li>A field {@code phone_pseudonym} is given as {@code phone}, a number as people write it.
 *   <li>The envelope's fields stand beside the others.
 *   <li>The event's first date and {@code occurred_at} stand in for each other when one is missing.
 * </ul>
 */
final class EventBuilder {

  /** The envelope's fields, as rows may give them. */
  static final Set<String> ENVELOPE_FIELDS =
      Set.of(
          "event_id",
          "corrects",
          "revision",
          "source",
          "source_sequence",
          "occurred_at",
          "recorded_at",
          "company");

  static final String PSEUDONYM_SUFFIX = "_pseudonym";
  private static final String MICROS_SUFFIX = "_micros";
  private static final Set<String> NO_FREE_TEXT = Set.of("currency", "zone", "region");

  /**
   * What a row does not say itself.
   *
   * @param eventId id when the row gives none
   * @param company null when the row must give it
   * @param currency null when the row must give it
   * @param phoneRegion country of phone numbers without a country code; null for none
   */
  record Defaults(
      String eventId,
      String company,
      String currency,
      String phoneRegion,
      int revision,
      String source,
      long sourceSequence,
      Instant recordedAt,
      Formats formats) {}

  private final PhonePseudonym phones;

  EventBuilder(PhonePseudonym phones) {
    this.phones = phones;
  }

  /** The event of a row, its values not yet checked beyond their types. */
  SpecificRecord build(EventType type, ObjectNode row, Defaults defaults) throws BadRowException {
    Set<String> known = new HashSet<>(ENVELOPE_FIELDS);
    known.add("type");
    SpecificRecord record = newRecord(type.schema());
    Schema.Field firstDate = null;
    for (Schema.Field field : type.schema().getFields()) {
      if (field.name().equals("envelope")) {
        continue;
      }

      if (firstDate == null && isDate(field.schema())) {
        firstDate = field;
      }

      boolean inferable = field.equals(firstDate) && present(row.get("occurred_at"));
      put(record, field, row, "", defaults, known, inferable);
    }

    expectNothingElse(row, known, "");
    Instant occurredAt = null;
    if (present(row.get("occurred_at"))) {
      occurredAt = instant(row.get("occurred_at"), "occurred_at", defaults.formats());
      if (firstDate != null && record.get(firstDate.pos()) == null) {
        record.put(firstDate.pos(), occurredAt.atZone(defaults.formats().zone()).toLocalDate());
      }
    } else if (firstDate != null) {
      LocalDate date = (LocalDate) record.get(firstDate.pos());
      occurredAt = date.atStartOfDay(defaults.formats().zone()).toInstant();
    }

    record.put(0, envelope(row, defaults, occurredAt));
    return record;
  }

  /** The names that a row of this type may use, lines as {@code lines.product_id}. */
  static Set<String> inputNames(EventType type) {
    Set<String> names = new TreeSet<>(ENVELOPE_FIELDS);
    InputField.of(type).forEach(field -> names.add(field.name()));
    return names;
  }

  /** A field's name as rows use it. */
  static String inputName(Schema.Field field) {
    return inputPath(field.name());
  }

  /** A path such as {@code lines[0].net_amount_micros} as rows would name it. */
  static String inputPath(String path) {
    if (path.endsWith(MICROS_SUFFIX)) {
      return path.substring(0, path.length() - MICROS_SUFFIX.length());
    }

    if (path.endsWith(PSEUDONYM_SUFFIX)) {
      return path.substring(0, path.length() - PSEUDONYM_SUFFIX.length());
    }

    return path.startsWith("envelope.") ? path.substring("envelope.".length()) : path;
  }

  private static SpecificRecord newRecord(Schema schema) {
    return (SpecificRecord) SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
  }

  private Envelope envelope(ObjectNode row, Defaults defaults, Instant occurredAt)
      throws BadRowException {
    if (occurredAt == null) {
      throw missing("occurred_at");
    }

    String company = text(row, "company", defaults.company());
    if (company == null) {
      throw new BadRowException(
          RejectReason.MISSING_FIELD,
          "company",
          "No company is named. Give it in the row, in the mapping, or with --company.");
    }

    return new Envelope(
        text(row, "event_id", defaults.eventId()),
        text(row, "corrects", null),
        present(row.get("revision"))
            ? (int) whole(row.get("revision"), "revision", defaults.formats(), Integer.MAX_VALUE)
            : defaults.revision(),
        text(row, "source", defaults.source()),
        present(row.get("source_sequence"))
            ? whole(
                row.get("source_sequence"), "source_sequence", defaults.formats(), Long.MAX_VALUE)
            : defaults.sourceSequence(),
        occurredAt,
        present(row.get("recorded_at"))
            ? instant(row.get("recorded_at"), "recorded_at", defaults.formats())
            : defaults.recordedAt(),
        company);
  }

  private void put(
      SpecificRecord record,
      Schema.Field field,
      ObjectNode row,
      String prefix,
      Defaults defaults,
      Set<String> known,
      boolean inferable)
      throws BadRowException {
    String name = inputName(field);
    known.add(name);
    JsonNode value = row.get(name);
    if (field.name().endsWith(PSEUDONYM_SUFFIX)) {
      known.add(field.name());
      record.put(field.pos(), pseudonym(value, row.get(field.name()), prefix + name, defaults));
      return;
    }

    if (present(value)) {
      record.put(
          field.pos(), convert(value, field.schema(), field.name(), prefix + name, defaults));
    } else if (field.hasDefaultValue()) {
      record.put(field.pos(), SpecificData.get().getDefaultValue(field));
    } else if (name.equals("currency") && defaults.currency() != null) {
      record.put(field.pos(), defaults.currency());
    } else if (!inferable) {
      throw missing(prefix + name);
    }
  }

  private String pseudonym(JsonNode number, JsonNode pseudonym, String path, Defaults defaults)
      throws BadRowException {
    if (present(pseudonym)) {
      if (!PhonePseudonym.isPseudonym(pseudonym.asText())) {
        throw new BadRowException(
            RejectReason.INVALID_PHONE,
            path + PSEUDONYM_SUFFIX,
            "This is no pseudonym. Give the number itself as 'phone'.");
      }

      return pseudonym.asText();
    }

    if (!present(number)) {
      return null;
    }

    return phones.of(number.asText(), defaults.phoneRegion()).orElseThrow(() -> invalidPhone(path));
  }

  static BadRowException invalidPhone(String path) {
    return new BadRowException(
        RejectReason.INVALID_PHONE,
        path,
        "This is no valid phone number. Write it with its area code and its country code (+86 …), name the country with --phone-region or phone_region in the mapping, or leave it blank.");
  }

  private Object convert(JsonNode value, Schema schema, String name, String path, Defaults defaults)
      throws BadRowException {
    return switch (schema.getType()) {
      case UNION -> convert(value, schema.getTypes().get(1), name, path, defaults);
      case STRING -> freeText(scalar(value, path), name, defaults);
      case ENUM -> symbol(value, schema, path);
      case BOOLEAN -> bool(value, path);
      case INT ->
          isDate(schema)
              ? date(value, path, defaults.formats())
              : (Object) (int) whole(value, path, defaults.formats(), Integer.MAX_VALUE);
      case LONG -> {
        if (schema.getLogicalType() != null) {
          yield instant(value, path, defaults.formats());
        }

        yield name.endsWith(MICROS_SUFFIX)
            ? micros(value, path, defaults.formats())
            : whole(value, path, defaults.formats(), Long.MAX_VALUE);
      }
      case ARRAY ->
          schema.getElementType().getType() == Schema.Type.RECORD
              ? records(value, schema.getElementType(), path, defaults)
              : texts(value, path);
      default -> throw new IllegalStateException("Events have no " + schema.getType());
    };
  }

  private String freeText(String text, String name, Defaults defaults) {
    return name.endsWith("_id") || NO_FREE_TEXT.contains(name)
        ? text
        : phones.withoutNumbers(text, defaults.phoneRegion());
  }

  private List<Object> records(JsonNode value, Schema element, String path, Defaults defaults)
      throws BadRowException {
    if (!value.isArray()) {
      throw wrongType(path, value, "a list of objects", "[{…}, {…}]");
    }

    List<Object> records = new ArrayList<>();
    for (JsonNode item : value) {
      String prefix = "%s[%s].".formatted(path, records.size());
      if (!(item instanceof ObjectNode row)) {
        throw wrongType(path, item, "an object", "{…}");
      }

      Set<String> known = new HashSet<>();
      SpecificRecord record = newRecord(element);
      for (Schema.Field field : element.getFields()) {
        if (field.name().equals("line_no") && !present(row.get("line_no"))) {
          known.add("line_no");
          record.put(field.pos(), records.size() + 1);
        } else {
          put(record, field, row, prefix, defaults, known, false);
        }
      }

      expectNothingElse(row, known, prefix);
      records.add(record);
    }

    return records;
  }

  private static List<String> texts(JsonNode value, String path) throws BadRowException {
    List<String> texts = new ArrayList<>();
    if (value.isArray()) {
      for (JsonNode item : value) {
        texts.add(scalar(item, path));
      }
    } else {
      for (String part : scalar(value, path).split(",", -1)) {
        texts.add(part.strip());
      }
    }

    return texts;
  }

  private static Object symbol(JsonNode value, Schema schema, String path) throws BadRowException {
    String text = scalar(value, path);
    if (!schema.hasEnumSymbol(text)) {
      throw new BadRowException(
          RejectReason.WRONG_TYPE,
          path,
          "'%s' is none of %s. Use one of these."
              .formatted(text, String.join(", ", schema.getEnumSymbols())));
    }

    for (Object constant : SpecificData.get().getClass(schema).getEnumConstants()) {
      if (constant.toString().equals(text)) {
        return constant;
      }
    }

    throw new IllegalStateException(text);
  }

  private static Object bool(JsonNode value, String path) throws BadRowException {
    return switch (scalar(value, path)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrongType(path, value, "true or false", "true");
    };
  }

  private static long micros(JsonNode value, String path, Formats formats) throws BadRowException {
    BigDecimal number = number(value, path, formats);
    try {
      return Amounts.micros(number);
    } catch (ArithmeticException e) {
      throw new BadRowException(
          RejectReason.INVALID_VALUE,
          path,
          "'%s' cannot be kept exactly: %s. Correct the value."
              .formatted(value.asText(), e.getMessage()));
    }
  }

  private static long whole(JsonNode value, String path, Formats formats, long max)
      throws BadRowException {
    BigDecimal number = number(value, path, formats);
    try {
      if (number.precision() - (long) number.scale() > 20) {
        throw new ArithmeticException();
      }

      long whole = number.longValueExact();
      if (whole > max || whole < -max) {
        throw new ArithmeticException();
      }

      return whole;
    } catch (ArithmeticException e) {
      throw wrongType(
          path, value, String.format(Locale.ROOT, "a whole number up to %,d", max), "12");
    }
  }

  private static BigDecimal number(JsonNode value, String path, Formats formats)
      throws BadRowException {
    if (value.isNumber()) {
      return value.decimalValue();
    }

    String text = scalar(value, path);
    try {
      return formats.number(text);
    } catch (NumberFormatException e) {
      throw new BadRowException(
          RejectReason.WRONG_TYPE,
          path,
          "'%s' is no number. Write it as 1234%s50; decimal_separator and group_separator in the mapping say otherwise."
              .formatted(text, formats.decimalSeparator()));
    }
  }

  private static LocalDate date(JsonNode value, String path, Formats formats)
      throws BadRowException {
    Optional<LocalDate> date = formats.date(scalar(value, path));
    return date.orElseThrow(() -> wrongType(path, value, "a date", "2026-03-31"));
  }

  private static Instant instant(JsonNode value, String path, Formats formats)
      throws BadRowException {
    Optional<Instant> instant = formats.instant(scalar(value, path));
    return instant.orElseThrow(
        () -> wrongType(path, value, "a date or a time", "2026-03-31T18:30:00+08:00"));
  }

  private static String text(ObjectNode row, String name, String otherwise) throws BadRowException {
    return present(row.get(name)) ? scalar(row.get(name), name) : otherwise;
  }

  private static String scalar(JsonNode value, String path) throws BadRowException {
    if (!value.isValueNode()) {
      throw wrongType(path, value, "a single value", "\"text\"");
    }

    return value.isNumber() ? value.decimalValue().toPlainString() : value.asText();
  }

  private static boolean present(JsonNode value) {
    return value != null && !value.isNull() && !(value.isTextual() && value.asText().isBlank());
  }

  private static boolean isDate(Schema schema) {
    return schema.getLogicalType() != null && schema.getLogicalType().getName().equals("date");
  }

  private static void expectNothingElse(ObjectNode row, Set<String> known, String prefix)
      throws BadRowException {
    for (Iterator<String> names = row.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw new BadRowException(
            RejectReason.UNKNOWN_COLUMN,
            prefix + name,
            "There is no field '%s' here. Known: %s."
                .formatted(name, String.join(", ", new TreeSet<>(known))));
      }
    }
  }

  private static BadRowException missing(String path) {
    return new BadRowException(
        RejectReason.MISSING_FIELD,
        path,
        "The required '%s' is missing or blank. Give it a value.".formatted(path));
  }

  private static BadRowException wrongType(
      String path, JsonNode value, String expected, String example) {
    return new BadRowException(
        RejectReason.WRONG_TYPE,
        path,
        "'%s' is not %s. Write it as %s; date formats stand under dates in the mapping."
            .formatted(value.isValueNode() ? value.asText() : value.toString(), expected, example));
  }
}
