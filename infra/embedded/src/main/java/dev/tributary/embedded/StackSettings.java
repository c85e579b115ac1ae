package dev.tributary.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/**
 * Where the parts of the running local stack are, as {@code stack.properties} in its home says.
 *
 * @param kafkaBootstrap Kafka, {@code host:port}; key {@code kafka.bootstrap}
 * @param catalogUri the Iceberg REST catalog; key {@code catalog.uri}
 * @param trinoUrl Trino, {@code http://host:port}; key {@code trino.url}
 * @param supersetUrl Superset, empty when started without; key {@code superset.url}
 * @param collectorUrl the collector, {@code http://host:port}; key {@code collector.url}
 */
public record StackSettings(
    String kafkaBootstrap,
    String catalogUri,
    String trinoUrl,
    String supersetUrl,
    String collectorUrl) {

  private static final String FILE = "stack.properties";

  /** The stack's home: system property {@code tributary.home}, else {@code .tributary}. */
  public static Path home() {
    return Path.of(System.getProperty("tributary.home", ".tributary")).toAbsolutePath();
  }

  /**
   * Reads the settings of the stack in {@code home}.
   *
   * @throws IllegalStateException when there is none; the message says how to start it
   */
  public static StackSettings load(Path home) {
    Path file = home.resolve(FILE);
    if (!Files.exists(file)) {
      throw new IllegalStateException(
          "The stack is not running (no " + file + "). Start it with: ./tributary up");
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
    return new StackSettings(
        required(properties, "kafka.bootstrap", file),
        required(properties, "catalog.uri", file),
        required(properties, "trino.url", file),
        properties.getProperty("superset.url", ""),
        required(properties, "collector.url", file));
  }

  private static String required(Properties properties, String key, Path file) {
    String value = properties.getProperty(key);
    if (value == null) {
      throw new IllegalStateException(
          file + " lacks " + key + "; stop and start the stack: ./tributary down, ./tributary up");
    }
    return value;
  }

  /** Says whether a stack in {@code home} is up, or was and ended without saying so. */
  public static boolean isSaved(Path home) {
    return Files.exists(home.resolve(FILE));
  }

  /** Writes the settings, in one step, for others to find. */
  public void save(Path home) {
    Properties properties = new Properties();
    properties.setProperty("kafka.bootstrap", kafkaBootstrap);
    properties.setProperty("catalog.uri", catalogUri);
    properties.setProperty("trino.url", trinoUrl);
    properties.setProperty("superset.url", supersetUrl);
    properties.setProperty("collector.url", collectorUrl);
    Path half = home.resolve(FILE + ".part");
    try {
      Files.createDirectories(home);
      try (Writer writer = Files.newBufferedWriter(half, StandardCharsets.UTF_8)) {
        properties.store(writer, "Where the parts of the running stack are");
      }
      Files.move(
          half,
          home.resolve(FILE),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + home.resolve(FILE), e);
    }
  }

  /** Says that the stack in {@code home} no longer runs. */
  public static void forget(Path home) {
    try {
      Files.deleteIfExists(home.resolve(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + home.resolve(FILE), e);
    }
  }
}
