package dev.tributary.ingestion.sampleyear;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A sample year as files, read as anybody would read them. */
final class Written {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Tally tally;

  private Written(Path folder, Tally tally) {
    this.folder = folder;
    this.tally = tally;
  }

  static Written to(Path folder, SampleYear year) throws IOException {
    try (NdjsonFolder out = new NdjsonFolder(folder, year.company());
        Writer truth =
            Files.newBufferedWriter(folder.resolve("truth.json"), StandardCharsets.UTF_8)) {
      return new Written(folder, SampleYearGenerator.generate(year, truth, out));
    }
  }

  /** What the generator says that it made; for volumes only, not to check disorder with. */
  Tally tally() {
    return tally;
  }

  List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".ndjson")).sorted().toList();
    }
  }

  /** All lines in the order of arrival. */
  List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : files()) {
      lines.addAll(Files.readAllLines(file));
    }

    return lines;
  }

  /** All rows in the order of arrival. */
  List<JsonNode> rows() throws IOException {
    return lines().stream().map(Written::json).toList();
  }

  JsonNode truth() throws IOException {
    return json(Files.readString(folder.resolve("truth.json")));
  }

  static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }
}
