with line as (
    select
        s.cut,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)) as as_of,
        l.company,
        l.customer_id,
        l.alert,
        l.component,
        l.since,
        l.step,
        l.currency,
        l.amount,
        l.signed_count,
        l.effective_on,
        l.rule_id,
        l.evidence_id,
        l.cut as posted_cut
    from ${span.ledger} s
    join mart.credit_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where l.entry = 'ALERT'
),
step as (
    select
        l.cut,
        l.as_of,
        l.company,
        l.customer_id,
        l.alert,
        l.component,
        l.since,
        l.step,
        l.currency,
        l.effective_on,
        l.rule_id,
        l.evidence_id,
        sum(l.amount) as amount,
        max(l.posted_cut) as posted_cut
    from line l
    where l.effective_on <= l.as_of
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
    having sum(l.signed_count) > 0
),
episode as (
    select
        s.cut,
        s.as_of,
        s.company,
        s.customer_id,
        s.alert,
        s.component,
        s.since,
        max(s.currency) as currency,
        max(if(s.step = 'RAISED', s.effective_on)) as raised_on,
        max(if(s.step = 'CLEARED', s.effective_on)) as cleared_on,
        max(if(s.step = 'RAISED', s.amount)) as exposure,
        max(s.rule_id) as rule_id,
        max(if(s.step = 'RAISED', s.evidence_id)) as evidence_id,
        max(s.posted_cut) as posted_cut
    from step s
    group by s.cut, s.as_of, s.company, s.customer_id, s.alert, s.component, s.since
)
select
    e.cut,
    e.as_of,
    e.company,
    c.region,
    e.customer_id,
    coalesce(c.name, e.customer_id) as customer,
    e.alert,
    e.component,
    e.since,
    e.raised_on,
    e.cleared_on,
    e.cleared_on is null as is_open,
    date_diff('day', e.raised_on, coalesce(e.cleared_on, e.as_of)) as days,
    e.currency,
    e.exposure,
    e.rule_id,
    e.evidence_id,
    e.posted_cut
from episode e
left join (${mart.customer}) c on c.cut = e.cut and c.company = e.company and c.customer_id = e.customer_id
