with line as (
    select
        s.cut,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)) as as_of,
        l.company,
        l.customer_id,
        l.component,
        l.grade,
        l.signed_count,
        l.effective_on,
        l.rule_id,
        l.evidence_id,
        l.cut as posted_cut
    from ${span.ledger} s
    join mart.credit_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where l.entry = 'GRADE'
),
side as (
    select
        l.cut,
        l.as_of,
        l.company,
        l.customer_id,
        l.component,
        l.grade,
        l.effective_on,
        l.rule_id,
        l.evidence_id,
        sum(l.signed_count) as signed_count,
        max(l.posted_cut) as posted_cut
    from line l
    where l.effective_on <= l.as_of
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9
    having sum(l.signed_count) <> 0
),
step as (
    select
        s.cut,
        s.as_of,
        s.company,
        s.customer_id,
        s.component,
        s.effective_on,
        s.rule_id,
        s.evidence_id,
        max(if(s.signed_count < 0, s.grade)) as from_grade,
        max(if(s.signed_count > 0, s.grade)) as to_grade,
        max(s.posted_cut) as posted_cut
    from side s
    group by s.cut, s.as_of, s.company, s.customer_id, s.component, s.effective_on, s.rule_id, s.evidence_id
)
select
    t.cut,
    t.as_of,
    t.company,
    c.region,
    t.customer_id,
    coalesce(c.name, t.customer_id) as customer,
    t.effective_on,
    coalesce(t.from_grade, 'unrated') as from_grade,
    coalesce(t.to_grade, 'unrated') as to_grade,
    t.component as reason,
    t.rule_id,
    t.evidence_id,
    t.posted_cut
from step t
left join (${mart.customer}) c on c.cut = t.cut and c.company = t.company and c.customer_id = t.customer_id
