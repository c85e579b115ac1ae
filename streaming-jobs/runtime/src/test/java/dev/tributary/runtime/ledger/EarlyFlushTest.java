package dev.tributary.runtime.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.domain.CommutativeFold;
import dev.tributary.domain.Measures;
import dev.tributary.domain.Place;
import dev.tributary.runtime.lake.CutFact;
import dev.tributary.runtime.lake.LakeRow;
import dev.tributary.runtime.lake.LakeRowTypeInfo;
import dev.tributary.runtime.lake.LakeTables;
import dev.tributary.runtime.source.DayClosed;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is held between two barriers is bounded, and what goes early belongs to the next cut. */
class EarlyFlushTest {

  private static final long EPOCH = 4;
  private static final long FIRST_CUT = 4_000_000_001L;
  private static final Instant BEGIN = Instant.parse("2026-03-05T02:00:00Z");

  private static final OutputTag<LakeRow> LAKE =
      new OutputTag<>("lake", new LakeRowTypeInfo(LakeTables.with(List.of())));

  private AutoCloseable open;

  @AfterEach
  void close() throws Exception {
    open.close();
  }

  @Test
  void changesAtTheBoundArePostedBeforeTheBarrierAndStampedWithTheNextCut() throws Exception {
    var ledger = ledger(3);
    repay(ledger, "a", 1);
    repay(ledger, "b", 1);
    assertThat(cuts(ledger)).isEmpty();

    repay(ledger, "c", 1);
    assertThat(cuts(ledger)).containsExactly(FIRST_CUT, FIRST_CUT, FIRST_CUT);
    ledger.getOperator().prepareSnapshotPreBarrier(1);
    assertThat(cuts(ledger)).as("nothing is posted twice").hasSize(3);

    repay(ledger, "d", 1);
    repay(ledger, "e", 1);
    ledger.getOperator().prepareSnapshotPreBarrier(2);
    assertThat(cuts(ledger)).hasSize(5).endsWith(FIRST_CUT + 1, FIRST_CUT + 1);

    repay(ledger, "f", 1);
    repay(ledger, "g", 1);
    assertThat(cuts(ledger)).as("counted anew since the barrier").hasSize(5);
    repay(ledger, "h", 1);
    assertThat(cuts(ledger)).hasSize(8).endsWith(FIRST_CUT + 2, FIRST_CUT + 2, FIRST_CUT + 2);
    assertThat(ledger.extractOutputValues()).hasSize(8);
  }

  @Test
  void anEarlyFlushBearsAWithdrawalThatCameBeforeWhatItTakesBack() throws Exception {
    var ledger = ledger(1);
    repay(ledger, "a", -1);
    repay(ledger, "a", 1);
    repay(ledger, "b", 1);
    repay(ledger, "b", 1);
    repay(ledger, "b", -1);
    ledger.getOperator().prepareSnapshotPreBarrier(1);

    assertThat(ledger.extractOutputValues())
        .extracting(posted -> posted.line().what() + " " + posted.sign())
        .containsExactly("repaid b 1");
  }

  @Test
  void whatAnEarlyFlushBoreHasToBeSettledAtTheBarrier() throws Exception {
    var ledger = ledger(1);
    repay(ledger, "a", -1);

    assertThatThrownBy(() -> ledger.getOperator().prepareSnapshotPreBarrier(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("event a counts -1 times at a barrier");

    repay(ledger, "a", 1);
    ledger.getOperator().prepareSnapshotPreBarrier(1);
    assertThat(ledger.extractOutputValues()).isEmpty();
  }

  @Test
  void sumsAtTheBoundAreSentOnBeforeTheBarrier() throws Exception {
    var sums =
        new OneInputStreamOperatorTestHarness<Change<Seen>, Delta<Page, Count>>(
            new AddUpLocally<>(new Visits(), EPOCH, 2));
    open = sums;
    sums.open();
    see(sums, "home", 1);
    see(sums, "home", 1);
    assertThat(sums.extractOutputValues()).as("one address, however often").isEmpty();

    see(sums, "prices", 1);
    assertThat(sums.extractOutputValues())
        .extracting(delta -> delta.address().name() + " " + delta.measures().visits())
        .containsExactly("home 2", "prices 1");
    sums.getOperator().prepareSnapshotPreBarrier(1);
    assertThat(sums.extractOutputValues()).as("nothing is sent twice").hasSize(2);

    see(sums, "home", -1);
    sums.getOperator().prepareSnapshotPreBarrier(2);
    assertThat(sums.extractOutputValues()).hasSize(3);
    assertThat(sums.extractOutputValues().getLast().measures()).isEqualTo(new Count(-1));
  }

  private KeyedTwoInputStreamOperatorTestHarness<
          String, Change<Loans.Event>, DayClosed, Posted<Loans.Fee>>
      ledger(int maxBuffered) throws Exception {
    var ledger =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            operator(maxBuffered), Change::subject, null, BasicTypeInfo.STRING_TYPE_INFO, 1, 1, 0);
    open = ledger;
    ledger.open();
    return ledger;
  }

  /** Its rows for the lake are the cuts that they are stamped with. */
  private static WakingLedger<Loans.Event, Loans.Open, Loans.Fee> operator(int maxBuffered) {
    return new WakingLedger<>(
        new WakingLedgerTest.Setup(),
        EPOCH,
        maxBuffered,
        LAKE,
        line -> LakeRow.of(new CutFact.WatermarkReached(line.cut())),
        change -> LakeRow.of(new CutFact.RowsReplayed(0)));
  }

  /** A repayment that posts one line, whatever was lent. */
  private static void repay(
      KeyedTwoInputStreamOperatorTestHarness<
              String, Change<Loans.Event>, DayClosed, Posted<Loans.Fee>>
          ledger,
      String id,
      int sign)
      throws Exception {
    ledger.processElement1(
        Loans.change("north/1", BEGIN, id, "", sign, new Loans.Repaid("loan")), 0);
  }

  /** The cuts of the lines posted so far. */
  private static List<Long> cuts(
      KeyedTwoInputStreamOperatorTestHarness<
              String, Change<Loans.Event>, DayClosed, Posted<Loans.Fee>>
          ledger) {
    var rows = ledger.getSideOutput(LAKE);
    return rows == null
        ? List.of()
        : rows.stream()
            .map(StreamRecord::getValue)
            .map(LakeRow::fact)
            .filter(CutFact.WatermarkReached.class::isInstance)
            .map(fact -> ((CutFact.WatermarkReached) fact).micros())
            .toList();
  }

  private static void see(
      OneInputStreamOperatorTestHarness<Change<Seen>, Delta<Page, Count>> sums,
      String page,
      int sign)
      throws Exception {
    sums.processElement(
        new StreamRecord<>(
            new Change<>("", new Place(BEGIN, 0, 0, page), "", sign, new Seen(page))));
  }

  record Seen(String page) {}

  record Page(String name) {}

  record Count(long visits) implements Measures<Count> {
    @Override
    public Count plus(Count other) {
      return new Count(visits + other.visits);
    }

    @Override
    public Count negate() {
      return new Count(-visits);
    }

    @Override
    public boolean isZero() {
      return visits == 0;
    }
  }

  /** Visits per page. */
  record Visits()
      implements CommutativeSetup<Seen, Page, Count>, CommutativeFold<Seen, Page, Count> {
    @Override
    public CommutativeFold<Seen, Page, Count> fold() {
      return this;
    }

    @Override
    public Class<Seen> event() {
      return Seen.class;
    }

    @Override
    public Class<Page> address() {
      return Page.class;
    }

    @Override
    public Class<Count> measures() {
      return Count.class;
    }

    @Override
    public String name() {
      return "visits";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void contributions(Seen event, BiConsumer<Page, Count> out) {
      out.accept(new Page(event.page()), new Count(1));
    }

    @Override
    public void members(Seen event, BiConsumer<Page, String> out) {
      // A page counts visits, not visitors.
    }

    @Override
    public Count ofMembers(long distinct) {
      return new Count(distinct);
    }
  }
}
