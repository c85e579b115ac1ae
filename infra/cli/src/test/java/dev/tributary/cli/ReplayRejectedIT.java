package dev.tributary.cli;

import static dev.tributary.stories.Events.merged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tributary.events.SaleRecorded;
import dev.tributary.jobs.RejectedRecord;
import dev.tributary.jobs.RejectedRecord.Fate;
import dev.tributary.jobs.RunningJob;
import dev.tributary.runtime.lake.Cut;
import dev.tributary.schemas.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rejected records, brought back on a real broker, a real catalog and the real job. */
class ReplayRejectedIT {

  private static final int NEW_ID = 4711;

  private final WireFormat wire = new WireFormat();

  @Test
  void aRecordOfAnUnknownSchemaComesBackOnceItsSchemaIsReleased(@TempDir Path dir)
      throws Exception {
    try (SmallLake lake = new SmallLake(dir.resolve("lake"))) {
      Path fix = dir.resolve("fix");
      Schema newer = release(fix);
      long cut;
      try (RunningJob job = lake.job()) {
        lake.send("sales", SmallLake.NOON, wire.encode(SmallLake.sale("s1", SmallLake.NOON)), null);
        lake.send("sales", SmallLake.NOON.plusSeconds(1), ofNewerSchema(newer), null);
        cut = lake.await(job, Map.of("sales-0", 2L)).cut();
        job.stopWithSavepoint();
      }
      RejectedRecord bad = lake.rejected(cut).getFirst();
      assertThat(bad.reason()).isEqualTo("unknown_schema_id");
      assertThat(bad.fate()).isEqualTo(Fate.OPEN);
      assertThat(bad.payload()).isEqualTo(ofNewerSchema(newer));
      assertThat(lake.accounting(cut))
          .containsAllEntriesOf(Map.of("read", 2L, "accepted", 1L, "rejected", 1L));
      assertThat(lake.replay(cut, SmallLake.NOON, true).places())
          .as("sent before the fix")
          .isEmpty();

      String said = fixedInstallation(fix, lake, dir.resolve("lake/state"));

      assertThat(said).contains("sent again", "fates {BROUGHT_BACK=1}");
      long after = lake.newestCut();
      assertThat(lake.accounting(after))
          .containsAllEntriesOf(Map.of("read", 3L, "accepted", 2L, "rejected", 1L));
      List<Record> raw = lake.rows("raw.sales", after);
      assertThat(raw).extracting(row -> row.getField("offset")).containsExactlyInAnyOrder(0L, 2L);
      assertThat(raw)
          .filteredOn(row -> row.getField("offset").equals(2L))
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.getField("event_id")).isEqualTo("sale:s2");
                assertThat(((OffsetDateTime) row.getField("kafka_timestamp")).toInstant())
                    .as("the time it came first")
                    .isEqualTo(SmallLake.NOON.plusSeconds(1));
              });
      assertThat(lake.rejected(after))
          .singleElement()
          .satisfies(record -> assertThat(record.fate()).isEqualTo(Fate.BROUGHT_BACK));
      assertThat(lake.rejected(cut))
          .as("what the old cut said")
          .singleElement()
          .satisfies(record -> assertThat(record.fate()).isEqualTo(Fate.OPEN));
      assertThat(lake.replay(after, SmallLake.NOON, true).table().rows())
          .containsExactly(List.of("unknown_schema_id", "sales", "1", "was brought back before"));
    }
  }

  @Test
  void aRecordOnTheWrongTopicGoesToItsOwnAndTheFarFutureHasToBeAskedFor(@TempDir Path dir) {
    Instant later = Instant.parse("2026-04-01T00:00:00Z");
    try (SmallLake lake = new SmallLake(dir);
        RunningJob job = lake.job()) {
      byte[] tomorrow = wire.encode(SmallLake.sale("s1", later));
      byte[] astray = wire.encode(SmallLake.sale("s2", SmallLake.NOON));
      lake.send("sales", SmallLake.NOON, tomorrow, null);
      lake.send("promotions", SmallLake.NOON, astray, null);
      lake.send("sales", SmallLake.NOON, new byte[] {1, 2, 3}, null);
      Cut first = lake.await(job, Map.of("sales-0", 2L, "promotions-0", 1L));
      assertThat(lake.rejected(first.cut()))
          .extracting(RejectedRecord::reason)
          .containsExactly("wrong_topic", "far_future", "not_avro");

      ReplayRun.Sent dry = lake.replay(first.cut(), later, false);
      assertThat(dry.ends()).isEmpty();
      ReplayRun.Sent sent = lake.replay(first.cut(), later, true);
      assertThat(sent.places()).containsExactly("promotions/0/0");
      assertThat(sent.ends()).isEqualTo(Map.of("sales-0", 3L));
      ReplayRun.Sent future = lake.replay(first.cut(), later, true, "far_future");
      assertThat(future.places()).containsExactly("sales/0/0");
      // Somebody sends a replay of bytes that are still broken.
      lake.send("sales", SmallLake.NOON, new byte[] {1, 2, 3}, "sales/0/1");
      lake.send("sales", SmallLake.NOON, new byte[] {1, 2, 3}, "no place at all");
      Cut second = lake.await(job, Map.of("sales-0", 6L));

      assertThat(lake.rejected(second.cut()))
          .extracting(RejectedRecord::place, RejectedRecord::fate)
          .containsExactly(
              tuple("promotions/0/0", Fate.BROUGHT_BACK),
              tuple("sales/0/0", Fate.BROUGHT_BACK),
              tuple("sales/0/1", Fate.REJECTED_AGAIN),
              tuple("sales/0/5", Fate.OPEN));
      assertThat(lake.accounting(second.cut()))
          .containsAllEntriesOf(Map.of("read", 7L, "accepted", 2L, "rejected", 5L));
      assertThat(lake.rows("raw.sales", second.cut()))
          .filteredOn(row -> row.getField("event_id").equals("sale:s1"))
          .singleElement()
          .satisfies(
              row ->
                  assertThat(((OffsetDateTime) row.getField("kafka_timestamp")).toInstant())
                      .as("the time of its replay, which a rebuild reads again")
                      .isEqualTo(later));
    }
  }

  @Test
  void aRowThatIsRejectedAtImportIsShownWithItsFileAndLine(@TempDir Path dir) throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("march.ndjson"),
            """
            {"type": "PaymentReceived", "event_id": "p:1", "company": "meridian", "payment_id": "1", "customer_id": "ann", "received_on": "2026-03-02", "amount": "12.34", "currency": "CNY"}
            {"type": "PaymentReceived", "event_id": "p:2", "company": "meridian", "payment_id": "2", "customer_id": "ann", "received_on": "yesterday", "amount": "5", "currency": "CNY"}
            {"type": "PaymentReceived", "event_id": "p:3", "company": "meridian", "payment_id": "3", "customer_id": "ann", "received_on": "2026-03-02", "amount": "-5", "currency": "CNY"}
            """);
    try (SmallLake lake = new SmallLake(dir.resolve("lake"));
        RunningJob job = lake.job()) {
      int exit =
          Main.commandLine()
              .execute(
                  "import",
                  "--bootstrap=" + lake.kafka().bootstrapServers(),
                  "--phone-key=" + dir.resolve("phone.key"),
                  file.toString());
      assertThat(exit).as("some rows were rejected").isEqualTo(1);

      long cut = lake.await(job, Map.of("receivables-0", 1L, "rejected-0", 2L)).cut();

      assertThat(lake.rejected(cut))
          .extracting(
              RejectedRecord::place,
              RejectedRecord::sourceFile,
              RejectedRecord::sourceLine,
              RejectedRecord::reason,
              RejectedRecord::field)
          .containsExactly(
              tuple("rejected/0/0", "march.ndjson", 2L, "wrong_type", "received_on"),
              tuple("rejected/0/1", "march.ndjson", 3L, "negative_amount", "amount"));
      assertThat(lake.accounting(cut))
          .containsAllEntriesOf(Map.of("read", 3L, "accepted", 1L, "rejected", 2L));
      assertThat(lake.replay(cut, SmallLake.NOON, true).places())
          .as("rows of a file, which are imported again")
          .isEmpty();
    }
  }

  @Test
  void anEventThatBreaksARuleIsRejectedUnderItsReasonAndTheNextOneCounts(@TempDir Path dir) {
    SaleRecorded negative = SmallLake.sale("negative", SmallLake.NOON);
    negative.getLines().getFirst().setNetAmountMicros(-5_000_000L);
    SaleRecorded inNoCurrency = SmallLake.sale("in-no-currency", SmallLake.NOON);
    inNoCurrency.setCurrency("YUAN");
    SaleRecorded ofNobody = SmallLake.sale("of-nobody", SmallLake.NOON);
    ofNobody.setCustomerId(" ");
    SaleRecorded withoutId = SmallLake.sale("without-id", SmallLake.NOON);
    withoutId.getEnvelope().setEventId("");
    SaleRecorded good = SmallLake.sale("good", SmallLake.NOON);
    try (SmallLake lake = new SmallLake(dir);
        RunningJob job = lake.job()) {
      lake.send("customers", SmallLake.NOON, wire.encode(merged("m", "ann", "ann", 3)), null);
      for (SaleRecorded sale : List.of(negative, inNoCurrency, ofNobody, withoutId, good)) {
        lake.send("sales", SmallLake.NOON, wire.encode(sale), null);
      }
      long cut = lake.await(job, Map.of("customers-0", 1L, "sales-0", 5L)).cut();

      assertThat(lake.rejected(cut))
          .extracting(RejectedRecord::place, RejectedRecord::reason, RejectedRecord::field)
          .containsExactly(
              tuple("customers/0/0", "merge_into_itself", "duplicate_id"),
              tuple("sales/0/0", "negative_amount", "lines[0].net_amount_micros"),
              tuple("sales/0/1", "unknown_currency", "currency"),
              tuple("sales/0/2", "missing_field", "customer_id"),
              tuple("sales/0/3", "missing_field", "envelope.event_id"));
      assertThat(lake.accounting(cut))
          .containsAllEntriesOf(Map.of("read", 6L, "accepted", 1L, "rejected", 5L));
      assertThat(lake.rows("raw.sales", cut))
          .extracting(row -> row.getField("event_id"))
          .containsExactly("sale:good");
      assertThat(job.health().restarts()).isZero();
    }
  }

  /** A later version of a sale, as its producer released it: one more field with a default. */
  private static Schema release(Path fix) throws IOException {
    Path folder = Files.createDirectories(fix.resolve("released/SaleRecorded"));
    String first = resource("/released/SaleRecorded/v1.avsc");
    Schema old = new Schema.Parser().parse(first);
    List<Schema.Field> fields = new ArrayList<>();
    old.getFields()
        .forEach(
            field ->
                fields.add(
                    new Schema.Field(
                        field.name(), field.schema(), field.doc(), field.defaultVal())));
    fields.add(new Schema.Field("till", Schema.create(Schema.Type.STRING), "Which till.", ""));
    Schema newer =
        Schema.createRecord(old.getName(), old.getDoc(), old.getNamespace(), false, fields);
    Files.writeString(folder.resolve("v2.avsc"), newer.toString());
    Files.writeString(
        fix.resolve("released/ids.csv"),
        resource("/released/ids.csv").strip()
            + "\n%s,sales-dev.tributary.events.SaleRecorded,2\n".formatted(NEW_ID));
    return newer;
  }

  private byte[] ofNewerSchema(Schema newer) throws IOException {
    byte[] known = wire.encode(SmallLake.sale("s2", SmallLake.NOON));
    GenericRecord record =
        new GenericDatumReader<GenericRecord>(
                new Schema.Parser().parse(resource("/released/SaleRecorded/v1.avsc")), newer)
            .read(
                null,
                DecoderFactory.get()
                    .binaryDecoder(
                        known,
                        WireFormat.HEADER_BYTES,
                        known.length - WireFormat.HEADER_BYTES,
                        null));
    record.put("till", "7");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0);
    out.write(java.nio.ByteBuffer.allocate(4).putInt(NEW_ID).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(newer, GenericData.get()).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = WireFormat.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Runs {@link FixedInstallation} with {@code fix} before everything else on the class path. */
  private static String fixedInstallation(Path fix, SmallLake lake, Path state)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--"))
        .forEach(command::add);
    command.add("-cp");
    command.add(
        fix
            + File.pathSeparator
            + System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(FixedInstallation.class.getName());
    command.addAll(List.of(lake.kafka().bootstrapServers(), lake.catalogUri(), state.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
