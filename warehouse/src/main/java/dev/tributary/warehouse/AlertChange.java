package dev.tributary.warehouse;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What became of an alert of credit between two published cuts (CRD-8).
 *
 * @param kind what became of it
 * @param company company
 * @param customerId debtor, resolved to the survivor of its merges
 * @param alert OVER_LIMIT, NEAR_LIMIT, OVERDUE or NO_RATE
 * @param component part of the exposure, or the currency, it is about; null for all of it
 * @param since start of the episode, which with company, debtor, alert and component identifies it
 * @param step RAISED or CLEARED: what is said, or what is said no longer
 * @param effectiveOn day of the step
 * @param currency the policy's own currency
 * @param exposure exposure at the step, in the currency's main unit
 * @param ruleId rule of the catalogue
 * @param evidenceId event, or day that passed, behind the step
 */
public record AlertChange(
    Kind kind,
    String company,
    String customerId,
    String alert,
    String component,
    Instant since,
    String step,
    LocalDate effectiveOn,
    String currency,
    BigDecimal exposure,
    String ruleId,
    String evidenceId) {

  /** What became of a step of an alert. */
  public enum Kind {
    /** It holds and did not before. */
    SAID,
    /** It held before and does not: a late fact, a merge or a fork undid it. */
    WITHDRAWN
  }

  /**
   * The changes between two cuts, whatever lies between them: what nets to nothing is not there,
   * and neither is a step of which only the details changed.
   *
   * @param from the cut before; 0 for none
   * @param to the cut after
   */
  public static List<AlertChange> between(String jdbcUrl, long from, long to) {
    try (Sql sql = Sql.open(jdbcUrl)) {
      return sql
          .query(
              """
              with moment as (
                  select c.cut, c.sign
                  from (values (bigint '%1$s', -1), (bigint '%2$s', 1)) as c (cut, sign)
              ),
              span as (
                  select t.from_cut, least(t.to_cut, m.cut) as to_cut, m.sign
                  from moment m
                  join mart.timeline t on t.layer = 'ledger' and t.epoch = m.cut / 1000000000
              ),
              -- what the later cut stands on, too, is the same on both sides
              common as (
                  select coalesce(max(bigint '%1$s'), 0) as cut
                  from span s
                  where s.sign = 1 and bigint '%1$s' > s.from_cut and bigint '%1$s' <= s.to_cut
              ),
              step as (
                  select
                      l.company,
                      l.customer_id,
                      l.alert,
                      l.component,
                      l.since,
                      l.step,
                      l.effective_on,
                      l.currency,
                      l.rule_id,
                      l.evidence_id,
                      sum(l.amount * s.sign) as amount,
                      sum(l.signed_count * s.sign) as change
                  from span s
                  cross join common c
                  join mart.credit_line l on l.cut > s.from_cut and l.cut <= s.to_cut and l.cut > c.cut
                  where l.entry = 'ALERT'
                  group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
                  having sum(l.signed_count * s.sign) <> 0
              )
              select
                  t.company,
                  t.customer_id,
                  t.alert,
                  t.component,
                  to_iso8601(t.since at time zone 'UTC'),
                  t.step,
                  max(t.effective_on),
                  max(t.currency),
                  sum(t.amount),
                  max(t.rule_id),
                  max(t.evidence_id),
                  sum(t.change)
              from step t
              group by 1, 2, 3, 4, t.since, 6
              having sum(t.change) <> 0
              order by t.since, 1, 2, 3, 4, 6 desc
              """
                  .formatted(from, to))
          .stream()
          .map(AlertChange::of)
          .toList();
    }
  }

  private static AlertChange of(Sql.Row row) {
    boolean said = row.number(12) > 0;
    return new AlertChange(
        said ? Kind.SAID : Kind.WITHDRAWN,
        row.string(1),
        row.string(2),
        row.string(3),
        row.string(4),
        Instant.parse(row.string(5)),
        row.string(6),
        LocalDate.parse(row.string(7)),
        row.string(8),
        said ? row.decimal(9) : row.decimal(9).negate(),
        row.string(10),
        row.string(11));
  }
}
