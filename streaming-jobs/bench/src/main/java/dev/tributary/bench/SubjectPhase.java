package dev.tributary.bench;

import dev.tributary.domain.Money;
import dev.tributary.domain.Place;
import dev.tributary.domain.promotions.PromotionAddress;
import dev.tributary.domain.promotions.PromotionEvent;
import dev.tributary.domain.promotions.PromotionMeasures;
import dev.tributary.domain.promotions.SaleLine;
import dev.tributary.domain.promotions.SaleRecorded;
import dev.tributary.domain.promotions.Settlement;
import dev.tributary.domain.receivables.InvoiceIssued;
import dev.tributary.domain.receivables.InvoiceLine;
import dev.tributary.domain.receivables.PaymentReceived;
import dev.tributary.domain.receivables.ReceivablesEvent;
import dev.tributary.domain.receivables.ReceivablesLine;
import dev.tributary.jobs.Folds;
import dev.tributary.runtime.lake.LakeRow;
import dev.tributary.runtime.lake.LakeRowTypeInfo;
import dev.tributary.runtime.lake.LakeTables;
import dev.tributary.runtime.ledger.AddUpLocally;
import dev.tributary.runtime.ledger.Change;
import dev.tributary.runtime.ledger.CommutativeLedger;
import dev.tributary.runtime.ledger.Delta;
import dev.tributary.runtime.ledger.OrderedLedger;
import dev.tributary.runtime.ledger.Posted;
import dev.tributary.runtime.ledger.RowMaker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.OutputTag;

/**
 * The same number of events for one subject and for many, through the job's own operators: what an
 * event costs must not grow with the history of its subject.
 *
 * <p>One event in twenty arrives up to 2,000 events late. Making events and handing them over is
 * measured by itself and taken off.
 */
final class SubjectPhase {

  private static final int SUBJECTS = 10_000;
  private static final int MIN_EVENTS_PER_SUBJECT = 100;
  private static final int LATE_BY = 2_000;
  private static final int BUFFERED = 200_000;
  private static final Duration CUT_EVERY = Duration.ofSeconds(2);
  private static final Instant BEGIN = Instant.parse("2025-01-01T00:00:00Z");
  private static final Money HUNDRED = new Money(100_000_000, "CNY");
  private static final RowData NO_ROW = new GenericRowData(0);

  /** Microseconds of processor time an event costs beside being made. */
  record PerEvent(String fold, double one, double many) {
    double ratio() {
      return one / many;
    }
  }

  private final long events;
  private final long seed;
  private final Path dir;
  private final Meter meter;

  SubjectPhase(long events, long seed, Path dir, Meter meter) {
    this.events = events;
    this.seed = seed;
    this.dir = dir;
    this.meter = meter;
  }

  int subjects() {
    return (int) Math.max(1, Math.min(SUBJECTS, events / MIN_EVENTS_PER_SUBJECT));
  }

  void warmUp() throws Exception {
    double unused = receivables(1, true) + promotions(1, true);
  }

  List<PerEvent> measure() throws Exception {
    double made = receivables(subjects(), false);
    double sold = promotions(subjects(), false);
    return List.of(
        new PerEvent(
            "receivables", receivables(1, true) - made, receivables(subjects(), true) - made),
        new PerEvent(
            "promotions", promotions(1, true) - sold, promotions(subjects(), true) - sold));
  }

  private double receivables(int subjects, boolean folded) throws Exception {
    StreamExecutionEnvironment env = environment();
    Arrivals arrivals = new Arrivals(seed, subjects);
    KeyedStream<Change<ReceivablesEvent>, String> changes =
        env.fromSource(
                new NumberSequenceSource(0, events - 1), WatermarkStrategy.noWatermarks(), "events")
            .map(arrivals::receivables, Change.typeOf(ReceivablesEvent.class))
            .keyBy(Change::subject);
    if (folded) {
      changes
          .transform(
              "receivables",
              Posted.typeOf(ReceivablesLine.class),
              new OrderedLedger<>(new Folds.Receivables(), 1, BUFFERED, lake(), noRow(), noRow()))
          .sinkTo(new DiscardingSink<>());
    } else {
      changes.sinkTo(new DiscardingSink<>());
    }
    return microsPerEvent(env);
  }

  private double promotions(int subjects, boolean folded) throws Exception {
    StreamExecutionEnvironment env = environment();
    Arrivals arrivals = new Arrivals(seed, subjects);
    SingleOutputStreamOperator<Change<PromotionEvent>> changes =
        env.fromSource(
                new NumberSequenceSource(0, events - 1), WatermarkStrategy.noWatermarks(), "events")
            .map(arrivals::promotions, Change.typeOf(PromotionEvent.class));
    if (folded) {
      Folds.Promotions setup = new Folds.Promotions(true);
      changes
          .transform(
              "add-up-promotions",
              Delta.typeOf(PromotionAddress.class, PromotionMeasures.class),
              new AddUpLocally<>(setup, 1, BUFFERED))
          .keyBy(Delta::key)
          .transform(
              "promotions",
              new LakeRowTypeInfo(LakeTables.with(List.of())),
              new CommutativeLedger<>(setup, 1, noRow()))
          .sinkTo(new DiscardingSink<>());
    } else {
      changes.sinkTo(new DiscardingSink<>());
    }
    return microsPerEvent(env);
  }

  private StreamExecutionEnvironment environment() {
    return BoundedRead.environment(dir, 1, CUT_EVERY);
  }

  private double microsPerEvent(StreamExecutionEnvironment env) throws Exception {
    Meter.Running running = meter.begin();
    env.execute("subjects");
    return running.end().cpuNanos() / 1e3 / events;
  }

  private static OutputTag<LakeRow> lake() {
    return new OutputTag<>("lake", new LakeRowTypeInfo(LakeTables.with(List.of())));
  }

  /** Rows cost the same for one subject and for many. */
  private static <T> RowMaker<T> noRow() {
    return value -> LakeRow.of(0, NO_ROW);
  }

  /** Events as they arrive: each a function of its number. */
  private record Arrivals(long seed, int subjects) implements java.io.Serializable {

    Change<ReceivablesEvent> receivables(long number) {
      // An invoice and the payment after it are one subject's, so that no account runs away.
      String subject = "debtor-" + number / 2 % subjects;
      Place place = place(number);
      LocalDate day = place.occurredAt().atOffset(ZoneOffset.UTC).toLocalDate();
      ReceivablesEvent event =
          number % 2 == 0
              ? InvoiceIssued.dueAtOnce(
                  "invoice-" + number,
                  "East",
                  null,
                  day,
                  day.plusDays(30),
                  List.of(new InvoiceLine("promotion-" + number % 7, HUNDRED)))
              : PaymentReceived.unallocated("payment-" + number, day, HUNDRED);
      return new Change<>(subject, place, "", 1, event);
    }

    Change<PromotionEvent> promotions(long number) {
      Place place = place(number);
      LocalDate day = place.occurredAt().atOffset(ZoneOffset.UTC).toLocalDate();
      PromotionEvent event =
          new SaleRecorded(
              "company",
              "customer-" + number,
              "East",
              day,
              Settlement.AT_SALE,
              "CNY",
              List.of(
                  new SaleLine(
                      "promotion-" + number % subjects, 1_000_000, 100_000_000, 60_000_000)));
      return new Change<>("company", place, "", 1, event);
    }

    private Place place(long number) {
      SplittableRandom random = new SplittableRandom(seed + number * 0x9E3779B97F4A7C15L);
      long late = random.nextInt(20) == 0 ? random.nextLong(LATE_BY) : 0;
      return new Place(BEGIN.plusSeconds(Math.max(0, number - late)), 0, number, "event-" + number);
    }
  }
}
