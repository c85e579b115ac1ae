package dev.tributary.bench;

import dev.tributary.runtime.source.KafkaRecord;
import dev.tributary.runtime.source.KafkaRecords;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.data.RowData;

/**
 * Promotion results in Flink SQL: first delivery by origin id, then one aggregation by address.
 *
 * <p>It does less than the job: no raw layer, no double entry, no money collected on invoices, no
 * corrections, no merged customers, no cuts. Its result is kept in memory.
 */
record SqlJob(int parallelism, Duration checkpointInterval) implements Contender {

  private static final String RESULTS = "results";
  private static final String PARTICIPANTS = "participants";

  private static final String FIRST_DELIVERIES =
      """
      create temporary view first_%1$s as
      select * from (
        select *, row_number() over (partition by origin_id order by arrived_at) as delivery
        from %1$s)
      where delivery = 1
      """;

  private static final String SALE_LINES =
      """
      create temporary view sale_lines as
      select
        company, customer_id, region, currency, sold_on, at_sale,
        line.promotion_id, line.units, line.net_amount, line.cost_of_goods
      from first_sales
      cross join unnest(lines) as line (promotion_id, units, net_amount, cost_of_goods)
      """;

  private static final String RESULTS_TABLE =
      """
      create temporary table results (
        company string not null,
        promotion_id string not null,
        region string not null,
        cost_class string not null,
        currency string not null,
        effective_on date not null,
        cost bigint,
        planned_cost bigint,
        sales bigint,
        cost_of_goods bigint,
        units bigint,
        sale_lines bigint,
        collected bigint,
        primary key (company, promotion_id, region, cost_class, currency, effective_on) not enforced
      ) with ('connector' = 'last-values', 'name' = 'results')
      """;

  private static final String RESULTS_QUERY =
      """
      insert into results
      select
        company, promotion_id, region, cost_class, currency, effective_on,
        sum(cost), sum(planned_cost), sum(sales), sum(cost_of_goods), sum(units),
        sum(sale_lines), sum(collected)
      from (
        select
          company, promotion_id, region, cost_class, currency, effective_on,
          cost, planned_cost, cast(0 as bigint) as sales, cast(0 as bigint) as cost_of_goods,
          cast(0 as bigint) as units, cast(0 as bigint) as sale_lines, cast(0 as bigint) as collected
        from first_spending
        union all
        select
          company, promotion_id, region, '' as cost_class, currency, sold_on as effective_on,
          cast(0 as bigint), cast(0 as bigint), net_amount, cost_of_goods,
          units, cast(1 as bigint), case when at_sale then net_amount else cast(0 as bigint) end
        from sale_lines)
      group by company, promotion_id, region, cost_class, currency, effective_on
      """;

  private static final String PARTICIPANTS_TABLE =
      """
      create temporary table participants (
        company string not null,
        promotion_id string not null,
        participants bigint,
        primary key (company, promotion_id) not enforced
      ) with ('connector' = 'last-values', 'name' = 'participants')
      """;

  private static final String PARTICIPANTS_QUERY =
      """
      insert into participants
      select company, promotion_id, count(distinct customer_id)
      from sale_lines
      where promotion_id <> ''
      group by company, promotion_id
      """;

  /** What is set beside Flink's defaults; printed with the report. */
  static final Map<String, String> CONFIGURATION =
      new TreeMap<>(
          Map.of(
              "pipeline.object-reuse", "true",
              "state.backend.type", "hashmap",
              "table.exec.mini-batch.enabled", "true",
              "table.exec.mini-batch.allow-latency", "2 s",
              "table.exec.mini-batch.size", "50000",
              "table.optimizer.agg-phase-strategy", "TWO_PHASE",
              "table.optimizer.reuse-sub-plan-enabled", "true"));

  @Override
  public String name() {
    return "flink-sql";
  }

  @Override
  public Outcome run(Broker broker, Lake lake, Meter meter) throws Exception {
    LastValues.clear();
    Meter.Running running = meter.begin();
    StreamExecutionEnvironment env =
        BoundedRead.environment(lake.stateDir(), parallelism, checkpointInterval);
    define(env, broker);
    env.execute("flink-sql");
    Cost cost = running.end();
    return new Outcome(cost, Optional.of(results()), 0, 0);
  }

  private static void define(StreamExecutionEnvironment env, Broker broker) {
    DataStream<KafkaRecord> records = BoundedRead.records(env, broker, new KafkaRecords());
    SingleOutputStreamOperator<RowData> sales =
        records.process(new DecodeRows(), DecodeRows.SALES).name("decode");

    StreamTableEnvironment tables = StreamTableEnvironment.create(env);
    CONFIGURATION.forEach(tables.getConfig()::set);
    Schema arrival = Schema.newBuilder().columnByExpression("arrived_at", "proctime()").build();
    tables.createTemporaryView("sales", sales, arrival);
    tables.createTemporaryView("spending", sales.getSideOutput(DecodeRows.SPENDING), arrival);
    List.of(
            FIRST_DELIVERIES.formatted("sales"),
            FIRST_DELIVERIES.formatted("spending"),
            SALE_LINES,
            RESULTS_TABLE,
            PARTICIPANTS_TABLE)
        .forEach(tables::executeSql);
    StreamStatementSet both = tables.createStatementSet();
    both.addInsertSql(RESULTS_QUERY);
    both.addInsertSql(PARTICIPANTS_QUERY);
    both.attachAsDataStream();
  }

  private static PromotionResults.Results results() {
    PromotionResults.Sums sums = new PromotionResults.Sums();
    LastValues.of(RESULTS)
        .forEach(
            (key, values) -> {
              long[] measures = new long[PromotionResults.MEASURES.size()];
              System.arraycopy(values, 0, measures, 0, values.length);
              sums.add(PromotionResults.address(key), measures);
            });
    LastValues.of(PARTICIPANTS)
        .forEach(
            (key, values) -> {
              long[] measures = new long[PromotionResults.MEASURES.size()];
              measures[PromotionResults.MEASURES.indexOf(PARTICIPANTS)] = values[0];
              sums.add(PromotionResults.address(key, "", "", "", ""), measures);
            });
    return sums.results();
  }
}
