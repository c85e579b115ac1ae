package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
              org.assertj.core.groups.Tuple.tuple("promotions/0/0", Fate.BROUGHT_BACK),
              org.assertj.core.groups.Tuple.tuple("sales/0/0", Fate.BROUGHT_BACK),
              org.assertj.core.groups.Tuple.tuple("sales/0/1", Fate.REJECTED_AGAIN),
              org.assertj.core.groups.Tuple.tuple("sales/0/5", Fate.OPEN));
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
