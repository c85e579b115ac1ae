package dev.tributary.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** The few numbers that {@code demo} ends with. */
final class Headlines {

  private static final Map<String, String> QUERIES = queries();

  private Headlines() {}

  private static Map<String, String> queries() {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put(
        "Promotions, newest cut",
        atNewestCut(
            "ledger",
            """
            select l.company, l.currency, count(distinct l.promotion_id) as promotions, sum(l.sale_lines) as coded_sale_lines,
                cast(sum(l.sales) as decimal(18, 2)) as coded_sales, cast(sum(l.cost) as decimal(18, 2)) as cost
            from ledger.promotions l
            join span s on l.cut > s.from_cut and l.cut <= s.to_cut
            where l.currency <> '' and l.promotion_id is not null
            group by l.company, l.currency
            order by l.company, l.currency
            """));
    queries.put(
        "Receivables, newest cut",
        atNewestCut(
            "ledger",
            """
            select l.company, l.currency, count(distinct l.customer_id) as customers,
                cast(sum(if(l.account = 'RECEIVABLE', l.amount)) as decimal(18, 2)) as outstanding,
                cast(sum(if(l.account = 'CASH', l.amount)) as decimal(18, 2)) as cash
            from ledger.receivables l
            join span s on l.cut > s.from_cut and l.cut <= s.to_cut
            group by l.company, l.currency
            order by l.company, l.currency
            """));
    queries.put(
        "Records read and what became of them, newest cut",
        atNewestCut(
            "raw",
            """
            select sum(a.read) as read, sum(a.accepted) as accepted, sum(a.duplicate) as duplicate,
                sum(a.superseded) as superseded, sum(a.rejected) as rejected
            from ops.accounting a
            join span s on a.cut > s.from_cut and a.cut <= s.to_cut
            """));
    return queries;
  }

  /** The query, with {@code span} as the ranges of a layer's cuts that the newest cut reads. */
  private static String atNewestCut(String layer, String sql) {
    return """
        with span as (
            select t.from_cut, least(t.to_cut, c.cut) as to_cut
            from ops.timeline t
            join (select max_by(cut, ordinal) as cut, max_by(epoch, ordinal) as epoch from ops.cuts) c on c.epoch = t.epoch
            where t.layer = '%s'
        )
        """
            .formatted(layer)
        + sql;
  }

  static void print(Lake lake) {
    QUERIES.forEach(
        (title, sql) -> {
          System.out.println();
          System.out.println(title);
          lake.query(sql)
              .lines(Table.Format.table)
              .forEach(line -> System.out.println("  " + line));
        });
  }
}
