package dev.tributary.ingestion.importing;

import dev.tributary.events.Envelope;
import dev.tributary.schemas.EventType;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * A field that a row of an event may fill, under the name that rows use.
 *
 * @param name as in mappings; fields of a list as {@code lines.product_id}
 * @param list the list that the field belongs to; null when it belongs to the event
 * @param kind what its value is
 * @param choices the values that it may have; empty when there are too many to name
 * @param choiceOf name of the schema's enum that the choices are of; null without choices
 * @param required whether a row must have it, if it fills the list at all
 * @param doc meaning and unit, as the schema has them
 */
public record InputField(
    String name,
    String list,
    Kind kind,
    List<String> choices,
    String choiceOf,
    boolean required,
    String doc) {

  /** What the value of a field is, to whoever fills it in. */
  public enum Kind {
    /** Any text. */
    TEXT,
    /** Texts with commas between them; none when blank. */
    TEXTS,
    /** One of the choices. */
    CHOICE,
    /** True or false. */
    TRUTH,
    /** A day. */
    DAY,
    /** A day and a time of it. */
    TIME,
    /** An amount of money or a quantity, with up to six decimal places. */
    DECIMAL,
    /** A whole number. */
    WHOLE,
    /** A currency's code of ISO 4217. */
    CURRENCY,
    /** A phone number. */
    PHONE
  }

  /**
   * The fields of an event in the order of its schema. Of the envelope there is only the time, and
   * that only when the event has no day that stands in for it.
   */
  public static List<InputField> of(EventType type) {
    List<InputField> fields = new ArrayList<>();
    for (Schema.Field field : type.schema().getFields()) {
      if (field.name().equals("envelope")) {
        continue;
      }

      Schema schema = valueOf(field.schema());
      if (isListOfRecords(schema)) {
        for (Schema.Field nested : schema.getElementType().getFields()) {
          fields.add(of(nested, field.name()));
        }
      } else {
        fields.add(of(field, null));
      }
    }

    if (fields.stream().noneMatch(InputField::mayBeTheTime)) {
      fields.add(1, of(Envelope.getClassSchema().getField("occurred_at"), null));
    }

    return fields;
  }

  /** The time of an event whose first day stands in for it when it is blank. */
  public static InputField timeBesideTheDay() {
    return new InputField(
        "occurred_at",
        null,
        Kind.TIME,
        List.of(),
        null,
        false,
        "When it was decided or known; blank for the first day of the row. Needed when that day is to come.");
  }

  /** Whether its value may stand in for the event's time. */
  boolean mayBeTheTime() {
    return list == null && kind == Kind.DAY && required;
  }

  /** The lists that a row of the event must have a line of. */
  public static List<String> requiredLists(EventType type) {
    return type.schema().getFields().stream()
        .filter(field -> isListOfRecords(field.schema()))
        .map(Schema.Field::name)
        .toList();
  }

  private static InputField of(Schema.Field field, String list) {
    String name = EventBuilder.inputName(field);
    Schema schema = valueOf(field.schema());
    Kind kind = kind(field.name(), name, schema);
    // Lines are numbered in their order when they have no number.
    boolean numbered = list != null && name.equals("line_no");
    return new InputField(
        list == null ? name : list + "." + name,
        list,
        kind,
        kind == Kind.CHOICE ? schema.getEnumSymbols() : List.of(),
        kind == Kind.CHOICE ? schema.getName() : null,
        !field.hasDefaultValue() && !numbered && kind != Kind.TEXTS,
        field.doc());
  }

  private static Kind kind(String field, String name, Schema schema) {
    if (!field.equals(name) && schema.getType() == Schema.Type.STRING) {
      return Kind.PHONE;
    }

    return switch (schema.getType()) {
      case ENUM -> Kind.CHOICE;
      case BOOLEAN -> Kind.TRUTH;
      case ARRAY -> Kind.TEXTS;
      case INT -> schema.getLogicalType() == null ? Kind.WHOLE : Kind.DAY;
      case LONG -> schema.getLogicalType() != null ? Kind.TIME : whole(field, name);
      default -> name.equals("currency") || name.endsWith("_currency") ? Kind.CURRENCY : Kind.TEXT;
    };
  }

  private static Kind whole(String field, String name) {
    return field.equals(name) ? Kind.WHOLE : Kind.DECIMAL;
  }

  private static Schema valueOf(Schema schema) {
    return schema.getType() == Schema.Type.UNION ? schema.getTypes().get(1) : schema;
  }

  private static boolean isListOfRecords(Schema schema) {
    return schema.getType() == Schema.Type.ARRAY
        && schema.getElementType().getType() == Schema.Type.RECORD;
  }
}
