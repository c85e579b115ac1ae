package dev.tributary.ingestion.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.events.Envelope;
import dev.tributary.events.RowRejected;
import dev.tributary.ingestion.PhonePseudonym;
import dev.tributary.schemas.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportHistoryTest {

  private static final String MAPPING =
      """
      event: PaymentReceived
      company: acme
      columns:
        Receipt: payment_id
        Customer: customer_id
        Date: received_on
        Amount: amount
      constants: {currency: EUR}
      key: [Receipt]
      """;
  private static final String HEADER = "Receipt,Customer,Date,Amount";

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void setUp() {
    this.file = folder.resolve("imports/history");
  }

  @Test
  void ofACorrectedFileExactlyTheCorrectedRowsChange() throws Exception {
    ImportScenario first = imported(MAPPING, 0, "r1,c1,2026-03-01,10", "r2,c1,2026-03-01,20");
    ImportScenario again = imported(MAPPING, 0, "r1,c1,2026-03-01,10", "r2,c1,2026-03-01,21");
    ImportScenario onceMore = imported(MAPPING, 0, "r2,c1,2026-03-01,21", "r1,c1,2026-03-01,10");

    assertThat(revisions(first))
        .isEqualTo(Map.of("acme:PaymentReceived:r1", 0, "acme:PaymentReceived:r2", 0));
    assertThat(revisions(again))
        .isEqualTo(Map.of("acme:PaymentReceived:r1", 0, "acme:PaymentReceived:r2", 1));
    assertThat(revisions(onceMore))
        .isEqualTo(Map.of("acme:PaymentReceived:r1", 0, "acme:PaymentReceived:r2", 1));
    assertThat(again.events().getFirst()).isEqualTo(first.events().getFirst());
  }

  @Test
  void aRowPutBackToWhatItWasIsACorrectionToo() throws Exception {
    imported(MAPPING, 0, "r1,c1,2026-03-01,10");
    imported(MAPPING, 0, "r1,c1,2026-03-01,11");

    assertThat(revisions(imported(MAPPING, 0, "r1,c1,2026-03-01,10")))
        .isEqualTo(Map.of("acme:PaymentReceived:r1", 2));
  }

  @Test
  void withoutAKeyTheLineIsTheSameEventAndItsChangeACorrection() throws Exception {
    String keyless = MAPPING.replace("key: [Receipt]\n", "");
    imported(keyless, 0, "r1,c1,2026-03-01,10", "r2,c1,2026-03-01,20");

    assertThat(revisions(imported(keyless, 0, "r1,c1,2026-03-01,10", "r2,c1,2026-03-01,21")))
        .isEqualTo(Map.of("acme:rows.csv:2", 0, "acme:rows.csv:3", 1));
  }

  @Test
  void aRejectedRowIsNotPartOfTheHistory() throws Exception {
    imported(MAPPING, 0, "r1,c1,2026-03-01,-10").expectAccepted(0);

    assertThat(revisions(imported(MAPPING, 0, "r1,c1,2026-03-01,10")))
        .isEqualTo(Map.of("acme:PaymentReceived:r1", 0));
  }

  @Test
  void theLeastRevisionCountsForRowsThatAreNewOrChanged() throws Exception {
    imported(MAPPING, 0, "r1,c1,2026-03-01,10", "r2,c1,2026-03-01,20");

    assertThat(
            revisions(
                imported(
                    MAPPING,
                    5,
                    "r1,c1,2026-03-01,10",
                    "r2,c1,2026-03-01,21",
                    "r3,c1,2026-03-01,30")))
        .isEqualTo(
            Map.of(
                "acme:PaymentReceived:r1",
                0,
                "acme:PaymentReceived:r2",
                5,
                "acme:PaymentReceived:r3",
                5));
  }

  @Test
  void whatIsOnlyReadAddsNothing() throws Exception {
    imported(MAPPING, 0, "r1,c1,2026-03-01,10");
    byte[] before = Files.readAllBytes(file);
    run(MAPPING, 0, ImportHistory.read(file), "r1,c1,2026-03-01,11");

    assertThat(file).hasBinaryContent(before);
    assertThat(revisions(run(MAPPING, 0, ImportHistory.none(), "r1,c1,2026-03-01,11")))
        .isEqualTo(Map.of("acme:PaymentReceived:r1", 0));
  }

  @Test
  void aLineThatWasBeingWrittenWhenAProcessWasKilledIsLeftOut() throws Exception {
    imported(MAPPING, 0, "r1,c1,2026-03-01,10");
    byte[] whole = Files.readAllBytes(file);
    Files.writeString(file, "0123 4", StandardOpenOption.APPEND);

    imported(MAPPING, 0, "r1,c1,2026-03-01,10");
    assertThat(file).hasBinaryContent(whole);
    assertThat(revisions(imported(MAPPING, 0, "r1,c1,2026-03-01,11")))
        .isEqualTo(Map.of("acme:PaymentReceived:r1", 1));
  }

  @Test
  void twoImportsAtATimeAreRefused() throws Exception {
    try (ImportHistory held = ImportHistory.open(file)) {
      assertThat(held.last(ImportHistory.key("acme:PaymentReceived:r1"))).isNull();
      assertThatThrownBy(() -> ImportHistory.open(file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Another import is running");
    }

    ImportHistory.open(file).close();
  }

  /** Else a process killed in between gives two contents one revision. */
  @Test
  void whatIsHandedOnIsKeptBefore() throws Exception {
    Path rows = folder.resolve("rows.csv");
    List<String> lines = new ArrayList<>(List.of(HEADER));
    for (int i = 0; i < 2_500; i++) {
      lines.add("r" + i + ",c1,2026-03-01,10");
    }

    Files.write(rows, lines);
    Path mapping = Files.writeString(folder.resolve("mapping.yaml"), MAPPING);
    List<String> late = new ArrayList<>();
    int[] seen = {0};
    try (ImportHistory history = ImportHistory.open(file)) {
      Importer.run(
          List.of(rows),
          new Importer.Settings(
              null,
              ZoneId.of("UTC"),
              null,
              null,
              0,
              mapping,
              Instant.parse("2026-06-01T00:00:00Z")),
          PhonePseudonym.withKey(new byte[32]),
          history,
          new Importer.Results() {
            @Override
            public void accepted(SpecificRecord event) {
              String id = EventType.envelopeOf(event).getEventId();
              try {
                if (seen[0]++ % 500 == 0
                    && ImportHistory.read(file).last(ImportHistory.key(id)) == null) {
                  late.add(id);
                }
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            }

            @Override
            public void rejected(RowRejected rejection) {
              throw new AssertionError(rejection);
            }

            @Override
            public void closed(Importer.Books books, LocalDate day) {
              throw new AssertionError(day);
            }
          },
          read -> {});
    }

    assertThat(seen[0]).isEqualTo(2_500);
    assertThat(late).isEmpty();
  }

  private ImportScenario imported(String mapping, int revision, String... rows) throws Exception {
    try (ImportHistory history = ImportHistory.open(file)) {
      return run(mapping, revision, history, rows);
    }
  }

  private ImportScenario run(String mapping, int revision, ImportHistory history, String... rows)
      throws Exception {
    ImportScenario scenario = new ImportScenario(folder);
    scenario.mapping(mapping);
    scenario.revision(revision);
    scenario.history(history);
    List<String> lines = new ArrayList<>(List.of(HEADER));
    lines.addAll(List.of(rows));
    scenario.csv(lines.toArray(String[]::new));
    return scenario;
  }

  private static Map<String, Integer> revisions(ImportScenario scenario) {
    Map<String, Integer> revisions = new TreeMap<>();
    for (SpecificRecord event : scenario.events()) {
      Envelope envelope = EventType.envelopeOf(event);
      revisions.put(envelope.getEventId(), envelope.getRevision());
    }

    return revisions;
  }
}
