package dev.tributary.runtime.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.runtime.codec.CodecTypeInfo;
import dev.tributary.runtime.lake.CutFact;
import dev.tributary.runtime.lake.LakeRow;
import dev.tributary.runtime.lake.LakeRowTypeInfo;
import dev.tributary.runtime.lake.LakeTables;
import dev.tributary.runtime.source.DayClosed;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Closes and changes of many subjects, with failures and other parallelisms in between. */
class WakingLedgerTest {

  private static final int MAX_PARALLELISM = 8;
  private static final List<String> COMPANIES = List.of("north", "south");

  /** A setup whose subjects are {@code company/id}. */
  record Setup() implements WakingLedger.Setup<Loans.Event, Loans.Open, Loans.Fee> {
    @Override
    public Loans fold() {
      return new Loans();
    }

    @Override
    public Class<Loans.Event> event() {
      return Loans.Event.class;
    }

    @Override
    public Class<Loans.Open> state() {
      return Loans.Open.class;
    }

    @Override
    public Class<Loans.Fee> line() {
      return Loans.Fee.class;
    }

    @Override
    public String companyOf(String subject) {
      return subject.substring(0, subject.indexOf('/'));
    }
  }

  /** The operator at some parallelism, and what it has posted since its last checkpoint. */
  private static final class Job {
    private final List<
            KeyedTwoInputStreamOperatorTestHarness<
                String, Change<Loans.Event>, DayClosed, Posted<Loans.Fee>>>
        subtasks = new ArrayList<>();

    Job(int parallelism, OperatorSubtaskState restored) throws Exception {
      for (int subtask = 0; subtask < parallelism; subtask++) {
        var harness =
            new KeyedTwoInputStreamOperatorTestHarness<>(
                ledger(),
                Change::subject,
                null,
                BasicTypeInfo.STRING_TYPE_INFO,
                MAX_PARALLELISM,
                parallelism,
                subtask);
        if (restored != null) {
          harness.initializeState(
              AbstractStreamOperatorTestHarness.repartitionOperatorState(
                  restored, MAX_PARALLELISM, parallelism(restored), parallelism, subtask));
        }
        harness.open();
        subtasks.add(harness);
      }
    }

    private static int parallelism(OperatorSubtaskState state) {
      return state.getManagedKeyedState().size();
    }

    void send(Object sent) throws Exception {
      if (sent instanceof DayClosed close) {
        for (var subtask : subtasks) {
          subtask.processElement2(close, 0);
        }
      } else {
        Change<Loans.Event> change = change(sent);
        int subtask =
            KeyGroupRangeAssignment.assignKeyToParallelOperator(
                change.subject(), MAX_PARALLELISM, subtasks.size());
        subtasks.get(subtask).processElement1(change, 0);
      }
    }

    OperatorSubtaskState checkpoint(long id) throws Exception {
      List<OperatorSubtaskState> states = new ArrayList<>();
      for (var subtask : subtasks) {
        subtask.getOperator().prepareSnapshotPreBarrier(id);
        states.add(subtask.snapshot(id, 0));
      }
      return AbstractStreamOperatorTestHarness.repackageState(
          states.toArray(OperatorSubtaskState[]::new));
    }

    List<Posted<Loans.Fee>> posted() {
      List<Posted<Loans.Fee>> posted = new ArrayList<>();
      for (var subtask : subtasks) {
        subtask.getOutput().stream()
            .filter(StreamRecord.class::isInstance)
            .forEach(element -> posted.add(posted(element)));
        subtask.getOutput().clear();
      }
      return posted;
    }

    @SuppressWarnings("unchecked") // the operator's main output
    private static Posted<Loans.Fee> posted(Object element) {
      return ((StreamRecord<Posted<Loans.Fee>>) element).getValue();
    }

    void stop() throws Exception {
      for (var subtask : subtasks) {
        subtask.close();
      }
    }
  }

  private static WakingLedger<Loans.Event, Loans.Open, Loans.Fee> ledger() {
    return new WakingLedger<>(
        new Setup(),
        1,
        40,
        new OutputTag<>("lake", new LakeRowTypeInfo(LakeTables.with(List.of()))),
        value -> LakeRow.of(new CutFact.WatermarkReached(0)),
        value -> LakeRow.of(new CutFact.WatermarkReached(0)));
  }

  @SuppressWarnings("unchecked") // everything else that is sent is a close
  private static Change<Loans.Event> change(Object sent) {
    return (Change<Loans.Event>) sent;
  }

  private final Map<String, SortedMap<String, Long>> ledger = new TreeMap<>();
  private final Map<String, List<Change<Loans.Event>>> read = new HashMap<>();
  private final Map<String, LocalDate> closed = new HashMap<>();

  static IntStream seeds() {
    return IntStream.range(0, 12);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyCutIsRightWhateverFailsAndHoweverItIsSpread(int seed) throws Exception {
    Random random = new Random(seed);
    List<Object> sent = story(random);
    Job job = new Job(1 + random.nextInt(3), null);
    OperatorSubtaskState last = null;
    int committed = 0;
    int at = 0;
    long checkpoint = 1;
    while (committed < sent.size()) {
      int until = Math.min(sent.size(), at + random.nextInt(60));
      for (; at < until; at++) {
        job.send(sent.get(at));
      }
      if (random.nextInt(4) == 0) {
        job.stop();
        job = new Job(1 + random.nextInt(3), last);
        at = committed;
        continue;
      }

      last = job.checkpoint(checkpoint++);
      job.posted().forEach(this::publish);
      sent.subList(committed, at).forEach(this::note);
      committed = at;
      assertRight(seed, committed);
    }
    job.stop();
    assertThat(ledger).as("seed %s", seed).isNotEmpty();
  }

  /** Changes of ten subjects, some twice withdrawn and added; closes, some again or too late. */
  private static List<Object> story(Random random) {
    List<Object> sent = new ArrayList<>();
    for (int subject = 0; subject < 10; subject++) {
      sent.addAll(Loans.randomChanges(COMPANIES.get(subject % 2) + "/" + subject, 20, random));
    }
    for (String company : COMPANIES) {
      for (int i = 0; i < 40; i++) {
        sent.add(new DayClosed(company, Loans.BEGIN.plusDays(random.nextInt(80))));
      }
    }
    Collections.shuffle(sent, random);
    return withdrawalsLast(sent, random);
  }

  /** At a barrier, what is taken back has been added. */
  private static List<Object> withdrawalsLast(List<Object> sent, Random random) {
    List<Object> early = new ArrayList<>();
    List<Object> late = new ArrayList<>();
    for (Object each : sent) {
      boolean withdrawal = each instanceof Change<?> change && change.sign() < 0;
      (withdrawal || random.nextInt(3) == 0 ? late : early).add(each);
    }
    late.sort(Comparator.comparingInt(each -> each instanceof Change<?> c && c.sign() < 0 ? 1 : 0));
    early.addAll(late);
    return early;
  }

  private void publish(Posted<Loans.Fee> posted) {
    assertThat(posted.line().measure()).isEqualTo(posted.sign());
    assertThat(posted.original().measure()).as("every line is posted as one fee").isEqualTo(1);
    Loans.add(ledger.computeIfAbsent(posted.subject(), s -> new TreeMap<>()), posted.line());
  }

  private void note(Object sent) {
    if (sent instanceof DayClosed close) {
      closed.merge(close.company(), close.day(), (a, b) -> a.isAfter(b) ? a : b);
    } else {
      read.computeIfAbsent(change(sent).subject(), s -> new ArrayList<>()).add(change(sent));
    }
  }

  private void assertRight(int seed, int committed) {
    read.forEach(
        (subject, changes) ->
            assertThat(ledger.getOrDefault(subject, new TreeMap<>()))
                .as("seed %s, %s after %s", seed, subject, committed)
                .isEqualTo(Loans.expected(changes, closed.get(new Setup().companyOf(subject)))));
  }

  @Test
  void aCloseWakesASubjectWhoseLaterEventHasSettledTheMatter() throws Exception {
    Job job = new Job(2, null);
    Instant lent = Instant.parse("2026-03-05T02:00:00Z");
    List<Object> sent =
        List.of(
            Loans.change("north/1", lent, "l", "", 1, new Loans.Lent("a", day(10))),
            Loans.change(
                "north/1", lent.plus(7, ChronoUnit.DAYS), "r", "", 1, new Loans.Repaid("a")));
    for (Object each : sent) {
      job.send(each);
    }
    job.checkpoint(1);
    job.posted().forEach(this::publish);
    assertThat(ledger.get("north/1")).containsOnlyKeys("a repaid r 0");

    job.send(new DayClosed("south", day(20)));
    job.checkpoint(2);
    assertThat(job.posted()).isEmpty();

    job.send(new DayClosed("north", day(10)));
    job.checkpoint(3);
    job.posted().forEach(this::publish);
    assertThat(ledger.get("north/1")).containsOnlyKeys("a due 2026-03-10 1", "a repaid r 1");
    job.stop();
  }

  private static LocalDate day(int ofMarch) {
    return LocalDate.of(2026, 3, ofMarch);
  }

  @Test
  void onAClusterEverySubtaskHearsOfEveryClose() throws Exception {
    long seed = 77;
    List<Change<Loans.Event>> changes = new ArrayList<>();
    List<DayClosed> closes = new ArrayList<>();
    for (Object each : story(new Random(seed))) {
      if (each instanceof DayClosed close) {
        closes.add(close);
      } else {
        changes.add(change(each));
      }
      note(each);
    }
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(2, configuration);

    var posted =
        WakingLedger.connect(
            "loans",
            env.fromData(changes, Change.typeOf(Loans.Event.class)).keyBy(Change::subject),
            env.fromData(closes, CodecTypeInfo.of(DayClosed.class)),
            Posted.typeOf(Loans.Fee.class),
            ledger());
    posted.executeAndCollect(100_000).forEach(this::publish);

    assertThat(posted.getParallelism()).isEqualTo(2);
    assertRight((int) seed, closes.size() + changes.size());
  }

  @Test
  void aCloseLooksAtThoseWhoWaitForIt() {
    WakeIndex index = new WakeIndex();
    LocalDate tenth = LocalDate.of(2026, 3, 10);
    index.move("north", "north/1", null, tenth);
    index.move("north", "north/2", null, tenth.plusDays(1));
    index.move("south", "south/3", null, tenth);
    index.move("north", "north/4", null, tenth);
    index.move("north", "north/4", tenth, null);

    assertThat(index.waitingFor("north", tenth.minusDays(1))).isEmpty();
    assertThat(index.waitingFor("north", tenth)).containsExactly("north/1");
    assertThat(index.waitingFor("north", tenth.plusDays(1)))
        .containsExactlyInAnyOrder("north/1", "north/2");
    assertThat(index.waitingFor("east", tenth)).isEmpty();
  }

  @Test
  void aFoldThatWaitsNeedsALedgerThatHears() {
    assertThatThrownBy(() -> new OrderedLedger<>(new Setup(), 1, 1, null, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("loans waits for days");
  }
}
