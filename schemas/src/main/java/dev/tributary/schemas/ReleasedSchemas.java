package dev.tributary.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Every schema version that was ever released, and its id. {@code released/ids.csv} has one line
 * per subject and version; {@code released/<event>/v<version>.avsc} is the schema. Nothing here is
 * ever changed or removed: old bytes in Kafka and in {@code raw} are read with it.
 */
final class ReleasedSchemas {

  static final String HEADER = "id,subject,version";

  /**
   * A released version.
   *
   * @param id the id in the frame of every record written with it
   * @param subject {@code <topic>-<full name>}
   * @param version from 1
   */
  record Release(int id, String subject, int version, Schema schema) {

    String event() {
      return schema.getName();
    }

    String file() {
      return fileOf(event(), version);
    }
  }

  private final List<Release> releases;

  private ReleasedSchemas(List<Release> releases) {
    this.releases = List.copyOf(releases);
  }

  /** The releases on the classpath; read once. */
  static ReleasedSchemas load() {
    return Holder.RELEASED;
  }

  /** Reads releases from any place. {@code open} gives the text of a file in the folder. */
  static ReleasedSchemas read(Source source) throws IOException {
    List<Release> releases = new ArrayList<>();
    Map<String, Schema> files = new HashMap<>();
    List<String> lines = source.text("ids.csv").lines().toList();
    if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
      throw new IllegalStateException("released/ids.csv line 1: expected the header " + HEADER);
    }

    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      int id = Integer.parseInt(cells[0]);
      int version = Integer.parseInt(cells[2]);
      String event = cells[1].substring(cells[1].lastIndexOf('.') + 1);
      String file = fileOf(event, version);
      Schema schema = files.get(file);
      if (schema == null) {
        schema = new Schema.Parser().parse(source.text(file));
        files.put(file, schema);
      }

      releases.add(new Release(id, cells[1], version, schema));
    }

    return new ReleasedSchemas(releases);
  }

  static ReleasedSchemas none() {
    return new ReleasedSchemas(List.of());
  }

  List<Release> all() {
    return releases;
  }

  /** Every version of a subject, oldest first. */
  List<Release> of(String subject) {
    return releases.stream()
        .filter(release -> release.subject().equals(subject))
        .sorted(Comparator.comparingInt(Release::version))
        .toList();
  }

  Optional<Release> latest(String subject) {
    List<Release> versions = of(subject);
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast());
  }

  /** A schema as its {@code .avsc} says it, without what the generated classes add for Java. */
  static Schema plain(Schema schema) {
    return new Schema.Parser()
        .parse(
            schema
                .toString()
                .replace("{\"type\":\"string\",\"avro.java.string\":\"String\"}", "\"string\""));
  }

  static String fileOf(String event, int version) {
    return event + "/v" + version + ".avsc";
  }

  /** Where released files come from. */
  interface Source {
    String text(String file) throws IOException;
  }

  private static String resource(String file) throws IOException {
    try (InputStream in = ReleasedSchemas.class.getResourceAsStream("/released/" + file)) {
      if (in == null) {
        throw new IOException("released/" + file + " is missing");
      }

      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static final class Holder {
    private static final ReleasedSchemas RELEASED = readClasspath();

    private static ReleasedSchemas readClasspath() {
      try {
        return read(ReleasedSchemas::resource);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
