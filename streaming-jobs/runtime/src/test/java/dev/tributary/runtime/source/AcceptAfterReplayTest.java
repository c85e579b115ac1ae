package dev.tributary.runtime.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.runtime.codec.CodecTypeInfo;
import dev.tributary.runtime.lake.CutFact;
import dev.tributary.runtime.lake.LakeRow;
import dev.tributary.runtime.lake.LakeRowTypeInfo;
import dev.tributary.runtime.lake.LakeTables;
import dev.tributary.runtime.ledger.Stamped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Raw and Kafka read at once, in any order, with failures in between. */
class AcceptAfterReplayTest {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final OutputTag<LakeRow> LAKE =
      new OutputTag<>("lake", new LakeRowTypeInfo(LakeTables.with(List.of())));
  private static final String RAW = "raw ";
  private static final String COUNTED = "counted ";

  /**
   * Rows told as facts, which need no tables: a raw row by its event, an account by its outcome.
   */
  private static final class ToldRows implements LakeRows {

    private static final long serialVersionUID = 1L;

    @Override
    public LakeRow accounting(Stamped<Accounting> row) {
      Accounting counts = row.value();
      assertThat(counts.read() + counts.rejected()).isZero();
      return told(
          COUNTED + counts.accepted() + "," + counts.duplicate() + "," + counts.superseded());
    }

    @Override
    public LakeRow rejected(Stamped<Rejected> row) {
      throw new AssertionError("accepting rejects nothing");
    }

    @Override
    public LakeRow replay(Stamped<Replay> row) {
      throw new AssertionError("accepting sends nothing again");
    }

    @Override
    public LakeRow superseded(Stamped<SupersededVersion> row) {
      return told("superseded " + row.value().eventId());
    }

    @Override
    public LakeRow raw(Stamped<Fact> row) {
      return told(RAW + row.value().eventId());
    }

    @Override
    public LakeRow watermark(long micros) {
      return LakeRow.of(new CutFact.WatermarkReached(micros));
    }

    @Override
    public LakeRow dayClosed(String company, LocalDate closedOn) {
      throw new AssertionError("accepting closes no day");
    }

    @Override
    public LakeRow replayed(long records) {
      return LakeRow.of(new CutFact.RowsReplayed(records));
    }

    private static LakeRow told(String what) {
      return LakeRow.of(new CutFact.DayClosed(what, LocalDate.EPOCH));
    }
  }

  /** What came out up to the last checkpoint. */
  private static final class Told {
    private final Map<String, Integer> winners = new TreeMap<>();
    private final Map<String, Integer> raw = new HashMap<>();
    private final long[] counted = new long[3];
    private long replayed;

    void add(KeyedTwoInputStreamOperatorTestHarness<String, Fact, Fact, FactChange> operator) {
      for (FactChange change : operator.extractOutputValues()) {
        winners.merge(change.fact().eventId(), change.sign(), Integer::sum);
      }
      winners.values().removeIf(sign -> sign == 0);
      operator.getOutput().clear();
      var rows = operator.getSideOutput(LAKE);
      if (rows == null) {
        return;
      }

      for (var row : rows) {
        switch (row.getValue().fact()) {
          case CutFact.RowsReplayed rowsReplayed -> replayed += rowsReplayed.rows();
          case CutFact.DayClosed(String what, LocalDate day) when what.startsWith(RAW) ->
              raw.merge(what.substring(RAW.length()), 1, Integer::sum);
          case CutFact.DayClosed(String what, LocalDate day) when what.startsWith(COUNTED) -> {
            String[] counts = what.substring(COUNTED.length()).split(",", -1);
            for (int i = 0; i < counts.length; i++) {
              counted[i] += Long.parseLong(counts[i]);
            }
          }
          default -> {}
        }
      }
      rows.clear();
    }
  }

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whicheverComesFirstEveryVersionCountsOnce(int seed) throws Exception {
    Random random = new Random(seed);
    List<Fact> inRaw = new ArrayList<>();
    List<Fact> inKafka = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String origin = "e" + random.nextInt(30);
      int revision = random.nextInt(3);
      if (random.nextBoolean() && inRaw.stream().noneMatch(is(origin, revision))) {
        inRaw.add(fact(origin, revision, i, true));
      }
      if (random.nextInt(3) > 0) {
        inKafka.add(fact(origin, revision, 1000 + i, false));
      }
    }
    supersededAsAccounted(inRaw);
    Collections.shuffle(inRaw, random);

    Told told = new Told();
    var operator = operator(null);
    OperatorSubtaskState state = null;
    int replayed = 0;
    int read = 0;
    int replayedThen = 0;
    int readThen = 0;
    int held = 0;
    int heldThen = 0;
    boolean ended = false;
    for (long id = 1; !ended || read < inKafka.size() || random.nextInt(3) > 0; ) {
      switch (random.nextInt(8)) {
        case 0 -> {
          operator.getOperator().prepareSnapshotPreBarrier(id);
          state = operator.snapshot(id, 0);
          id++;
          told.add(operator);
          replayedThen = replayed;
          readThen = read;
          heldThen = held;
          assertThat(told.replayed)
              .as("seed %s: what is held holds the cut back", seed)
              .isEqualTo(replayed - held);
        }
        case 1 -> {
          if (random.nextInt(3) == 0) {
            operator.close();
            operator = operator(state);
            replayed = replayedThen;
            read = readThen;
            held = heldThen;
            ended = false;
          }
        }
        case 2, 3, 4 -> {
          if (replayed < inRaw.size()) {
            operator.processElement1(inRaw.get(replayed++), 0);
          } else if (!ended) {
            operator.endInput1();
            ended = true;
            held = 0;
          }
        }
        default -> {
          if (read < inKafka.size()) {
            operator.processElement2(inKafka.get(read++), 0);
            held += ended ? 0 : 1;
          }
        }
      }
    }
    operator.getOperator().prepareSnapshotPreBarrier(1_000);
    told.add(operator);
    operator.close();

    List<Fact> all = new ArrayList<>(inRaw);
    all.addAll(inKafka);
    Map<String, Integer> versions = new TreeMap<>();
    Map<String, Fact> winners = new HashMap<>();
    for (Fact fact : all) {
      versions.put(fact.eventId(), 1);
      winners.merge(
          fact.originId(), fact, (one, other) -> other.revision() > one.revision() ? other : one);
    }
    Map<String, Integer> expected = new TreeMap<>();
    winners.values().forEach(winner -> expected.put(winner.eventId(), 1));
    inRaw.forEach(fact -> versions.remove(fact.eventId()));
    assertThat(told.winners).as("seed %s: winners", seed).isEqualTo(expected);
    assertThat(told.raw).as("seed %s: new raw rows", seed).isEqualTo(versions);
    assertThat(told.replayed).as("seed %s: replayed, none held", seed).isEqualTo(inRaw.size());
    assertThat(told.counted[0] + told.counted[2])
        .as("seed %s: newly accepted and superseded", seed)
        .isEqualTo(versions.size());
    assertThat(told.counted[1])
        .as("seed %s: duplicates", seed)
        .isEqualTo(inKafka.size() - versions.size());
  }

  /** After a failure Flink must say again that raw has ended, or Kafka were held for ever. */
  @Test
  @Timeout(60)
  void theEndOfRawComesAgainAfterAFailure() throws Exception {
    FailOnce.FAILED.set(false);
    FailOnce.SINCE.clear();
    Configuration configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(2);
    env.enableCheckpointing(200);
    source(env, 100, 1_000, true)
        .connect(source(env, Long.MAX_VALUE, 50, false))
        .transform(
            "accept",
            CodecTypeInfo.of(FactChange.class),
            new AcceptAfterReplay(1, LAKE, new ToldRows()))
        .map(new FailOnce())
        .returns(CodecTypeInfo.of(FactChange.class))
        .sinkTo(new DiscardingSink<>());
    var job = env.executeAsync();

    Fact after = FailOnce.SINCE.poll(50, TimeUnit.SECONDS);

    job.cancel().get();
    assertThat(after).as("a record of Kafka after the failure").isNotNull();
  }

  private static KeyedStream<Fact, String> source(
      StreamExecutionEnvironment env, long count, double perSecond, boolean replayed) {
    return env.fromSource(
            new DataGeneratorSource<>(
                index -> fact((replayed ? "r" : "k") + index, 0, index, replayed),
                count,
                RateLimiterStrategy.perSecond(perSecond),
                CodecTypeInfo.of(Fact.class)),
            WatermarkStrategy.noWatermarks(),
            replayed ? "raw" : "kafka")
        .keyBy(Fact::originId, CodecTypeInfo.TEXT);
  }

  /** Fails when a checkpoint is complete that knows of the end of raw. */
  private static final class FailOnce
      implements MapFunction<FactChange, FactChange>, CheckpointListener {

    private static final long serialVersionUID = 1L;
    static final AtomicBoolean FAILED = new AtomicBoolean();
    static final BlockingQueue<Fact> SINCE = new LinkedBlockingQueue<>();

    private transient int ofKafka;

    @Override
    public FactChange map(FactChange change) {
      if (!change.fact().replayed()) {
        ofKafka++;
        if (FAILED.get()) {
          SINCE.add(change.fact());
        }
      }
      return change;
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
      if (ofKafka > 20 && FAILED.compareAndSet(false, true)) {
        throw new IllegalStateException("injected");
      }
    }
  }

  private static KeyedTwoInputStreamOperatorTestHarness<String, Fact, Fact, FactChange> operator(
      OperatorSubtaskState state) throws Exception {
    var operator =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new AcceptAfterReplay(1, LAKE, new ToldRows()),
            Fact::originId,
            Fact::originId,
            CodecTypeInfo.TEXT);
    if (state != null) {
      operator.initializeState(state);
    }
    operator.open();
    return operator;
  }

  private static java.util.function.Predicate<Fact> is(String origin, int revision) {
    return fact -> fact.originId().equals(origin) && fact.revision() == revision;
  }

  /** Raw's winners are counted as accepted, its other versions as superseded. */
  private static void supersededAsAccounted(List<Fact> inRaw) {
    List<Fact> all = List.copyOf(inRaw);
    inRaw.replaceAll(
        fact ->
            all.stream().anyMatch(is(fact.originId(), fact.revision() + 1))
                    || all.stream().anyMatch(is(fact.originId(), fact.revision() + 2))
                ? fact(fact.originId(), fact.revision(), fact.offset(), true, true)
                : fact);
  }

  private static Fact fact(String origin, int revision, long offset, boolean replayed) {
    return fact(origin, revision, offset, replayed, false);
  }

  private static Fact fact(
      String origin, int revision, long offset, boolean replayed, boolean superseded) {
    return new Fact(
        "SaleRecorded",
        1,
        origin + "/" + revision,
        origin,
        revision,
        "hash",
        offset,
        offset,
        "acme",
        "test",
        0,
        1,
        new byte[] {1},
        "sales",
        0,
        offset,
        offset,
        replayed,
        superseded);
  }
}
