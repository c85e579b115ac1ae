package dev.tributary.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;

/** All kinds of events, as {@code events.csv} lists them: one line per event. */
public final class EventCatalog {

  private static final String FILE = "/events.csv";
  private static final String HEADER = "event,topic,type_rank,key";

  static {
    // Avro refuses to instantiate classes that nobody vouches for.
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(),
            type -> type.getPackageName().equals("dev.tributary.events")));
  }

  private final Map<String, EventType> types;
  private final List<String> topics;

  private EventCatalog(Map<String, EventType> types) {
    this.types = types;
    this.topics =
        types.values().stream()
            .map(EventType::topic)
            .filter(topic -> !topic.equals(EventType.EVERY_TOPIC))
            .distinct()
            .toList();
  }

  /** The catalog on the classpath; read once. */
  public static EventCatalog load() {
    return Holder.CATALOG;
  }

  /** Every Kafka topic, in the file's order. */
  public List<String> topics() {
    return topics;
  }

  /** Every type, in the file's order. */
  public List<EventType> types() {
    return List.copyOf(types.values());
  }

  /** The types that may stand on {@code topic}, in the file's order. */
  public List<EventType> typesOn(String topic) {
    return types.values().stream().filter(type -> type.isOn(topic)).toList();
  }

  /** Whether there is a type of this simple name. */
  public boolean has(String name) {
    return types.containsKey(name);
  }

  /**
   * The type with this simple name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public EventType type(String name) {
    EventType type = types.get(name);
    if (type == null) {
      throw new IllegalArgumentException(
          "There is no event '%s'. Known: %s".formatted(name, String.join(", ", types.keySet())));
    }

    return type;
  }

  /** The type of a record. */
  public EventType typeOf(SpecificRecord record) {
    return type(record.getSchema().getName());
  }

  private static EventCatalog read() {
    List<String> lines;
    try (InputStream in = EventCatalog.class.getResourceAsStream(FILE)) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read events.csv from the classpath", e);
    }

    if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
      throw new IllegalStateException("events.csv line 1: expected the header " + HEADER);
    }

    Map<String, EventType> types = new LinkedHashMap<>();
    List<Integer> ranks = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      EventType type = parse(lines.get(i), i + 1);
      if (types.put(type.name(), type) != null || ranks.contains(type.rank())) {
        throw new IllegalStateException(
            "events.csv line %s: event '%s' or its rank %s stands twice; give it a line and a rank of its own"
                .formatted(i + 1, type.name(), type.rank()));
      }

      ranks.add(type.rank());
    }

    return new EventCatalog(types);
  }

  private static EventType parse(String line, int number) {
    List<String> cells = Arrays.asList(line.split(",", -1));
    if (cells.size() != 4) {
      throw new IllegalStateException(
          "events.csv line %s: expected %s, found '%s'".formatted(number, HEADER, line));
    }

    try {
      Class<?> type = Class.forName("dev.tributary.events." + cells.get(0));
      var schema = SpecificData.get().getSchema(type);
      if (schema.getField(cells.get(3)) == null
          || !schema.getFields().getFirst().name().equals("envelope")) {
        throw new IllegalStateException(
            "events.csv line %s: %s needs 'envelope' as its first field, and the key field '%s'"
                .formatted(number, cells.get(0), cells.get(3)));
      }

      return new EventType(
          cells.get(0), cells.get(1), Integer.parseInt(cells.get(2)), schema, cells.get(3));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "events.csv line %s: there is no schemas/src/main/avro/%s.avsc"
              .formatted(number, cells.get(0)),
          e);
    } catch (NumberFormatException e) {
      throw new IllegalStateException(
          "events.csv line %s: type_rank '%s' is not a whole number"
              .formatted(number, cells.get(2)),
          e);
    }
  }

  private static final class Holder {
    private static final EventCatalog CATALOG = read();
  }
}
