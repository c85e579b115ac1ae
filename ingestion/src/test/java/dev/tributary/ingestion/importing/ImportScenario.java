package dev.tributary.ingestion.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.events.RowRejected;
import dev.tributary.ingestion.PhonePseudonym;
import dev.tributary.ingestion.importing.Importer.Books;
import dev.tributary.schemas.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** An import and what became of it, without Kafka. */
final class ImportScenario implements Importer.Results {

  private final Path folder;
  private final List<SpecificRecord> events = new ArrayList<>();
  private final List<RowRejected> rejections = new ArrayList<>();
  private String phoneRegion;
  private Path mapping;
  private ImportHistory history = ImportHistory.none();
  private int revision;
  private Importer.Summary summary;

  ImportScenario(Path folder) {
    this.folder = folder;
  }

  void phoneRegion(String region) {
    this.phoneRegion = region;
  }

  void history(ImportHistory before) {
    this.history = before;
  }

  void revision(int least) {
    this.revision = least;
  }

  void mapping(String yaml) throws IOException {
    this.mapping = Files.writeString(folder.resolve("mapping.yaml"), yaml);
  }

  void ndjson(String... lines) throws IOException, MappingException {
    files(Files.write(folder.resolve("events.ndjson"), List.of(lines), StandardCharsets.UTF_8));
  }

  void csv(String... lines) throws IOException, MappingException {
    csvNamed("rows.csv", lines);
  }

  void csvNamed(String name, String... lines) throws IOException, MappingException {
    files(Files.write(folder.resolve(name), List.of(lines), StandardCharsets.UTF_8));
  }

  void files(Path... files) throws IOException, MappingException {
    this.summary =
        Importer.run(
            List.of(files),
            new Importer.Settings(
                null,
                ZoneId.of("UTC"),
                null,
                phoneRegion,
                revision,
                mapping,
                Instant.parse("2026-06-01T00:00:00Z")),
            PhonePseudonym.withKey(new byte[32]),
            history,
            this,
            rows -> {});
  }

  @Override
  public void accepted(SpecificRecord event) {
    events.add(event);
  }

  @Override
  public void rejected(RowRejected rejection) {
    assertThat(new WireFormat().violation(rejection)).isEmpty();
    rejections.add(rejection);
  }

  @Override
  public void closed(Books books, LocalDate day) {}

  Importer.Summary summary() {
    return summary;
  }

  List<SpecificRecord> events() {
    return events;
  }

  List<RowRejected> rejections() {
    return rejections;
  }

  <T> T only(Class<T> type) {
    assertThat(events).hasSize(1);
    return type.cast(events.getFirst());
  }

  String everythingSent() {
    return events + "\n" + rejections;
  }

  ImportScenario expectAccepted(int count) {
    assertThat(events).as("rejected: %s", rejections).hasSize(count);
    return this;
  }

  ImportScenario expectRejected(long line, String field, String reason) {
    assertThat(rejections)
        .anySatisfy(
            rejection -> {
              assertThat(rejection.getLine()).isEqualTo(line);
              assertThat(rejection.getReason()).isEqualTo(reason);
              assertThat(rejection.getField()).isEqualTo(field);
              assertThat(rejection.getMessage()).isNotBlank();
            });
    return this;
  }
}
