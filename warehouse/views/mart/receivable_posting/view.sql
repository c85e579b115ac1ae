with line as (
    select
        s.cut as as_of_cut,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)) as as_of,
        l.company,
        l.region,
        l.customer_id,
        l.account,
        l.entry,
        l.document_id,
        l.item_id,
        l.promotion_id,
        l.currency,
        l.amount,
        l.effective_on,
        l.due_on,
        l.rule_id,
        l.evidence_id,
        l.fold_version,
        l.policy_version,
        l.epoch,
        l.cut
    from ${span.ledger} s
    join mart.receivable_line l on l.cut > s.from_cut and l.cut <= s.to_cut
)
select
    l.as_of_cut as cut,
    l.as_of,
    l.company,
    l.region,
    l.customer_id,
    coalesce(c.name, l.customer_id) as customer,
    l.account,
    l.entry,
    l.document_id,
    l.item_id,
    l.promotion_id,
    l.currency,
    l.amount,
    l.effective_on,
    l.due_on,
    l.rule_id,
    l.evidence_id,
    l.fold_version,
    l.policy_version,
    l.epoch,
    l.cut as posted_cut
from line l
left join (${mart.customer}) c
    on c.cut = l.as_of_cut and c.company = l.company and c.customer_id = l.customer_id
where l.effective_on <= l.as_of
