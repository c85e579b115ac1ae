package dev.tributary.ingestion.importing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.events.BusinessDayClosed;
import dev.tributary.ingestion.Amounts;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;

/** Writes events as {@code import} reads them: one JSON object a line. */
public final class NdjsonFormat {

  private NdjsonFormat() {}

  /**
   * An event as one line, without a line end. A copy of a day close loses its partition: the
   * importer sends the close to all.
   */
  public static String line(SpecificRecord event) {
    if (event instanceof BusinessDayClosed close) {
      return closeLine(
          close.getEnvelope().getCompany(), ZoneId.of(close.getZone()), close.getClosedOn());
    }

    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.put("type", event.getSchema().getName());
    fill(row, (IndexedRecord) event.get(0));
    fill(row, event);
    return row.toString();
  }

  /** The close of a company's day as one line, without a line end. */
  public static String closeLine(String company, ZoneId zone, LocalDate day) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.put("type", "BusinessDayClosed");
    row.put("company", company);
    row.put("zone", zone.getId());
    row.put("closed_on", day.toString());
    return row.toString();
  }

  private static void fill(ObjectNode row, IndexedRecord record) {
    for (Schema.Field field : record.getSchema().getFields()) {
      Object value = record.get(field.pos());
      if (value == null || field.name().equals("envelope")) {
        continue;
      }

      if (field.name().endsWith(EventBuilder.PSEUDONYM_SUFFIX)) {
        row.put(field.name(), value.toString());
      } else if (field.name().endsWith("_micros")) {
        row.put(EventBuilder.inputName(field), Amounts.mainUnits((Long) value));
      } else {
        put(row, field.name(), value);
      }
    }
  }

  private static void put(ObjectNode row, String name, Object value) {
    switch (value) {
      case List<?> items -> {
        ArrayNode array = row.putArray(name);
        for (Object item : items) {
          if (item instanceof IndexedRecord nested) {
            fill(array.addObject(), nested);
          } else {
            array.add(item.toString());
          }
        }
      }
      case Integer number -> row.put(name, number);
      case Long number -> row.put(name, number);
      case Boolean bool -> row.put(name, bool);
      default -> row.put(name, value.toString());
    }
  }
}
