with line as (
    select
        s.cut,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)) as as_of,
        l.company,
        l.region,
        l.customer_id,
        l.entry,
        l.item_id,
        l.currency,
        l.amount,
        l.effective_on,
        l.due_on,
        l.rule_id,
        l.evidence_id,
        l.cut as posted_cut
    from ${span.ledger} s
    join mart.receivable_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where l.account = 'RECEIVABLE'
),
-- net per address: a reversed line and its reversal cancel out
posting as (
    select
        l.cut,
        l.as_of,
        l.company,
        l.region,
        l.customer_id,
        l.entry,
        l.item_id,
        l.currency,
        l.effective_on,
        l.due_on,
        l.rule_id,
        l.evidence_id,
        sum(l.amount) as amount,
        max(l.posted_cut) as posted_cut
    from line l
    where l.effective_on <= l.as_of
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
    having sum(l.amount) <> 0
),
-- an instalment is an item of its own; what is owed without an invoice was opened by the entry that raises it
item as (
    select
        p.cut,
        p.as_of,
        p.company,
        p.customer_id,
        p.item_id,
        p.due_on,
        p.currency,
        max(p.region) as region,
        min(p.effective_on) filter (where p.amount > 0) as issued_on,
        min_by(p.rule_id, p.effective_on) filter (where p.amount > 0) as rule_id,
        min_by(p.evidence_id, p.effective_on) filter (where p.amount > 0) as evidence_id,
        max(p.posted_cut) as posted_cut,
        coalesce(sum(p.amount) filter (where p.entry = 'INVOICE'), decimal '0.000000') as billed,
        -coalesce(sum(p.amount) filter (where p.entry = 'CREDIT_NOTE'), decimal '0.000000') as credited,
        -coalesce(
            sum(p.amount) filter (where p.entry in ('PAYMENT', 'APPLICATION', 'RELEASE', 'REVERSAL', 'REFUND')), decimal '0.000000'
        ) as collected,
        -coalesce(sum(p.amount) filter (where p.entry in ('WRITE_OFF', 'ADJUSTMENT', 'CANCELLATION')), decimal '0.000000') as given_up,
        sum(p.amount) as open
    from posting p
    group by p.cut, p.as_of, p.company, p.customer_id, p.item_id, p.due_on, p.currency
    having sum(p.amount) <> 0
),
aged as (
    select
        i.cut,
        i.as_of,
        i.company,
        i.customer_id,
        i.item_id,
        i.currency,
        i.region,
        i.issued_on,
        i.due_on,
        i.rule_id,
        i.evidence_id,
        i.posted_cut,
        i.billed,
        i.credited,
        i.collected,
        i.given_up,
        i.open,
        greatest(0, date_diff('day', i.due_on, i.as_of)) as days_overdue
    from item i
)
select
    a.cut,
    a.as_of,
    a.company,
    a.region,
    a.customer_id,
    coalesce(c.name, a.customer_id) as customer,
    a.item_id as invoice_id,
    a.issued_on,
    a.due_on,
    a.days_overdue,
    case
        when a.days_overdue <= 0 then 0
        when a.days_overdue <= 30 then 1
        when a.days_overdue <= 60 then 2
        when a.days_overdue <= 90 then 3
        else 4
    end as bucket_no,
    case
        when a.days_overdue <= 0 then 'not due'
        when a.days_overdue <= 30 then '1–30'
        when a.days_overdue <= 60 then '31–60'
        when a.days_overdue <= 90 then '61–90'
        else '90+'
    end as bucket,
    a.currency,
    a.billed,
    a.credited,
    a.collected,
    a.given_up,
    a.open,
    if(a.days_overdue > 0, a.open, decimal '0.000000') as overdue,
    a.rule_id,
    a.evidence_id,
    a.posted_cut
from aged a
left join (${mart.customer}) c on c.cut = a.cut and c.company = a.company and c.customer_id = a.customer_id
