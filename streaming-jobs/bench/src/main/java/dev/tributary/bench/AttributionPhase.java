package dev.tributary.bench;

import dev.tributary.domain.Money;
import dev.tributary.domain.Place;
import dev.tributary.domain.attribution.AttributionEvent;
import dev.tributary.domain.attribution.AttributionLine;
import dev.tributary.domain.attribution.ChannelWeights;
import dev.tributary.domain.attribution.ConversionKind;
import dev.tributary.domain.attribution.ConversionMade;
import dev.tributary.domain.attribution.DocumentId;
import dev.tributary.domain.attribution.MarkovRemoval;
import dev.tributary.domain.attribution.PathAddress;
import dev.tributary.domain.attribution.PathMeasures;
import dev.tributary.domain.attribution.ShapleyRates;
import dev.tributary.domain.attribution.Touch;
import dev.tributary.domain.attribution.TouchKind;
import dev.tributary.jobs.Folds;
import dev.tributary.jobs.Policy;
import dev.tributary.runtime.lake.LakeRow;
import dev.tributary.runtime.lake.LakeRowTypeInfo;
import dev.tributary.runtime.lake.LakeTables;
import dev.tributary.runtime.ledger.Change;
import dev.tributary.runtime.ledger.OrderedLedger;
import dev.tributary.runtime.ledger.Posted;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.OutputTag;

/**
 * Attribution by itself: touches and conversions of many customers through the job's own operator,
 * all rule-based models of every goal of the shipped policy at once; and how long the models take
 * that look at everybody.
 *
 * <p>A conversion comes for every 33 touches, a customer has twenty touches. One event in twenty
 * arrives late. Making events and handing them over is measured by itself and taken off.
 */
final class AttributionPhase {

  private static final int TOUCHES_PER_CONVERSION = 33;
  private static final int TOUCHES_PER_CUSTOMER = 20;
  private static final int DAYS = 90;
  private static final int SECONDS_PER_DAY = 86_400;
  private static final int MOST_LATE_SECONDS = 3 * SECONDS_PER_DAY;
  private static final int BUFFERED = 200_000;
  private static final int CHANNELS = 20;
  private static final int LONGEST_PATH = 12;
  private static final Instant BEGIN = Instant.parse("2025-01-01T00:00:00Z");
  private static final Money THOUSAND = new Money(1_000_000_000, "CNY");
  private static final RowData NO_ROW = new GenericRowData(0);
  private static final List<String> CHANNELS_OF_TOUCHES =
      List.of("sem", "seo", "social", "e-mail", "radio", "tv", "walk-in", "call-in", "conference");

  /**
   * What it came to.
   *
   * @param touches how many there were
   * @param conversions how many there were
   * @param customers how many had them
   * @param folded what the operator took beside the making of events
   * @param paths how many different ones the last three are solved from
   * @param markov removal effects of a chain of order one
   * @param bestOrder the same with the order chosen
   * @param order the one that was chosen
   * @param shapley values, those beyond twelve channels as one
   */
  record Outcome(
      long touches,
      long conversions,
      long customers,
      Cost folded,
      int paths,
      Cost markov,
      Cost bestOrder,
      int order,
      Cost shapley) {}

  private final BenchSettings settings;
  private final Meter meter;
  private final long touches;
  private final long events;
  private final long customers;

  AttributionPhase(BenchSettings settings, Meter meter) {
    this.settings = settings;
    this.meter = meter;
    this.touches = settings.touches();
    this.events = touches + touches / TOUCHES_PER_CONVERSION;
    this.customers = Math.max(1, touches / TOUCHES_PER_CUSTOMER);
  }

  Outcome measure() throws Exception {
    Cost made = run(false);
    Cost all = run(true);
    SortedMap<PathAddress, PathMeasures> paths = paths((int) (touches / 10));
    Meter.Running running = meter.begin();
    MarkovRemoval.Solved unusedSolution = MarkovRemoval.ofOrder(paths, 1);
    Cost markov = running.end();
    running = meter.begin();
    int chosen = MarkovRemoval.ofBestOrder(paths).order();
    Cost bestOrder = running.end();
    running = meter.begin();
    ChannelWeights unused = ShapleyRates.of(paths);
    Cost shapley = running.end();
    return new Outcome(
        touches,
        events - touches,
        customers,
        all.minus(made),
        paths.size(),
        markov,
        bestOrder,
        chosen,
        shapley);
  }

  private Cost run(boolean folded) throws Exception {
    Path dir = settings.directory().resolve("attribution-" + folded);
    StreamExecutionEnvironment env =
        BoundedRead.environment(
            dir, settings.parallelism(), settings.checkpointInterval(), settings.stateBackend());
    Arrivals arrivals = new Arrivals(settings.seed(), events, customers);
    KeyedStream<Change<AttributionEvent>, String> changes =
        env.fromSource(
                new NumberSequenceSource(0, events - 1), WatermarkStrategy.noWatermarks(), "events")
            .map(arrivals::at, Change.typeOf(AttributionEvent.class))
            .keyBy(Change::subject);
    if (folded) {
      OutputTag<LakeRow> lake =
          new OutputTag<>("lake", new LakeRowTypeInfo(LakeTables.with(List.of())));
      changes
          .transform(
              "attribution",
              Posted.typeOf(AttributionLine.class),
              new OrderedLedger<>(
                  Folds.attribution(Policy.shipped()),
                  1,
                  BUFFERED,
                  lake,
                  line -> LakeRow.of(0, NO_ROW),
                  change -> LakeRow.of(0, NO_ROW)))
          .sinkTo(new DiscardingSink<>());
    } else {
      changes.sinkTo(new DiscardingSink<>());
    }
    Meter.Running running = meter.begin();
    env.execute("attribution");
    Cost cost = running.end();
    Lake.remove(dir);
    return cost;
  }

  /** Different paths of one period, a tenth of them converting. */
  private SortedMap<PathAddress, PathMeasures> paths(int wanted) {
    SplittableRandom random = new SplittableRandom(settings.seed());
    LocalDate month = BEGIN.atOffset(ZoneOffset.UTC).toLocalDate();
    SortedMap<PathAddress, PathMeasures> paths = new TreeMap<>();
    while (paths.size() < wanted) {
      int length = 1 + random.nextInt(LONGEST_PATH);
      List<String> path = new ArrayList<>(length);
      for (int i = 0; i < length; i++) {
        path.add("channel-" + random.nextInt(CHANNELS));
      }
      boolean converts = random.nextInt(10) == 0;
      paths.merge(
          new PathAddress("contract", month, "CNY", path),
          new PathMeasures(converts ? 1 : 0, converts ? 0 : 1, 0),
          PathMeasures::plus);
    }
    return paths;
  }

  /** Events as they arrive: each a function of its number. */
  private record Arrivals(long seed, long events, long customers) implements Serializable {

    Change<AttributionEvent> at(long number) {
      SplittableRandom random = new SplittableRandom(seed + number * 0x9E3779B97F4A7C15L);
      long seconds = number * DAYS * SECONDS_PER_DAY / events;
      long late = random.nextInt(20) == 0 ? random.nextLong(MOST_LATE_SECONDS) : 0;
      Instant at = BEGIN.plusSeconds(Math.max(0, seconds - late));
      String subject = "customer-" + random.nextLong(customers);
      Place place = new Place(at, 0, number, "event-" + number);
      return new Change<>(subject, place, "", 1, event(number, at, random));
    }

    private static AttributionEvent event(long number, Instant at, SplittableRandom random) {
      if (number % (TOUCHES_PER_CONVERSION + 1) == TOUCHES_PER_CONVERSION) {
        return new ConversionMade(
            new DocumentId(ConversionKind.CONTRACT, "contract-" + number),
            at.atOffset(ZoneOffset.UTC).toLocalDate(),
            THOUSAND);
      }
      String channel = CHANNELS_OF_TOUCHES.get(random.nextInt(CHANNELS_OF_TOUCHES.size()));
      return new Touch(TouchKind.VISIT, channel, "campaign", null, "staff", null, null);
    }
  }
}
