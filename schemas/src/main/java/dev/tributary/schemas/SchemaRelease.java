package dev.tributary.schemas;

import dev.tributary.schemas.ReleasedSchemas.Release;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidator;
import org.apache.avro.SchemaValidatorBuilder;

/**
 * Releases the current schemas: whatever differs from its latest released version gets the next
 * version and an id, provided that it is compatible with every version before it, both ways.
 */
public final class SchemaRelease {

  private static final SchemaValidator FULL_TRANSITIVE =
      new SchemaValidatorBuilder().mutualReadStrategy().validateAll();

  private SchemaRelease() {}

  /**
   * Writes the new versions into {@code folder}.
   *
   * @return false when a schema is incompatible; nothing is written then
   */
  public static boolean release(Path folder, EventCatalog catalog, PrintStream out, PrintStream err)
      throws IOException {
    Path ids = folder.resolve("ids.csv");
    ReleasedSchemas released =
        Files.exists(ids)
            ? ReleasedSchemas.read(file -> Files.readString(folder.resolve(file)))
            : ReleasedSchemas.none();

    List<String> problems = incompatibilities(catalog, released);
    if (!problems.isEmpty()) {
      problems.forEach(err::println);
      return false;
    }

    List<Release> releases = new ArrayList<>(released.all());
    for (EventType type : catalog.types()) {
      releaseType(type, catalog, folder, releases, out);
    }

    if (releases.size() == released.all().size()) {
      out.println("Nothing to release: every schema equals its latest release.");
      return true;
    }

    List<String> lines = new ArrayList<>();
    lines.add(ReleasedSchemas.HEADER);
    releases.forEach(r -> lines.add(r.id() + "," + r.subject() + "," + r.version()));
    Files.write(ids, lines, StandardCharsets.UTF_8);
    return true;
  }

  private static void releaseType(
      EventType type, EventCatalog catalog, Path folder, List<Release> releases, PrintStream out)
      throws IOException {
    Schema current = ReleasedSchemas.plain(type.schema());
    for (String topic : topicsOf(type, catalog)) {
      String subject = type.subject(topic);
      Optional<Release> latest =
          releases.stream().filter(r -> r.subject().equals(subject)).reduce((a, b) -> b);
      if (latest.isPresent() && latest.get().schema().equals(current)) {
        continue;
      }

      // One schema has one id and one file, under however many subjects it stands.
      int id =
          releases.stream()
              .filter(r -> r.schema().equals(current))
              .mapToInt(Release::id)
              .findFirst()
              .orElseGet(() -> 1 + releases.stream().mapToInt(Release::id).max().orElse(0));
      Release newest =
          releases.stream()
              .filter(r -> r.event().equals(type.name()))
              .max(Comparator.comparingInt(Release::version))
              .orElse(null);
      int version =
          newest == null
              ? 1
              : newest.schema().equals(current) ? newest.version() : newest.version() + 1;
      Release release = new Release(id, subject, version, current);
      Path file = folder.resolve(release.file());
      Files.createDirectories(file.getParent());
      Files.writeString(file, SchemaFormatter.format("json/pretty", current) + "\n");
      releases.add(release);
      out.println(subject + " version " + version + ", id " + id);
    }
  }

  /**
   * What stands between the current schemas and a release.
   *
   * @return one line per schema that cannot read, or be read by, a released version
   */
  static List<String> incompatibilities(EventCatalog catalog, ReleasedSchemas released) {
    List<String> problems = new ArrayList<>();
    for (EventType type : catalog.types()) {
      for (String topic : topicsOf(type, catalog)) {
        List<Schema> versions =
            released.of(type.subject(topic)).stream().map(Release::schema).toList();
        incompatibility(ReleasedSchemas.plain(type.schema()), versions)
            .ifPresent(
                cause ->
                    problems.add(
                        "%s.avsc is not compatible with its released versions, both ways: %s. Add fields only with a default, never rename or retype; or make it a new event."
                            .formatted(type.name(), cause)));
      }
    }

    return problems.stream().distinct().toList();
  }

  static Optional<String> incompatibility(Schema current, List<Schema> versions) {
    try {
      FULL_TRANSITIVE.validate(current, versions);
      return Optional.empty();
    } catch (SchemaValidationException e) {
      return Optional.of(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  static List<String> topicsOf(EventType type, EventCatalog catalog) {
    return type.topic().equals(EventType.EVERY_TOPIC) ? catalog.topics() : List.of(type.topic());
  }
}
