with line as (
    select
        s.cut as as_of_cut,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)) as as_of,
        l.company,
        l.customer_id,
        l.entry,
        l.component,
        l.item_id,
        l.grade,
        l.alert,
        l.step,
        l.currency,
        l.amount,
        l.signed_count,
        l.due_on,
        l.effective_on,
        l.rule_id,
        l.evidence_id,
        l.fold_version,
        l.policy_version,
        l.epoch,
        l.cut
    from ${span.ledger} s
    join mart.credit_line l on l.cut > s.from_cut and l.cut <= s.to_cut
)
select
    l.as_of_cut as cut,
    l.as_of,
    l.company,
    c.region,
    l.customer_id,
    coalesce(c.name, l.customer_id) as customer,
    l.entry,
    l.component,
    l.item_id,
    l.grade,
    l.alert,
    l.step,
    l.currency,
    l.amount,
    l.signed_count,
    l.due_on,
    l.effective_on,
    l.rule_id,
    l.evidence_id,
    l.fold_version,
    l.policy_version,
    l.epoch,
    l.cut as posted_cut
from line l
left join (${mart.customer}) c on c.cut = l.as_of_cut and c.company = l.company and c.customer_id = l.customer_id
where l.effective_on <= l.as_of
