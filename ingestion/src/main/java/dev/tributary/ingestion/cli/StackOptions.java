package dev.tributary.ingestion.cli;

import dev.tributary.ingestion.KafkaEventSender;
import dev.tributary.ingestion.PhonePseudonym;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import picocli.CommandLine.Option;

/** Where the stack is. What is not given comes from {@code .tributary/stack.properties}. */
final class StackOptions {

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "Kafka brokers. Default: those of the local stack.")
  private String bootstrap;

  @Option(
      names = "--phone-key",
      paramLabel = "FILE",
      description = "Key of the phone pseudonyms; made when missing. Default: .tributary/phone.key")
  private Path phoneKey;

  /** A sender to the stack's Kafka. */
  KafkaEventSender sender() throws IOException {
    return new KafkaEventSender(bootstrap());
  }

  /** Pseudonyms under the stack's key. */
  PhonePseudonym phones() throws IOException {
    return PhonePseudonym.fromKeyFile(phoneKey == null ? folder().resolve("phone.key") : phoneKey);
  }

  /** What was imported before, on this machine. */
  Path importHistory() {
    return folder().resolve("imports").resolve("history");
  }

  private String bootstrap() throws IOException {
    if (bootstrap != null) {
      return bootstrap;
    }

    Path file = folder().resolve("stack.properties");
    Properties settings = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        settings.load(reader);
      }
    }

    String found = settings.getProperty("kafka.bootstrap");
    if (found == null) {
      throw new IOException(
          "%s names no kafka.bootstrap. Start the stack (./tributary up), or give --bootstrap."
              .formatted(file));
    }

    return found;
  }

  private static Path folder() {
    return Path.of(System.getProperty("tributary.home", ".tributary"));
  }
}
