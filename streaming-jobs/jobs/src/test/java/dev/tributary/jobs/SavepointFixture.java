package dev.tributary.jobs;

import dev.tributary.runtime.lake.Cut;
import dev.tributary.runtime.lake.CutReader;
import dev.tributary.runtime.lake.CutSettings;
import dev.tributary.runtime.lake.LakeTables;
import dev.tributary.runtime.source.KafkaRecords;
import dev.tributary.schemas.EventCatalog;
import dev.tributary.stories.Events;
import dev.tributary.stories.RandomStory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.flink.CatalogLoader;

/**
 * A savepoint of a small run that released code has written, and the net ledger that its job comes
 * to when it goes on.
 *
 * <p>The lake of that run is not kept. Its one cut is written anew by a bounded run over the same
 * events, which gives it the same number: no checkpoint but the last, whose number is 1.
 */
final class SavepointFixture {

  static final String SAVEPOINT = "savepoint.zip";
  static final String LEDGER = "savepoint-ledger.txt";

  /** One partition a topic, so that each event has the same offset every time. */
  static final int PARTITIONS = 1;

  /** The cut that the savepoint goes on from. */
  static final long CUT = CutSettings.cutOf(1, 1);

  /** Half read at the savepoint; then debtors are woken who had begun to wait before it. */
  static final LocalDate LAST_CLOSE = Events.march(40);

  static final Duration NO_CHECKPOINTS = Duration.ofHours(1);

  private static final long SEED = 20260322;
  private static final int EVENTS = 60;

  private SavepointFixture() {}

  /** What the saved job has read. */
  static void sendBefore(Stage stage) {
    List<SpecificRecord> events = events();
    stage.send(events.subList(0, events.size() / 2));
    stage.close(Events.COMPANY, Events.march(10));
    stage.close(Events.COMPANY, LAST_CLOSE, "receivables-0");
  }

  /** What it reads when it goes on. */
  static void sendAfter(Stage stage) {
    List<SpecificRecord> events = events();
    stage.close(Events.COMPANY, LAST_CLOSE);
    stage.send(events.subList(events.size() / 2, events.size()));
  }

  private static List<SpecificRecord> events() {
    return new RandomStory(SEED, EVENTS).shuffled(SEED);
  }

  static Path unpackedTo(Path dir) throws IOException {
    try (InputStream zip = SavepointFixture.class.getResourceAsStream(SAVEPOINT)) {
      return Savepoints.unpack(zip, dir);
    }
  }

  static String ledger() throws IOException {
    try (InputStream text = SavepointFixture.class.getResourceAsStream(LEDGER)) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Runs the whole job, from nothing, over what the broker holds, to the end. */
  static Cut runToTheEnd(Stage stage, Path stateDir) throws Exception {
    JobSettings settings = stage.settings().withCheckpointInterval(NO_CHECKPOINTS);
    CatalogLoader loader = JobLauncher.catalogLoader(settings.catalogUri());
    LakeTables tables = LakeLayout.tables();
    tables.createMissing(stage.lake());
    StateDir state = new StateDir(stateDir);
    state.begin(1, Mode.LIVE);
    Configuration configuration = JobLauncher.configuration(settings, state, 1);
    StreamExecutionEnvironment env =
        new StreamExecutionEnvironment(
            new LocalCluster(), configuration, SavepointFixture.class.getClassLoader());
    env.setParallelism(1);
    KafkaSource<dev.tributary.runtime.source.KafkaRecord> source =
        KafkaSource.<dev.tributary.runtime.source.KafkaRecord>builder()
            .setBootstrapServers(settings.bootstrapServers())
            .setTopics(EventCatalog.load().topics())
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setBounded(OffsetsInitializer.offsets(JobDefinition.byPartition(stage.endOffsets())))
            .setDeserializer(new KafkaRecords())
            .setProperty("commit.offsets.on.checkpoint", "false")
            .build();
    Policy policy = Policy.shipped();
    JobDefinition.assemble(
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "kafka").uid("kafka"),
        Optional.empty(),
        policy,
        tables,
        loader,
        CutSettings.live(1, JobDefinition.fingerprint(policy)));
    env.execute("to-the-end");
    return new CutReader(stage.lake()).newest().orElseThrow();
  }
}
